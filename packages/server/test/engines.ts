/**
 * The primary stores that the suites run against. What is decided when MariaDB is missing is
 * decided here and nowhere else: loudly left out on a developer's machine, an error in CI.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { type Engine, openMysql, openSqlite } from "../src/platform/store/index.ts";

const connectionsMax = 8;

/** Where a database is: what another process needs to open the same one. JSON can carry it. */
export type StoreAddress =
  | { readonly engine: "sqlite"; readonly file: string }
  | ({ readonly engine: "mysql" } & Parameters<typeof openMysql>[0]);

/** Opens a database that another process may have open, too. */
export function openStoreAt(address: StoreAddress): Engine {
  return address.engine === "sqlite" ? openSqlite(address.file) : openMysql(address);
}

/** An empty database of its own, removed again by `close`. */
export interface OpenedStore {
  readonly engine: Engine;
  readonly address: StoreAddress;
  /** Closes the engine and removes its data; closing the engine first, too, does no harm. */
  close(): Promise<void>;
}

export interface PrimaryStore {
  readonly name: "SQLite" | "MariaDB";
  open(): Promise<OpenedStore>;
}

/** SQLite always; MariaDB where `FOYER_TEST_MYSQL_URL` names a server. */
export function primaryStores(): readonly PrimaryStore[] {
  const url = process.env["FOYER_TEST_MYSQL_URL"];
  if (url) return [sqlite, { name: "MariaDB", open: () => openDatabase(new URL(url)) }];
  const notice = "FOYER_TEST_MYSQL_URL is not set: what runs on MariaDB was NOT tested";
  if (process.env["CI"] === "true") throw new Error(notice);
  process.stderr.write(`\n!!! ${notice} !!!\n\n`);
  return [sqlite];
}

/** The embedded store: a file in a folder of its own. */
export const sqlite: PrimaryStore = {
  name: "SQLite",
  open: async () => {
    const folder = mkdtempSync(join(tmpdir(), "foyer-store-"));
    const address = { engine: "sqlite", file: join(folder, "store.db") } as const;
    const engine = closingOnce(openStoreAt(address));
    return {
      engine,
      address,
      close: async () => {
        await engine.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

async function openDatabase(url: URL): Promise<OpenedStore> {
  const database = `foyer_test_${randomBytes(6).toString("hex")}`;
  await administer(url, `create database ${database}`);
  const file = process.env["FOYER_TEST_MYSQL_CA"];
  const address = {
    engine: "mysql",
    ...account(url),
    database,
    tls: file !== undefined,
    connectionsMax,
    ...(file === undefined ? {} : { certificateAuthority: readFileSync(file, "utf8") }),
  } as const;
  const engine = closingOnce(openStoreAt(address));
  return {
    engine,
    address,
    close: async () => {
      await engine.close();
      await administer(url, `drop database if exists ${database}`);
    },
  };
}

function account(url: URL) {
  return {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}

async function administer(url: URL, statement: string): Promise<void> {
  const connection = await mysql.createConnection(account(url));
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/** A store closes its engine and a suite closes the database: the second time nothing is left. */
function closingOnce(engine: Engine): Engine {
  let closed: Promise<void> | undefined;
  return {
    ...engine,
    close: () => {
      closed ??= engine.close();
      return closed;
    },
  };
}
