import { randomUUID } from "node:crypto";
import type { Dirent } from "node:fs";
import { mkdir, open, readdir, rename, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TenantId } from "@foyer/contract";
import { systemClock } from "../clock.ts";
import { isId } from "../ids.ts";
import { Fault } from "../refusal.ts";
import {
  assertBlobKey,
  type BlobKey,
  type BlobPage,
  type BlobPart,
  type BlobStore,
  blobsPerPageMax,
  type ListedBlobs,
} from "./blob-store.ts";

const ownerOnlyFolder = 0o700;
const ownerOnlyFile = 0o600;
/** Where blobs are written until they are whole. No key has a dot, so none leads there. */
const partsFolder = ".parts";
/** Nobody writes that long: what is older was left behind by a process that died. */
const partAgeMsMax = 60 * 60_000;

/**
 * The embedded blob store: a folder per tenant, below it a folder and a file per key, readable by
 * their owner alone. A path is put together of an id and a key's two parts, each checked for its
 * form, so none leads elsewhere.
 */
export function openFileBlobStore(root: string): BlobStore {
  return {
    put: (tenantId, key, bytes) => guarded(() => put(root, tenantId, key, bytes)),
    get: (tenantId, key, part) => guarded(() => get(pathOf(root, tenantId, key), part)),
    delete: (tenantId, keys) => guarded(() => remove(root, tenantId, keys)),
    list: (tenantId, page) => guarded(() => list(root, tenantId, page)),
  };
}

function folderOf(root: string, tenantId: TenantId): string {
  if (!isId(tenantId)) throw new TypeError("a container belongs to a tenant");
  return join(root, tenantId);
}

function pathOf(root: string, tenantId: TenantId, key: BlobKey): string {
  assertBlobKey(key);
  return join(folderOf(root, tenantId), key);
}

/** A blob is written beside, brought to disk, and only then given its name. */
async function put(
  root: string,
  tenantId: TenantId,
  key: BlobKey,
  bytes: Uint8Array,
): Promise<void> {
  const path = pathOf(root, tenantId, key);
  const folder = dirname(path);
  const parts = join(folderOf(root, tenantId), partsFolder);
  await makeFolder(folder, root);
  await makeFolder(parts, root);
  const part = join(parts, randomUUID());
  try {
    await writeDurably(part, bytes);
    await rename(part, path);
  } catch (error) {
    await unlink(part).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

/** Makes a folder and those above it up to the root's own, each of them on disk by its name. */
async function makeFolder(folder: string, root: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: ownerOnlyFolder });
  if (made === undefined) return;
  for (let at = folder; at.length >= root.length; at = dirname(at)) await syncFolder(dirname(at));
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", ownerOnlyFile);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function get(path: string, part: BlobPart): Promise<Uint8Array | undefined> {
  const file = await unlessMissing(open(path, "r"));
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    const wanted = Math.max(0, Math.min(part.bytesMax, size - part.from));
    const bytes = Buffer.alloc(wanted);
    let read = 0;
    while (read < wanted) {
      const { bytesRead } = await file.read(bytes, read, wanted - read, part.from + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return bytes.subarray(0, read);
  } finally {
    await file.close();
  }
}

async function remove(root: string, tenantId: TenantId, keys: readonly BlobKey[]): Promise<void> {
  if (keys.length > blobsPerPageMax) throw new RangeError("blobs are deleted by the page");
  const paths = keys.map((key) => pathOf(root, tenantId, key));
  for (const path of paths) await unlessMissing(unlink(path));
}

async function list(root: string, tenantId: TenantId, page: BlobPage): Promise<ListedBlobs> {
  const container = folderOf(root, tenantId);
  const limit = Math.min(page.limit, blobsPerPageMax);
  if (page.after === undefined) await dropLeftParts(join(container, partsFolder));
  const keys: BlobKey[] = [];
  for (const folder of foldersOfPage(await entriesOf(container), page)) {
    const files = await entriesOf(join(container, folder));
    const own = files.map(({ name }): BlobKey => `${folder}/${name}`).sort(byBytes);
    keys.push(...own.filter((key) => isOfPage(key, page)));
    if (keys.length > limit) break;
  }
  return { keys: keys.slice(0, limit), hasMore: keys.length > limit };
}

/** The folders in which keys of the page can lie, in the order of the keys. */
function foldersOfPage(entries: readonly Dirent[], { prefix, after }: BlobPage): string[] {
  const from = after?.slice(0, after.indexOf("/") + 1);
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== partsFolder)
    .map(({ name }) => name)
    .filter((name) => `${name}/`.startsWith(prefix) || prefix.startsWith(`${name}/`))
    .filter((name) => from === undefined || byBytes(`${name}/`, from) >= 0)
    .sort((one, other) => byBytes(`${one}/`, `${other}/`));
}

function isOfPage(key: BlobKey, { prefix, after }: BlobPage): boolean {
  return key.startsWith(prefix) && (after === undefined || byBytes(key, after) > 0);
}

/** The order in which S3 lists; keys are ASCII. */
function byBytes(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** What died while it wrote left a part that nobody will ever name. */
async function dropLeftParts(folder: string): Promise<void> {
  for (const { name } of await entriesOf(folder)) {
    const path = join(folder, name);
    const found = await unlessMissing(stat(path));
    // The file system goes by the machine's own clock.
    const ageMs = found === undefined ? 0 : systemClock.now() - found.mtimeMs;
    if (ageMs > partAgeMsMax) await unlessMissing(unlink(path));
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return (await unlessMissing(readdir(folder, { withFileTypes: true }))) ?? [];
}

async function unlessMissing<Result>(step: Promise<Result>): Promise<Result | undefined> {
  try {
    return await step;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The system's errors name paths: they become a fault that says what kind of failure it was. */
async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new Fault("blobs", `the files cannot be read or written (${code})`, true);
  }
}

function codeOf(error: unknown): string | undefined {
  const isOfSystem = error instanceof Error && "syscall" in error && "code" in error;
  return isOfSystem ? String(error.code) : undefined;
}
