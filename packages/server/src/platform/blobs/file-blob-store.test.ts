import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { TenantId } from "@foyer/contract";
import { Fault } from "../refusal.ts";
import { openFileBlobStore } from "./file-blob-store.ts";

const base = mkdtempSync(join(tmpdir(), "foyer-file-blobs-"));
after(() => rmSync(base, { recursive: true }));

const hourMs = 60 * 60_000;

function opened() {
  const root = join(base, randomUUID(), "blobs");
  return { root, blobs: openFileBlobStore(root), tenantId: randomUUID() as TenantId };
}

test("what it makes can be read by its owner alone", async () => {
  const { root, blobs, tenantId } = opened();
  await blobs.put(tenantId, "some/blob", Buffer.from("sealed"));
  const names = readdirSync(root, { recursive: true, encoding: "utf8" });
  assert.ok(names.includes(join(tenantId, "some", "blob")));
  assert.deepEqual(readdirSync(join(root, tenantId, ".parts")), [], "a part was left behind");
  for (const path of [root, ...names.map((name) => join(root, name))]) {
    assert.equal(statSync(path).mode & 0o077, 0, path);
  }
});

test("a blob that could not be written whole is not there, and leaves nothing", async () => {
  const { root, blobs, tenantId } = opened();
  // In the blob's place lies a folder: the last step fails.
  mkdirSync(join(root, tenantId, "some", "blob"), { recursive: true });
  await assert.rejects(blobs.put(tenantId, "some/blob", Buffer.from("sealed")), (error) => {
    assert.ok(error instanceof Fault);
    assert.ok(!error.message.includes(root) && !error.message.includes(tenantId), error.message);
    return true;
  });
  assert.deepEqual(readdirSync(join(root, tenantId, ".parts")), []);
});

test("what a process that died was writing is no blob, and goes an hour later", async () => {
  const { root, blobs, tenantId } = opened();
  await blobs.put(tenantId, "some/blob", Buffer.from("sealed"));
  const parts = join(root, tenantId, ".parts");
  const [old, fresh] = [join(parts, randomUUID()), join(parts, randomUUID())];
  for (const part of [old, fresh]) writeFileSync(part, "half");
  const longAgo = new Date(statSync(old).mtimeMs - 2 * hourMs);
  utimesSync(old, longAgo, longAgo);
  const { keys } = await blobs.list(tenantId, { prefix: "", limit: 10 });
  assert.deepEqual(keys, ["some/blob"]);
  assert.deepEqual([existsSync(old), existsSync(fresh)], [false, true]);
});

test("files that cannot be read are a fault of the store, to be tried again", async (context) => {
  if (process.getuid?.() === 0) return context.skip("the superuser reads everything");
  const { root, blobs, tenantId } = opened();
  await blobs.put(tenantId, "some/blob", Buffer.from("sealed"));
  chmodSync(join(root, tenantId, "some"), 0);
  const reading = blobs.get(tenantId, "some/blob", { from: 0, bytesMax: 10 });
  await assert.rejects(reading, (error) => error instanceof Fault && error.isRetryable);
  chmodSync(join(root, tenantId, "some"), 0o700);
});
