import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { FileBytes } from "@foyer/client";
import type { Attachment, AttachmentId, TenantId } from "@foyer/contract";
import { gif, jpeg, pdf, png, vcard, webp } from "../world/files.ts";
import type { Hotel } from "../world/hotel.ts";
import { contentsOf } from "../world/stored-contents.ts";
import { World } from "../world/world.ts";

const minuteMs = 60_000;

describe("the origin of files", () => {
  let world: World;
  let hotel: Hotel;

  before(async () => {
    world = await World.open();
    ({ hotel } = await world.tenant("Aurora"));
  });
  after(() => world.close());

  async function upload(bytes: FileBytes, name = "Lamp"): Promise<Attachment & { url: string }> {
    world.log.keepOut(name);
    const client = await hotel.agent().client();
    const input = { propertyId: hotel.propertyId, attachmentId: randomUUID(), name };
    const { attachment } = await client.uploadAttachment(input, bytes);
    assert.ok(attachment.url);
    return { ...attachment, url: attachment.url };
  }

  test("is not the inbox's, and has nothing of the inbox on it", async () => {
    const { url } = await upload(png());
    assert.equal(new URL(url).origin, world.filesUrl);
    assert.notEqual(world.filesUrl, world.url);
    assert.equal((await fetch(world.url + new URL(url).pathname)).status, 404);
    for (const path of [
      "/",
      "/v1/session",
      "/v1/openapi.json",
      "/f",
      "/f/",
      "/services/channels/x",
    ]) {
      assert.equal((await fetch(world.filesUrl + path)).status, 404, path);
    }
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      assert.equal((await fetch(url, { method })).status, 404, method);
    }
  });

  test("is the only other one from which the inbox may show pictures", async () => {
    const policy = (await fetch(`${world.url}/healthz`)).headers.get("content-security-policy");
    const images = policy?.split("; ").find((line) => line.startsWith("img-src"));
    assert.equal(images, `img-src 'self' data: ${world.filesUrl}`);
    assert.ok(!policy?.replace(images ?? "", "").includes(world.filesUrl));
  });

  test("lets nothing run: no file is more than what it is", async () => {
    for (const bytes of [png(), pdf(), vcard()]) {
      const { headers } = await fetch((await upload(bytes)).url);
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.match(headers.get("content-security-policy") ?? "", /^default-src 'none'; sandbox;/);
      assert.equal(headers.get("cross-origin-resource-policy"), "cross-origin");
      assert.equal(headers.get("referrer-policy"), "no-referrer");
      assert.equal(headers.get("access-control-allow-origin"), null);
    }
  });

  test("shows pictures in place, and hands everything else over to be kept", async () => {
    for (const bytes of [jpeg(), png(), gif(), webp()]) {
      const { headers } = await fetch((await upload(bytes)).url);
      assert.match(headers.get("content-disposition") ?? "", /^inline; filename="Lamp\.\w+"/);
    }
    for (const bytes of [pdf(), vcard()]) {
      const { headers } = await fetch((await upload(bytes, "../<b>Lamp</b>.html")).url);
      const disposition = headers.get("content-disposition") ?? "";
      assert.match(disposition, /^attachment; filename="_[^"/<>]+\.html\.(pdf|vcf)"; filename\*=/);
    }
  });

  test("gives and takes no cookie, also from who is signed in", async () => {
    const { url } = await upload(png());
    const { cookie = "" } = hotel.agent().browser;
    const answer = await fetch(url, { headers: { cookie } });
    assert.deepEqual(answer.headers.getSetCookie(), []);
    const forged = await fetch(`${url}x`, { headers: { cookie } });
    assert.equal(forged.status, 404);
  });

  test("lets a browser keep a file until its link is over, and nobody else", async () => {
    const { url } = await upload(png());
    const kept = (await fetch(url)).headers.get("cache-control") ?? "";
    const [, seconds] = /^private, max-age=(\d+), immutable$/.exec(kept) ?? [];
    assert.ok(Number(seconds) >= 15 * 60 && Number(seconds) <= 20 * 60, kept);
    assert.equal((await fetch(`${url}x`)).headers.get("cache-control"), "no-store");
  });

  test("answers a HEAD like a GET, without the file", async () => {
    const { url, bytes } = await upload(pdf());
    const [head, get] = [await fetch(url, { method: "HEAD" }), await fetch(url)];
    assert.equal(head.headers.get("content-length"), String(bytes));
    const told = ({ headers }: Response) =>
      ["content-type", "content-disposition", "cache-control"].map((name) => headers.get(name));
    assert.deepEqual(told(head), told(get));
    assert.equal(await head.text(), "");
  });

  test("gives one answer to links that were guessed, altered, are over, or lead to nothing", async () => {
    const { id, url } = await upload(png());
    const { hotel: stranger } = await world.tenant("Borealis");
    const link = (tenantId: TenantId, attachmentId: AttachmentId, forMs = minuteMs) =>
      world.assembly.links.write({ tenantId, attachmentId }, world.clock.now() + forMs);
    const foreign = link(stranger.tenant.id, id);
    const unknown = link(hotel.tenant.id, randomUUID() as AttachmentId);
    const nobodys = link(randomUUID() as TenantId, id);
    const over = link(hotel.tenant.id, id, -10 * minuteMs);
    const halves = [url.slice(0, -43) + foreign.slice(-43), foreign.slice(0, -43) + url.slice(-43)];
    const flipped = `${url.slice(0, -1)}${url.endsWith("A") ? "B" : "A"}`;
    const guesses = ["x", "%00", "..%2f..%2fetc", id, randomBytes(71).toString("base64url")];
    const bad = [foreign, unknown, nobodys, over, ...halves, flipped, `${url}=`, url.slice(0, -2)];
    const answers = await Promise.all(
      [...bad, ...guesses.map((guess) => `${world.filesUrl}/f/${guess}`)].map(answerTo),
    );
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.equal(answers[0]?.status, 404);
    assert.equal((await fetch(url)).status, 200);
  });

  async function answerTo(url: string) {
    const answer = await fetch(url);
    const headers = [...answer.headers].filter(
      ([name]) => !["date", "x-request-id"].includes(name),
    );
    const body = (await answer.text()).replace(/"request":"[^"]*"/, "");
    return { status: answer.status, headers, body };
  }

  test("gives a file of many chunks whole, however many read it", async () => {
    const bytes = pdf(randomBytes(1_800_000).toString("hex"));
    const { url } = await upload(bytes);
    const readings = await Promise.all([1, 2, 3].map(async () => (await fetch(url)).bytes()));
    for (const read of readings) assert.ok(Buffer.from(read).equals(bytes));
    const left = await fetch(url);
    await left.body?.cancel();
  });

  test("begins no file that does not open, and ends where one goes wrong", async () => {
    const { url } = await upload(pdf());
    const [large] = [await upload(pdf("x".repeat(2_500_000)))];
    const files = contentsOf(world, hotel);
    for (const file of files) {
      const sealed = readFileSync(file);
      sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1);
      writeFileSync(file, sealed);
    }
    assert.equal((await fetch(url)).status, 404);
    const cut = await fetch(large.url);
    await assert.rejects(cut.bytes());
    for (const file of files) rmSync(file);
    assert.equal((await fetch(url)).status, 404);
    assert.equal((await fetch(large.url)).status, 404);
    assert.equal(world.log.takeErrors("attachment.damaged").length, 4);
  });

  test("shows no attachment as another, though the rows were exchanged", async () => {
    const [one, other] = [await upload(png(), "One picture"), await upload(pdf(), "One document")];
    const bytesOf = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");
    const [row] = await world.peek("select profile, content_id from attachment where id = ?", [
      bytesOf(other.id),
    ]);
    assert.ok(row);
    const profile = row["profile"] as Uint8Array;
    await world.tamper("update attachment set profile = ? where id = ?", [
      profile,
      bytesOf(one.id),
    ]);
    assert.equal((await fetch(one.url)).status, 404);
    assert.equal((await fetch(other.url)).status, 200);
    assert.equal(world.log.takeErrors("attachment.damaged").length, 1);
  });
});
