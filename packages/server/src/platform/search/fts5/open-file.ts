import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { applicationId, createTables, isUnfilled, schemaVersion } from "./sql.ts";

/**
 * Why an index has to be filled anew from the primary store: there was none, or one that was
 * never filled to its end; it was damaged, or its tables were those of another version. Null when
 * it is as it was left.
 */
export type RebuildReason = "missing" | "damaged" | "other-version" | null;

const busyTimeoutMs = 5_000;
/** Larger files are not read through at every start; their damage shows when they are used. */
const checkedBytesMax = 64 * 1024 * 1024;
const walSizeLimitBytes = 16 * 1024 * 1024;
const damage: ReadonlySet<number> = new Set([11 /* SQLITE_CORRUPT */, 26 /* SQLITE_NOTADB */]);

/**
 * Opens an index file, makes it if there is none, and sets it aside if it cannot be used.
 *
 * @throws Error when the file is a healthy database, but not a search index
 */
export function openFile(file: string): { database: DatabaseSync; rebuild: RebuildReason } {
  const opened = tryOpen(file);
  if (opened.database) return { database: opened.database, rebuild: opened.rebuild };
  setAside(file);
  return { database: tryOpen(file).database ?? unreachable(), rebuild: opened.rebuild };
}

/** The one earlier file that is kept, for whoever wants to know what happened to it. */
export function removeSetAside(file: string): void {
  for (const part of parts(setAsideName(file))) rmSync(part, { force: true });
}

function tryOpen(file: string): { database: DatabaseSync | null; rebuild: RebuildReason } {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    const rebuild = prepare(database, file);
    if (rebuild === null || rebuild === "missing") return { database, rebuild };
    database.close();
    return { database: null, rebuild };
  } catch (error) {
    database.close();
    if (isDamage(error)) return { database: null, rebuild: "damaged" };
    throw error;
  }
}

function prepare(database: DatabaseSync, file: string): RebuildReason {
  const isNew = pragma(database, "application_id") === 0 && isEmpty(database);
  if (!isNew && pragma(database, "application_id") !== applicationId) {
    throw new Error("The search index file belongs to something else. Name another file.");
  }
  if (!isNew && pragma(database, "user_version") !== schemaVersion) return "other-version";
  if (!isNew && !isSound(database, file)) return "damaged";
  configure(database);
  const isMade = createIfEmpty(database);
  return isMade || database.prepare(isUnfilled).get() !== undefined ? "missing" : null;
}

/**
 * `synchronous = FULL`, although the index can be rebuilt: the consumer's cursor is on disk in
 * another file, and must not be ahead of what is here after a power cut.
 */
function configure(database: DatabaseSync): void {
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA journal_size_limit = ${walSizeLimitBytes};
  `);
}

/** Two processes may start at once: only one of them makes the tables. */
function createIfEmpty(database: DatabaseSync): boolean {
  if (!isEmpty(database)) return false;
  database.exec("BEGIN IMMEDIATE");
  try {
    const isStillEmpty = isEmpty(database);
    if (isStillEmpty) database.exec(createTables);
    database.exec("COMMIT");
    return isStillEmpty;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

function isSound(database: DatabaseSync, file: string): boolean {
  if (statSync(file).size > checkedBytesMax) return true;
  const row = database.prepare("PRAGMA quick_check(1)").get();
  return row?.["quick_check"] === "ok";
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
}

function pragma(database: DatabaseSync, name: "application_id" | "user_version"): unknown {
  return database.prepare(`PRAGMA ${name}`).get()?.[name];
}

function isDamage(error: unknown): boolean {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
  return damage.has(code & 0xff);
}

function setAside(file: string): void {
  removeSetAside(file);
  const targets = parts(setAsideName(file));
  for (const [at, part] of parts(file).entries()) {
    const target = targets[at];
    if (target && existsSync(part)) renameSync(part, target);
  }
}

function setAsideName(file: string): string {
  return `${file}.set-aside`;
}

/** A database in WAL mode is up to three files. */
function parts(file: string): readonly string[] {
  return [file, `${file}-wal`, `${file}-shm`];
}

function unreachable(): never {
  throw new Error("A new search index could not be made.");
}
