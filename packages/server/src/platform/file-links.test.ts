import assert from "node:assert/strict";
import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { test } from "node:test";
import type { AttachmentId, TenantId } from "@foyer/contract";
import fc from "fast-check";
import { createFileLinks, filesPath } from "./file-links.ts";

const origin = "https://files.example";
const open = () => createFileLinks(createSecretKey(randomBytes(32)), () => origin);
const minuteMs = 60_000;
const now = 1_800_000_012_345;

const aFile = () => ({
  tenantId: randomUUID() as TenantId,
  attachmentId: randomUUID() as AttachmentId,
});

const tokenOf = (link: string) => link.slice((origin + filesPath).length);

test("a link leads to the file that it was made for, at the files origin", () => {
  const links = open();
  const file = aFile();
  const link = links.write(file, now + minuteMs);
  assert.ok(link.startsWith(origin + filesPath));
  const { expiresAt, ...found } = links.read(tokenOf(link), now) ?? {};
  assert.deepEqual(found, file);
  assert.ok(expiresAt !== undefined && expiresAt >= now + minuteMs);
});

test("a link is good as long as was asked, five minutes more at most, and then never", () => {
  const links = open();
  for (const forMs of [0, 1, 15 * minuteMs, 60 * minuteMs]) {
    const token = tokenOf(links.write(aFile(), now + forMs));
    if (forMs > 0) assert.ok(links.read(token, now + forMs - 1));
    for (const late of [forMs + 5 * minuteMs, forMs + 3_600_000, 1e12]) {
      assert.equal(links.read(token, now + late), undefined);
    }
  }
});

test("a link that is asked for again within five minutes is the same", () => {
  const links = open();
  const file = aFile();
  const start = Math.ceil(now / (5 * minuteMs)) * 5 * minuteMs;
  const at = (offset: number) => links.write(file, start + offset);
  assert.equal(at(1), at(5 * minuteMs));
  assert.notEqual(at(1), at(5 * minuteMs + 1));
});

test("a link that was altered anywhere, or made by somebody else, leads nowhere", () => {
  const links = open();
  const token = tokenOf(links.write(aFile(), now + minuteMs));
  const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (let at = 0; at < token.length; at += 1) {
    for (const other of characters) {
      if (other === token[at]) continue;
      const altered = token.slice(0, at) + other + token.slice(at + 1);
      assert.equal(links.read(altered, now), undefined, `${at} ${other}`);
    }
  }
  assert.equal(open().read(token, now), undefined);
});

test("whatever is guessed leads nowhere", () => {
  const links = open();
  const token = tokenOf(links.write(aFile(), now + minuteMs));
  const guesses = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.base64String(),
    fc.uint8Array({ minLength: 71, maxLength: 71 }).map((bytes) => {
      return Buffer.from(bytes).toString("base64url");
    }),
    fc.nat(token.length - 1).map((length) => token.slice(0, length)),
    fc.string().map((more) => `${token}${more}x`),
  );
  fc.assert(
    fc.property(guesses, (guess) => {
      assert.equal(links.read(guess, now), undefined);
    }),
    { numRuns: 500 },
  );
});
