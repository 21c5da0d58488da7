import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Bindable } from "./binder.ts";
import { sqliteDialect } from "./dialect.ts";
import type { Connection, Engine, EngineFacts, EngineTransaction, Outcome } from "./engine.ts";
import { type StoreFailure, StoreFault } from "./failure.ts";
import { idColumns, readRow } from "./row.ts";

const busyTimeoutMs = 5_000;
const statementsCachedMax = 500;

/**
 * The embedded primary store: one file, in WAL mode, each commit synced (`synchronous=FULL`), so
 * that what was acknowledged survives a power cut. Deleted content is overwritten.
 */
export function openSqlite(file: string): Engine {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const writer = connect(file);
  const reader = connect(file);
  chmodSync(file, 0o600);
  return {
    dialect: sqliteDialect,
    sharesCommits: true,
    reader: connectionOn(reader),
    begin: () => begin(writer),
    facts: async () => factsOf(writer),
    catalogue: async () => catalogueOf(reader),
    close: async () => {
      reader.close();
      writer.close();
    },
  };
}

function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  database.exec("pragma journal_mode = wal");
  database.exec("pragma synchronous = full");
  database.exec("pragma foreign_keys = on");
  database.exec("pragma secure_delete = on");
  database.exec("pragma temp_store = memory");
  return database;
}

interface Prepared {
  readonly statement: StatementSync;
  /** Asked once: describing the columns costs more than many a statement. */
  readonly givesRows: boolean;
  readonly ids: readonly string[];
}

function connectionOn(database: DatabaseSync): Connection {
  const cache = new Map<string, Prepared>();
  return {
    run: async (sql, parameters, statement) => {
      try {
        return execute(prepare(database, cache, sql), parameters);
      } catch (error) {
        throw faultOf(error, statement);
      }
    },
  };
}

function prepare(database: DatabaseSync, cache: Map<string, Prepared>, sql: string): Prepared {
  const known = cache.get(sql);
  if (known) return known;
  if (cache.size >= statementsCachedMax) cache.clear();
  const statement = database.prepare(sql);
  const names = statement.columns().map(({ name }) => name);
  const prepared = { statement, givesRows: names.length > 0, ids: idColumns(names) };
  cache.set(sql, prepared);
  return prepared;
}

function execute(prepared: Prepared, parameters: readonly Bindable[]): Outcome {
  const { statement, givesRows, ids } = prepared;
  if (givesRows) {
    const rows = statement.all(...parameters);
    return { rows: rows.map((row) => readRow(row, ids)), changed: 0 };
  }
  return { rows: [], changed: Number(statement.run(...parameters).changes) };
}

const connections = new WeakMap<DatabaseSync, Connection>();

async function begin(database: DatabaseSync): Promise<EngineTransaction> {
  const connection = connections.get(database) ?? connectionOn(database);
  connections.set(database, connection);
  const control = (sql: string) => async () => {
    await connection.run(sql, [], sql);
  };
  await connection.run("begin immediate", [], "begin");
  return {
    run: connection.run,
    savepoint: control("savepoint unit"),
    rollbackToSavepoint: control("rollback to unit"),
    commit: control("commit"),
    rollback: control("rollback"),
  };
}

/** SQLite's extended result codes, as far as they mean something to us (sqlite.org/rescode). */
const failures: readonly (readonly [code: number, failure: StoreFailure])[] = [
  [1555, "duplicate"],
  [2067, "duplicate"],
  [787, "reference"],
  [5, "busy"],
  [6, "busy"],
  [13, "full"],
  [10, "damaged"],
  [11, "damaged"],
  [26, "damaged"],
  [17, "schema"],
];

function faultOf(error: unknown, statement: string): StoreFault {
  const code = (error as { errcode?: unknown }).errcode;
  // Node's own errors quote values, too: a number that is too large, an argument it cannot bind.
  if (typeof code !== "number") return new StoreFault("other", statement, "sqlite-driver");
  const exact = failures.find(([known]) => known === code);
  const primary = failures.find(([known]) => known === (code & 0xff));
  return new StoreFault((exact ?? primary)?.[1] ?? "other", statement, `sqlite-${code}`);
}

function factsOf(database: DatabaseSync): EngineFacts {
  const synchronous = database.prepare("pragma synchronous").get() as { synchronous: number };
  const version = database
    .prepare("select sqlite_version() as version, unixepoch('subsec') as now")
    .get() as {
    version: string;
    now: number;
  };
  return {
    isDurable: synchronous.synchronous >= 2,
    nowMs: Math.round(version.now * 1000),
    version: `SQLite ${version.version}`,
  };
}

function catalogueOf(database: DatabaseSync): Map<string, string[]> {
  const rows = database
    .prepare(
      `select m.name as "table", c.name as "column" from sqlite_master m
       join pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%'
       order by m.name, c.cid`,
    )
    .all() as { table: string; column: string }[];
  const tables = new Map<string, string[]>();
  for (const { table, column } of rows) tables.set(table, [...(tables.get(table) ?? []), column]);
  return tables;
}
