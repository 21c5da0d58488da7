import {
  DummyDriver,
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  type SelectQueryBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { ColumnType } from "./table.ts";

/**
 * The seams between the two SQL dialects, all of them. Statements are written once for the
 * intersection; where SQLite and MySQL part, they ask here.
 */
export type DialectName = "sqlite" | "mysql";

export interface Dialect {
  readonly name: DialectName;
  /** Takes the row's lock for the rest of the transaction. SQLite has one writer: nothing to do. */
  lock<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
  ): SelectQueryBuilder<DB, TB, O>;
  columnType(type: ColumnType): string;
  /** What follows the closing bracket of `create table`. */
  readonly tableOptions: string;
}

const sqliteTypes: Record<ColumnType, string> = {
  id: "blob",
  instant: "integer",
  integer: "integer",
  word: "text",
  digest: "blob",
  sealed: "blob",
};

const mysqlTypes: Record<ColumnType, string> = {
  id: "binary(16)",
  instant: "bigint",
  integer: "bigint",
  word: "varchar(64) character set ascii collate ascii_bin",
  digest: "varbinary(64)",
  sealed: "mediumblob",
};

export const sqliteDialect: Dialect = {
  name: "sqlite",
  lock: (query) => query,
  columnType: (type) => sqliteTypes[type],
  tableOptions: " strict",
};

export const mysqlDialect: Dialect = {
  name: "mysql",
  lock: (query) => query.forUpdate(),
  columnType: (type) => mysqlTypes[type],
  tableOptions: " engine=InnoDB default charset=utf8mb4",
};

/** A Kysely that compiles and cannot run anything: it has no connection. */
export function compilerFor<Tables>(dialect: Dialect): Kysely<Tables> {
  const isSqlite = dialect.name === "sqlite";
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => (isSqlite ? new SqliteAdapter() : new MysqlAdapter()),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) =>
        isSqlite ? new SqliteIntrospector(db) : new MysqlIntrospector(db),
      createQueryCompiler: () => (isSqlite ? new SqliteQueryCompiler() : new MysqlQueryCompiler()),
    },
  });
}
