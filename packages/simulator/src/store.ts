import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What the carrier remembers, by kind. */
export type RecordKind = "message" | "delivery" | "phone" | "answer";

/** The carrier's memory beyond the process: records are written as they change. */
export interface Store {
  /** All records of a kind, in the order in which they were first put. */
  load(kind: RecordKind): unknown[];
  put(kind: RecordKind, id: string, value: unknown): void;
  remove(kind: RecordKind, id: string): void;
  /** Sizes of all pictures and files, oldest first. */
  loadMedia(): readonly { readonly id: string; readonly bytes: number }[];
  putMedia(id: string, bytes: Uint8Array): void;
  readMedia(id: string): Uint8Array | undefined;
  removeMedia(id: string): void;
  close(): void;
}

/** Forgets everything with the process. */
export function memoryStore(): Store {
  const media = new Map<string, Uint8Array>();
  return {
    load: () => [],
    put() {},
    remove() {},
    loadMedia: () => [],
    putMedia: (id, bytes) => void media.set(id, bytes),
    readMedia: (id) => media.get(id),
    removeMedia: (id) => void media.delete(id),
    close() {},
  };
}

const formatVersion = 2;

/**
 * Keeps the carrier's state in `carrier.sqlite` in `folder`, made if missing. A file of another
 * format is begun again: what a demo carrier forgets, nobody misses.
 */
export function fileStore(folder: string): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(folder, "carrier.sqlite"));
  prepareTable(database);
  const load = database.prepare("SELECT value FROM record WHERE kind = ? ORDER BY rowid");
  const put = database.prepare(
    "INSERT INTO record (kind, id, value) VALUES (?, ?, ?) " +
      "ON CONFLICT (kind, id) DO UPDATE SET value = excluded.value",
  );
  const remove = database.prepare("DELETE FROM record WHERE kind = ? AND id = ?");
  return {
    ...mediaOf(database),
    load: (kind) => load.all(kind).map((row) => JSON.parse(String(row["value"]))),
    put(kind, id, value) {
      put.run(kind, id, JSON.stringify(value));
    },
    remove(kind, id) {
      remove.run(kind, id);
    },
    close: () => database.close(),
  };
}

function mediaOf(database: DatabaseSync) {
  const load = database.prepare("SELECT id, length(bytes) AS bytes FROM media ORDER BY rowid");
  const put = database.prepare("INSERT INTO media (id, bytes) VALUES (?, ?)");
  const read = database.prepare("SELECT bytes FROM media WHERE id = ?");
  const remove = database.prepare("DELETE FROM media WHERE id = ?");
  return {
    loadMedia: () =>
      load.all().map((row) => ({ id: String(row["id"]), bytes: Number(row["bytes"]) })),
    putMedia: (id: string, bytes: Uint8Array) => void put.run(id, bytes),
    readMedia: (id: string) => {
      const bytes = read.get(id)?.["bytes"];
      return bytes instanceof Uint8Array ? bytes : undefined;
    },
    removeMedia: (id: string) => void remove.run(id),
  };
}

/** NORMAL survives a killed process, which is what a demo meets; FULL would survive power cuts. */
function prepareTable(database: DatabaseSync): void {
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  const found = database.prepare("PRAGMA user_version").get()?.["user_version"];
  if (found !== formatVersion) {
    database.exec("DROP TABLE IF EXISTS record; DROP TABLE IF EXISTS media;");
  }
  database.exec(`
    CREATE TABLE IF NOT EXISTS record (
      kind TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, id)
    );
    CREATE TABLE IF NOT EXISTS media (id TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL);
    PRAGMA user_version = ${formatVersion};
  `);
}
