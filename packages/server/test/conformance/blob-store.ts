import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { describe, it } from "node:test";
import type { TenantId } from "@foyer/contract";
import fc from "fast-check";
import {
  type BlobKey,
  type BlobStore,
  blobsPerPageMax,
} from "../../src/platform/blobs/blob-store.ts";

/** A store without a blob in it, and how to give it back. */
export interface OpenedBlobs {
  readonly blobs: BlobStore;
  close(): Promise<void>;
}

const tenant = () => randomUUID() as TenantId;
const all = { from: 0, bytesMax: 10_000_000 };
const word = fc.stringMatching(/^[0-9a-z-]{1,12}$/);
const blobKey = fc.tuple(word, word).map(([folder, name]): BlobKey => `${folder}/${name}`);

/** What every blob store guarantees, whatever it keeps its bytes in. */
export function describeBlobStore(name: string, open: () => Promise<OpenedBlobs>): void {
  describe(`blob store: ${name}`, () => {
    const guarantees = [
      ["gives back what was put, every byte of it", givesBack],
      ["gives a part of a blob, and no more than there is", givesParts],
      ["has nothing under a key that nobody put, and says so", saysMissing],
      ["replaces a blob as a whole, also when several put it at once", replacesWhole],
      ["keeps tenants apart: what one put is not there for another", keepsApart],
      ["deletes what it is told, however often, and nothing else", deletes],
      ["lists every blob once, in the order of the keys, page by page", listsPages],
      ["lists below a prefix what begins with it, and nothing else", listsPrefix],
      ["takes nothing for a key that could lead elsewhere", refusesOddKeys],
    ] as const;
    for (const [guarantee, prove] of guarantees) {
      it(guarantee, async () => {
        const { blobs, close } = await open();
        try {
          await prove(blobs);
        } finally {
          await close();
        }
      });
    }
  });
}

async function givesBack(blobs: BlobStore): Promise<void> {
  const one = tenant();
  const sizes = [0, 1, 65_536, 5_242_880 + 1];
  for (const size of sizes) {
    const bytes = randomBytes(size);
    await blobs.put(one, `sizes/${size}`, bytes);
    assert.ok(bytes.equals((await blobs.get(one, `sizes/${size}`, all)) ?? randomBytes(1)));
  }
}

async function givesParts(blobs: BlobStore): Promise<void> {
  const one = tenant();
  const bytes = randomBytes(1_000);
  await blobs.put(one, "parts/one", bytes);
  const place = fc.nat(1_200);
  await fc.assert(
    fc.asyncProperty(place, place, async (from, bytesMax) => {
      const part = await blobs.get(one, "parts/one", { from, bytesMax });
      assert.deepEqual(Buffer.from(part ?? []), bytes.subarray(from, from + bytesMax));
      assert.ok(part);
    }),
    { numRuns: 50 },
  );
}

async function saysMissing(blobs: BlobStore): Promise<void> {
  const one = tenant();
  assert.equal(await blobs.get(one, "nothing/here", all), undefined);
  await blobs.put(one, "nothing/there", randomBytes(8));
  assert.equal(await blobs.get(one, "nothing/here", all), undefined);
  assert.deepEqual(await blobs.list(tenant(), { prefix: "", limit: 10 }), {
    keys: [],
    hasMore: false,
  });
}

async function replacesWhole(blobs: BlobStore): Promise<void> {
  const one = tenant();
  const versions = Array.from({ length: 12 }, (_, index) => Buffer.alloc(900_000 + index, index));
  const assertWhole = async () => {
    const stands = Buffer.from((await blobs.get(one, "same/key", all)) ?? []);
    assert.ok(versions.some((bytes) => bytes.equals(stands)));
  };
  await blobs.put(one, "same/key", versions[0] ?? Buffer.alloc(0));
  const puts = versions.map((bytes) => blobs.put(one, "same/key", bytes));
  await Promise.all([...puts, ...versions.flatMap(() => [assertWhole(), assertWhole()])]);
  await assertWhole();
  await blobs.put(one, "same/key", Buffer.from("short"));
  assert.equal(Buffer.from((await blobs.get(one, "same/key", all)) ?? []).toString(), "short");
}

async function keepsApart(blobs: BlobStore): Promise<void> {
  const [one, other] = [tenant(), tenant()];
  await blobs.put(one, "shared/key", Buffer.from("one"));
  assert.equal(await blobs.get(other, "shared/key", all), undefined);
  await blobs.put(other, "shared/key", Buffer.from("other"));
  await blobs.delete(other, ["shared/key"]);
  assert.equal(Buffer.from((await blobs.get(one, "shared/key", all)) ?? []).toString(), "one");
  assert.deepEqual((await blobs.list(other, { prefix: "", limit: 10 })).keys, []);
}

async function deletes(blobs: BlobStore): Promise<void> {
  const one = tenant();
  for (const key of ["d/1", "d/2", "d/3"] as const) await blobs.put(one, key, Buffer.from(key));
  await blobs.delete(one, []);
  await blobs.delete(one, ["d/1", "d/3", "d/none"]);
  await blobs.delete(one, ["d/1"]);
  assert.deepEqual((await blobs.list(one, { prefix: "", limit: 10 })).keys, ["d/2"]);
  const many = Array.from({ length: blobsPerPageMax + 1 }, (_, at): BlobKey => `d/${at}`);
  await assert.rejects(blobs.delete(one, many), RangeError);
}

async function listsPages(blobs: BlobStore): Promise<void> {
  const lists = fc.uniqueArray(blobKey, { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(lists, fc.integer({ min: 1, max: 7 }), async (keys, limit) => {
      const one = tenant();
      for (const key of keys) await blobs.put(one, key, Buffer.from(key));
      assert.deepEqual(await everyPage(blobs, one, { prefix: "", limit }), keys.toSorted());
    }),
    { numRuns: 30 },
  );
}

async function listsPrefix(blobs: BlobStore): Promise<void> {
  const one = tenant();
  const keys = fc.sample(blobKey, { numRuns: 60, seed: 4 });
  for (const key of keys) await blobs.put(one, key, Buffer.from(key));
  const stored = [...new Set(keys)].toSorted();
  const prefixes = ["", "a", "z-", "/", "a/", ...stored.flatMap((key) => [key, key.slice(0, 3)])];
  for (const prefix of prefixes) {
    const expected = stored.filter((key) => key.startsWith(prefix));
    assert.deepEqual(await everyPage(blobs, one, { prefix, limit: 3 }), expected, prefix);
  }
}

async function everyPage(
  blobs: BlobStore,
  tenantId: TenantId,
  { prefix, limit }: { prefix: string; limit: number },
): Promise<BlobKey[]> {
  const found: BlobKey[] = [];
  for (;;) {
    const after = found.at(-1);
    const page = await blobs.list(tenantId, { prefix, limit, ...(after ? { after } : {}) });
    assert.ok(page.keys.length <= limit);
    found.push(...page.keys);
    if (!page.hasMore) return found;
    assert.equal(page.keys.length, limit, "a page that has more after it is full");
  }
}

async function refusesOddKeys(blobs: BlobStore): Promise<void> {
  const one = tenant();
  const odd = [
    ...["", "/", "a", "a/", "/a", "a/b/c", "../a", "a/..", "a/.", "./a", "a/../../b"],
    ...["a\\b/c", "a/b\0", "A/b", "a/b.txt", "~/a", "a/%2e%2e", `a/${"b".repeat(65)}`, "ä/b"],
  ] as BlobKey[];
  for (const key of odd) {
    await assert.rejects(blobs.put(one, key, Buffer.from("odd")), TypeError, key);
    await assert.rejects(blobs.get(one, key, all), TypeError, key);
    await assert.rejects(blobs.delete(one, [key]), TypeError, key);
  }
  for (const container of ["..", ".", "", "../other", one.toUpperCase()] as TenantId[]) {
    await assert.rejects(blobs.put(container, "a/b", Buffer.from("odd")), TypeError);
    await assert.rejects(blobs.list(container, { prefix: "", limit: 1 }), TypeError);
  }
}
