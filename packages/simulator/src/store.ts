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
  close(): void;
}

/** Forgets everything with the process. */
export function memoryStore(): Store {
  return { load: () => [], put() {}, remove() {}, close() {} };
}

const formatVersion = 1;

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

/** NORMAL survives a killed process, which is what a demo meets; FULL would survive power cuts. */
function prepareTable(database: DatabaseSync): void {
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  const found = database.prepare("PRAGMA user_version").get()?.["user_version"];
  if (found !== formatVersion) database.exec("DROP TABLE IF EXISTS record");
  database.exec(`
    CREATE TABLE IF NOT EXISTS record (
      kind TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, id)
    );
    PRAGMA user_version = ${formatVersion};
  `);
}
