/** The stores that are measured: SQLite in a folder, and a MariaDB of our own. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { installMissing } from "../../tools/debian.ts";
import { type Mariadb, mariadbPrograms, startMariadb } from "../../tools/mariadb.ts";
import type { StoreAddress } from "./setting.ts";

const connectionsMax = 8;

export interface OpenStores {
  readonly all: readonly {
    readonly name: "SQLite" | "MariaDB";
    /** An empty store, with the settings that all have. */
    make(): Promise<StoreAddress>;
  }[];
  close(): Promise<void>;
}

export async function openStores(): Promise<OpenStores> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-bench-stores-"));
  const name = () => `bench_${randomBytes(6).toString("hex")}`;
  installMissing(mariadbPrograms);
  const mariadb = await startMariadb();
  return {
    all: [
      {
        name: "SQLite",
        make: async () => ({ engine: "sqlite", file: join(folder, `${name()}.db`) }),
      },
      { name: "MariaDB", make: () => makeDatabase(mariadb, name()) },
    ],
    close: async () => {
      await mariadb.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeDatabase(mariadb: Mariadb, database: string): Promise<StoreAddress> {
  const url = new URL(mariadb.url);
  const account = {
    host: url.hostname,
    port: Number(url.port),
    user: url.username,
    password: url.password,
  };
  const connection = await mysql.createConnection(account);
  await connection.query(`create database ${database}`);
  await connection.end();
  const certificateAuthority = readFileSync(mariadb.certificate, "utf8");
  return { engine: "mysql", ...account, database, tls: true, connectionsMax, certificateAuthority };
}
