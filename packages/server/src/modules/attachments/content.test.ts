import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { TenantId } from "@foyer/contract";
import fc from "fast-check";
import type { BlobStore } from "../../platform/blobs/blob-store.ts";
import { openFileBlobStore } from "../../platform/blobs/file-blob-store.ts";
import { systemClock } from "../../platform/clock.ts";
import { openKeyFile } from "../../platform/keys/key-file.ts";
import { sealOverheadBytes } from "../../platform/keys/sealed-box.ts";
import { SealBroken, type TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import { newVaultWorld } from "../vault/testing.ts";
import {
  blobKeyOf,
  ContentDamaged,
  chunkBytesMax,
  contentIdOf,
  readContent,
  sealContent,
} from "./content.ts";
import type { ContentId } from "./tables.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-content-"));
after(() => rmSync(folder, { recursive: true }));

const boxBytes = chunkBytesMax + sealOverheadBytes;

describe("the sealed content of an attachment", () => {
  let blobs: BlobStore;
  let tenantId: TenantId;
  let cipher: TenantCipher;
  let otherCipher: TenantCipher;

  before(async () => {
    blobs = openFileBlobStore(join(folder, "blobs"));
    const clock = systemClock;
    const keys = await openKeyFile({ folder: join(folder, "keys"), clock, ifMissing: "create" });
    const world = await newVaultWorld(keys, clock.now());
    tenantId = world.tenantId as TenantId;
    cipher = await world.vault.cipherFor(tenantId);
    const other = randomUUID();
    await world.vault.provision(other);
    otherCipher = await world.vault.cipherFor(other);
  });

  const newId = () => randomUUID() as ContentId;

  async function stored(sealed: Uint8Array, contentId = newId()): Promise<ContentId> {
    await blobs.put(tenantId, blobKeyOf(contentId), sealed);
    return contentId;
  }

  async function read(contentId: ContentId, bytes: number, by = cipher): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    const parts = { blobs, cipherNow: async () => by };
    for await (const chunk of readContent(parts, tenantId, { contentId, bytes })) {
      assert.ok(chunk.byteLength <= chunkBytesMax, "more than a chunk was held at once");
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /** The blob of a content, cut into its format, its boxes, and put together by a test. */
  async function rebuilt(bytes: Buffer, change: (boxes: Buffer[]) => Buffer[]) {
    const contentId = newId();
    const sealed = Buffer.from(sealContent(cipher, contentId, bytes));
    const boxes: Buffer[] = [];
    for (let at = 1; at < sealed.length; at += boxBytes) {
      boxes.push(sealed.subarray(at, at + boxBytes));
    }
    await stored(Buffer.concat([sealed.subarray(0, 1), ...change(boxes)]), contentId);
    return contentId;
  }

  const isRefused = (error: unknown) =>
    error instanceof SealBroken || error instanceof ContentDamaged;

  test("opens to what was sealed, of whatever length", async () => {
    const around = [0, 1, chunkBytesMax - 1, chunkBytesMax, chunkBytesMax + 1, 3 * chunkBytesMax];
    for (const size of around) {
      const bytes = randomBytes(size);
      const contentId = newId();
      await stored(sealContent(cipher, contentId, bytes), contentId);
      assert.ok(bytes.equals(await read(contentId, size)), String(size));
    }
  });

  test("is never two times the same, and holds no byte of what it seals in sight", () => {
    const contentId = newId();
    const bytes = Buffer.from("a picture of the lobby".repeat(100));
    const [one, other] = [0, 1].map(() => Buffer.from(sealContent(cipher, contentId, bytes)));
    assert.ok(one && other && !one.equals(other));
    assert.ok(!one.includes("lobby"));
  });

  test("does not open once any of its bytes is another", async () => {
    const bytes = randomBytes(300);
    const contentId = newId();
    const sealed = sealContent(cipher, contentId, bytes);
    const places = fc.nat(sealed.byteLength - 1);
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const altered = Buffer.from(sealed);
        altered.writeUInt8(altered.readUInt8(at) ^ mask, at);
        await stored(altered, contentId);
        await assert.rejects(read(contentId, bytes.byteLength), isRefused);
      }),
      { numRuns: 150 },
    );
  });

  test("does not open when chunks change places, are left out, doubled or added", async () => {
    const bytes = randomBytes(4 * chunkBytesMax);
    const foreign = Buffer.from(sealContent(cipher, newId(), bytes)).subarray(1, 1 + boxBytes);
    const changes: Readonly<Record<string, (boxes: Buffer[]) => Buffer[]>> = {
      swapped: ([a, b, ...rest]) => [b, a, ...rest] as Buffer[],
      "last first": (boxes) => [...boxes.slice(-1), ...boxes.slice(0, -1)],
      "one left out": (boxes) => boxes.filter((_, index) => index !== 1),
      "the last left out": (boxes) => boxes.slice(0, -1),
      doubled: ([a, , ...rest]) => [a, a, ...rest] as Buffer[],
      added: (boxes) => [...boxes, ...boxes.slice(-1)],
      "a byte added": (boxes) => [...boxes, Buffer.alloc(1)],
      "one of another content": ([, ...rest]) => [foreign, ...rest],
      none: () => [],
    };
    for (const [what, change] of Object.entries(changes)) {
      const contentId = await rebuilt(bytes, change);
      await assert.rejects(read(contentId, bytes.byteLength), isRefused, what);
    }
    const shorter = await rebuilt(bytes, (boxes) => boxes.slice(0, -1));
    await assert.rejects(read(shorter, 3 * chunkBytesMax), isRefused, "cut where a chunk ends");
    const whole = await rebuilt(bytes, (boxes) => boxes);
    assert.ok(bytes.equals(await read(whole, bytes.byteLength)));
  });

  test("does not open as a shorter or longer one: its end is part of what is sealed", async () => {
    const bytes = randomBytes(2 * chunkBytesMax + 10);
    const contentId = newId();
    await stored(sealContent(cipher, contentId, bytes), contentId);
    const others = [0, 1, 10, chunkBytesMax, 2 * chunkBytesMax, bytes.byteLength - 1];
    for (const claimed of [...others, bytes.byteLength + 1, 3 * chunkBytesMax + 1]) {
      await assert.rejects(read(contentId, claimed), isRefused, String(claimed));
    }
  });

  test("does not open as another content, nor for another tenant", async () => {
    const bytes = randomBytes(100);
    const contentId = newId();
    const sealed = sealContent(cipher, contentId, bytes);
    const moved = await stored(sealed);
    await assert.rejects(read(moved, bytes.byteLength), SealBroken);
    await stored(sealed, contentId);
    await assert.rejects(read(contentId, bytes.byteLength, otherCipher), SealBroken);
    await stored(sealContent(otherCipher, contentId, bytes), contentId);
    await assert.rejects(read(contentId, bytes.byteLength), SealBroken);
  });

  test("that is gone is damaged, and not empty", async () => {
    await assert.rejects(read(newId(), 0), ContentDamaged);
    await assert.rejects(read(newId(), 10), ContentDamaged);
  });

  test("lies under a key that leads back to it", () => {
    const contentId = newId();
    assert.equal(contentIdOf(blobKeyOf(contentId)), contentId);
  });
});
