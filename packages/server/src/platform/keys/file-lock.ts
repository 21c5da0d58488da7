import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";

const retryMsMin = 5;
const retryMsMax = 25;
const ownerOnly = 0o600;
/** SQLite's result code for "somebody else holds the lock". */
const sqliteBusy = 5;

/** The lock was held by somebody else for as long as the caller was willing to wait. */
export class FileLockBusy extends Error {
  constructor() {
    super("another process holds the lock");
    this.name = "FileLockBusy";
  }
}

/**
 * Runs `work` while holding the lock file alone, among all processes of the machine and all
 * callers of this one.
 *
 * Node has no file locks, and a lock that is a file's mere existence outlives a killed holder:
 * then somebody has to guess from its age that it is stale. SQLite brings the kernel's locks,
 * which end with the process that held them, so there is nothing to guess. The file stays empty.
 *
 * @throws {FileLockBusy} after `waitMsMax`.
 */
export async function withFileLock<Result>(
  path: string,
  waitMsMax: number,
  work: () => Promise<Result>,
): Promise<Result> {
  createUnlessThere(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    await acquire(database, waitMsMax);
    return await work();
  } finally {
    database.close();
  }
}

/**
 * Never opens a file that is there already: the kernel drops all locks that a process has on a
 * file as soon as the process closes any descriptor of it (POSIX, fcntl), so a second caller's
 * open and close would take the lock from the first.
 */
function createUnlessThere(path: string): void {
  try {
    closeSync(openSync(path, "ax", ownerOnly));
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (!isThere) throw error;
  }
}

async function acquire(database: DatabaseSync, waitMsMax: number): Promise<void> {
  const startedAt = performance.now();
  while (!tryAcquire(database)) {
    if (performance.now() - startedAt >= waitMsMax) throw new FileLockBusy();
    await delay(retryMsMin + Math.random() * (retryMsMax - retryMsMin));
  }
}

function tryAcquire(database: DatabaseSync): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) return false;
    throw error;
  }
}
