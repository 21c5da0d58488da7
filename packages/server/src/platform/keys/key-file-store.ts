import { type FileHandle, mkdir, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { clearLeftovers, isMissing, replaceFile } from "./atomic-file.ts";
import { FileLockBusy, withFileLock } from "./file-lock.ts";
import { decodeKeyFile, encodeKeyFile, type KeyFileState } from "./key-file-format.ts";
import { KeyServiceFault } from "./key-service.ts";

/** Name of the key file in the key folder. */
export const keyFileName = "keys.foyer";
/** Name of the empty file whose lock lets one process write at a time. */
export const keyLockName = "keys.lock";
/** The largest key file that is read. Ten thousand tenants take a tenth of it. */
export const keyFileBytesMax = 32 * 1024 * 1024;
/** How long a writer waits for another one. A write takes some ten milliseconds. */
export const lockWaitMsMax = 10_000;

/** A reader that meets a replacement in mid-course reads again, at most so many times. */
const readAttemptsMax = 5;
const ownerOnlyFolder = 0o700;
const othersMask = 0o077;

interface Identity {
  readonly ino: bigint;
  readonly mtimeNs: bigint;
  readonly size: bigint;
}

/**
 * One key file on disk, which several processes may have open: it is read again when it changed,
 * and replaced under a lock.
 */
export class KeyFileStore {
  readonly path: string;
  readonly #folder: string;
  readonly #waitMsMax: number;
  readonly #openFile: typeof open;
  #cached: { readonly identity: Identity; readonly state: KeyFileState } | undefined;

  /** @param openFile lets a test step in between opening the file and reading it. */
  constructor(folder: string, waitMsMax: number = lockWaitMsMax, openFile: typeof open = open) {
    this.path = join(folder, keyFileName);
    this.#folder = folder;
    this.#waitMsMax = waitMsMax;
    this.#openFile = openFile;
  }

  /**
   * What the file holds now.
   * @throws {KeyServiceFault} `missing`, `exposed`, `damaged`, `newer`, `unavailable`.
   */
  async read(): Promise<KeyFileState> {
    const state = await this.#readIfThere();
    if (state === undefined) throw this.#missing();
    return state;
  }

  /**
   * Replaces what the file holds by what `change` makes of it; `undefined` stands for "no file
   * yet". Giving back the same object writes nothing. The new content is on disk when this
   * resolves.
   */
  async update(change: (state: KeyFileState | undefined) => KeyFileState): Promise<KeyFileState> {
    await prepareFolder(this.#folder);
    return this.#locked(async () => {
      const before = await this.#readIfThere();
      const after = change(before);
      await (after === before ? clearLeftovers(this.path) : this.#write(after));
      return after;
    });
  }

  async #locked<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await withFileLock(join(this.#folder, keyLockName), this.#waitMsMax, work);
    } catch (error) {
      if (error instanceof KeyServiceFault) throw error;
      if (error instanceof FileLockBusy) throw new KeyServiceFault("busy");
      if (isFileSystemError(error)) throw unavailable(error);
      throw error;
    }
  }

  async #write(state: KeyFileState): Promise<void> {
    const bytes = encodeKeyFile(state);
    try {
      await replaceFile(this.path, bytes);
    } finally {
      bytes.fill(0);
      this.#cached = undefined;
    }
  }

  async #readIfThere(): Promise<KeyFileState | undefined> {
    try {
      await assertPrivateFolder(this.#folder);
      const identity = await stat(this.path, { bigint: true });
      if (this.#cached !== undefined && isSame(this.#cached.identity, identity)) {
        return this.#cached.state;
      }
      this.#cached = await this.#load();
      return this.#cached.state;
    } catch (error) {
      if (isMissing(error)) return undefined;
      if (isFileSystemError(error)) throw unavailable(error);
      throw error;
    }
  }

  async #load(attempt = 1): Promise<{ identity: Identity; state: KeyFileState }> {
    const file = await this.#openFile(this.path, "r");
    let identity: Identity;
    let decoded: KeyFileState | KeyServiceFault;
    try {
      identity = await assertPrivateFile(file);
      decoded = await decode(file);
    } finally {
      await file.close();
    }
    if (!(decoded instanceof KeyServiceFault)) return { identity, state: decoded };
    // A writer overwrites the file that it has just replaced; whoever still reads that one sees
    // zeroes and only has to open the new one.
    const current = await stat(this.path, { bigint: true });
    if (isSame(identity, current) || attempt >= readAttemptsMax) throw decoded;
    return this.#load(attempt + 1);
  }

  #missing(): KeyServiceFault {
    return new KeyServiceFault(
      "missing",
      `there is no ${this.path}. Point FOYER_KEYS to the folder that holds it, or import a ` +
        "sealed export",
    );
  }
}

async function decode(file: FileHandle): Promise<KeyFileState | KeyServiceFault> {
  const bytes = await file.readFile();
  try {
    return decodeKeyFile(bytes);
  } catch (error) {
    if (error instanceof KeyServiceFault) return error;
    throw error;
  } finally {
    bytes.fill(0);
  }
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: ownerOnlyFolder });
  } catch (error) {
    throw isFileSystemError(error) ? unavailable(error) : error;
  }
  await assertPrivateFolder(folder);
}

async function assertPrivateFolder(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if ((mode & othersMask) !== 0) throw exposed(folder, "700");
}

async function assertPrivateFile(file: FileHandle): Promise<Identity> {
  const found = await file.stat({ bigint: true });
  if ((Number(found.mode) & othersMask) !== 0) throw exposed("the key file", "600");
  if (process.geteuid !== undefined && Number(found.uid) !== process.geteuid()) {
    // A write by another user would leave a file that the owner can no longer read.
    throw new KeyServiceFault("exposed", "they belong to another user; run Foyer as that user");
  }
  if (found.size > keyFileBytesMax) {
    throw new KeyServiceFault("damaged", `a key file has at most ${keyFileBytesMax} bytes`);
  }
  return found;
}

function exposed(what: string, mode: string): KeyServiceFault {
  return new KeyServiceFault("exposed", `let only its owner read ${what}: chmod ${mode}`);
}

function unavailable(error: Error): KeyServiceFault {
  return new KeyServiceFault("unavailable", error.message, { cause: error });
}

function isSame(one: Identity, other: Identity): boolean {
  return one.ino === other.ino && one.mtimeNs === other.mtimeNs && one.size === other.size;
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
