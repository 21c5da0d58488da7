import assert from "node:assert/strict";
import { test } from "node:test";
import { checkFiles, mediaTypeOf } from "./files.ts";

const fileOf = (name: string, type: string, size = 1_000) => ({ name, type, size });
const channel = { attachmentsMax: 2, attachmentBytesMax: 2_000 };

test("a file is what it says it is, or what its ending says where it says nothing", () => {
  assert.equal(mediaTypeOf(fileOf("a.jpg", "image/jpeg")), "image/jpeg");
  assert.equal(mediaTypeOf(fileOf("card.VCF", "")), "text/vcard");
  assert.equal(mediaTypeOf(fileOf("card.vcf", "text/x-vcard")), "text/vcard");
  assert.equal(mediaTypeOf(fileOf("page.jpg", "text/html")), undefined);
  assert.equal(mediaTypeOf(fileOf("film.mp4", "")), undefined);
});

test("what a channel would not take is told before it is handed in", () => {
  const check = (...files: ReturnType<typeof fileOf>[]) => checkFiles(files, 0, channel);
  const good = fileOf("a.png", "image/png");
  assert.deepEqual(check(good), { taken: [good], problem: null });
  const film = fileOf("b.mp4", "video/mp4");
  assert.deepEqual(check(film, good), {
    taken: [good],
    problem: { kind: "type", name: "b.mp4" },
  });
  const large = fileOf("c.png", "image/png", 2_001);
  assert.deepEqual(check(large).problem, { kind: "size", name: "c.png", bytesMax: 2_000 });
  assert.deepEqual(check(good, good, good), {
    taken: [good, good],
    problem: { kind: "count", max: 2 },
  });
  assert.deepEqual(checkFiles([good], 2, channel).problem, { kind: "count", max: 2 });
  assert.deepEqual(check(fileOf("d.png", "image/png", 0)).problem?.kind, "empty");
});
