import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readCard, recognize } from "./media-kinds.ts";
import { pictureNames, readPicture } from "./pictures.ts";

const padding = Buffer.alloc(16);
const png = Buffer.from(
  "89504e470d0a1a0a0000000d49484452000000030000000208060000009d74661a",
  "hex",
);
const gif = Buffer.from("4749463839610400050080000000000000ffffff", "hex");
const lossy = webp("VP8 ", "3001009d012a0a001400");
const lossless = webp("VP8L", "2f09c004001000");
const extended = webp("VP8X", "10000000090000130000");

function webp(form: string, payload: string): Buffer {
  const head = Buffer.from("RIFF\0\0\0\0WEBP", "latin1");
  return Buffer.concat([
    head,
    Buffer.from(`${form}\0\0\0\0`),
    Buffer.from(payload, "hex"),
    padding,
  ]);
}

test("pictures are known by their bytes, with their size", () => {
  const size = (bytes: Buffer) => {
    const found = recognize(bytes);
    return `${found?.mediaType} ${found?.width}×${found?.height}`;
  };
  assert.equal(size(png), "image/png 3×2");
  assert.equal(size(gif), "image/gif 4×5");
  assert.equal(size(lossy), "image/webp 10×20");
  assert.equal(size(lossless), "image/webp 10×20");
  assert.equal(size(extended), "image/webp 10×20");
  assert.equal(size(readPicture("lamp")), "image/jpeg 960×1280");
});

test("every picture of the demo is one that phones send, and small", () => {
  for (const name of pictureNames) {
    const bytes = readPicture(name);
    assert.equal(recognize(bytes)?.mediaType, "image/jpeg", name);
    assert.ok(bytes.byteLength < 100_000, name);
  }
});

test("documents and contact cards are known, and whatever could run is not", () => {
  assert.equal(recognize(Buffer.from("%PDF-1.7\n"))?.kind, "document");
  assert.equal(recognize(Buffer.from("\ufeffBEGIN:VCARD\r\nFN:Mia"))?.kind, "card");
  const refused = ["<svg xmlns='x'/>", "<!doctype html>", "GIF", "MZ\x90", "", "BEGIN:VCARDS"];
  for (const text of refused) assert.equal(recognize(Buffer.from(text)), null, text);
});

test("any bytes, cut anywhere, are known or not, and never throw", () => {
  const jpeg = readPicture("charger");
  const starts = fc.constantFrom(png, gif, lossy, lossless, extended, jpeg, Buffer.alloc(0));
  fc.assert(
    fc.property(starts, fc.nat(400), fc.uint8Array({ maxLength: 200 }), (start, kept, rest) => {
      recognize(Buffer.concat([start.subarray(0, kept), rest]));
    }),
  );
});

test("a contact card shows a name and a way to reach it, however it is written", () => {
  const card = (...lines: string[]) =>
    readCard(Buffer.from(["BEGIN:VCARD", ...lines, "END:VCARD", ""].join("\r\n")));
  assert.deepEqual(card("FN:Mia Lind", "item1.TEL;TYPE=cell:tel:+13125550100"), {
    name: "Mia Lind",
    detail: "+13125550100",
  });
  assert.deepEqual(card("FN;CHARSET=UTF-8:Long", " er name\\, really", "EMAIL:m@x.example"), {
    name: "Longer name, really",
    detail: "m@x.example",
  });
  assert.deepEqual(card("ORG:Harbour House"), { name: "Harbour House", detail: "Harbour House" });
  assert.deepEqual(card(), { name: "Contact", detail: null });
  assert.equal(card(`FN:${"x".repeat(5_000)}`).name.length, 120);
});
