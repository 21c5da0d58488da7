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
  type UpdateQueryBuilder,
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
  /**
   * Adds to a column and tells the sum, in one statement; run it with `count`. SQLite gives back
   * the row, MySQL what `last_insert_id` was given (MySQL 8.4 manual, §14.15).
   */
  count<DB, Name extends keyof DB & string, Row>(
    update: UpdateQueryBuilder<DB, Name, Name, Row>,
    column: string,
    by: number,
  ): UpdateQueryBuilder<DB, Name, Name, unknown>;
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

// biome-ignore lint/suspicious/noExplicitAny: only the caller knows which table it updates.
type AnyUpdate = UpdateQueryBuilder<any, any, any, unknown>;

export const sqliteDialect: Dialect = {
  name: "sqlite",
  lock: (query) => query,
  count: (update, column, by) =>
    (update as AnyUpdate)
      .set((is) => ({ [column]: is(column, "+", by) }))
      .returning(column) as never,
  columnType: (type) => sqliteTypes[type],
  tableOptions: " strict",
};

export const mysqlDialect: Dialect = {
  name: "mysql",
  lock: (query) => query.forUpdate(),
  count: (update, column, by) =>
    (update as AnyUpdate).set((is) => ({
      [column]: is.fn("last_insert_id", [is(column, "+", by)]),
    })) as never,
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
