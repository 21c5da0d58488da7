import { link, open, rename, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";

const ownerOnly = 0o600;

/** The calls to the file system that a replacement makes, so that a test can stop after any. */
export const fileSteps = {
  link,
  open,
  rename,
  stat,
  unlink,
} as const;

export type FileSteps = typeof fileSteps;

/**
 * Replaces a file of secrets as a whole: whoever reads sees all of the old or all of the new, also
 * after a crash or a power cut at any moment. What the old file held is overwritten before its
 * blocks are given back; a crash in between leaves it under a name that the next call finds and
 * overwrites. (Overwriting reaches the blocks of a plain file system on a plain disk; flash and
 * copy-on-write file systems keep copies out of reach, which full-disk encryption has to cover.)
 *
 * One writer at a time: the caller holds a lock.
 */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  steps: FileSteps = fileSteps,
): Promise<void> {
  const next = `${path}.next`;
  const retired = `${path}.retired`;
  await clearLeftovers(path, steps);
  await writeDurably(next, bytes, steps);
  const replaces = await exists(path, steps);
  if (replaces) await steps.link(path, retired);
  await steps.rename(next, path);
  await syncFolder(path, steps);
  if (replaces) await eraseFile(retired, steps);
}

/** Removes what an interrupted replacement left behind. The caller holds the lock. */
export async function clearLeftovers(path: string, steps: FileSteps = fileSteps): Promise<void> {
  const next = `${path}.next`;
  const retired = `${path}.retired`;
  if (await exists(next, steps)) await eraseFile(next, steps);
  if (!(await exists(retired, steps))) return;
  // Interrupted before the rename, the retired name still leads to the live file.
  if (await isSameFile(path, retired, steps)) await steps.unlink(retired);
  else await eraseFile(retired, steps);
}

async function writeDurably(path: string, bytes: Uint8Array, steps: FileSteps): Promise<void> {
  const file = await steps.open(path, "wx", ownerOnly);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function eraseFile(path: string, steps: FileSteps): Promise<void> {
  const file = await steps.open(path, "r+");
  try {
    const { size } = await file.stat();
    await file.write(Buffer.alloc(size), 0, size, 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await steps.unlink(path);
}

async function syncFolder(path: string, steps: FileSteps): Promise<void> {
  const folder = await steps.open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function exists(path: string, steps: FileSteps): Promise<boolean> {
  try {
    await steps.stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function isSameFile(one: string, other: string, steps: FileSteps): Promise<boolean> {
  if (!(await exists(one, steps))) return false;
  const [a, b] = await Promise.all([steps.stat(one), steps.stat(other)]);
  return a.ino === b.ino && a.dev === b.dev;
}

/** Whether an error of the file system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
