import type { Compilable, Kysely, OperationNode } from "kysely";
import { mysqlDialect, sqliteDialect } from "../dialect.ts";
import { statementsFor } from "../statement.ts";

/** Tables of tenants, with a column that somebody could mistake for the tenant's. */
export interface MutantTables {
  entry: { tenant_id: string; id: string; contact_id: string; body: Uint8Array; position: number };
  contact: { tenant_id: string; id: string; owner_id: string; name: Uint8Array };
}

type Builder = Omit<
  Kysely<MutantTables>,
  "executeQuery" | "transaction" | "connection" | "schema" | "destroy"
>;

interface Given {
  readonly tenant: string;
  readonly id: string;
  readonly ids: string[];
}

type Query = Compilable<unknown> & { toOperationNode(): OperationNode };

/** A statement as a module would write it. */
export type Build = (sql: Builder, given: Given) => Query;

/** Statements by what is said of them: one for each way around the tenant wall. */
export type Ways = Readonly<Record<string, Build>>;

/** The id of a tenant that nobody bound. */
export const otherTenant = "0198c0de-0000-7000-8000-000000000001";

/** Builds a statement and compiles it for both dialects, as running it would. */
export function compileShape(name: string, build: Build): void {
  const declare = statementsFor<MutantTables>()<{ id: string; ids: string[] }>();
  const statement = declare(name, build as never);
  for (const dialect of [sqliteDialect, mysqlDialect]) {
    statement.compile(dialect, { id: otherTenant, ids: [otherTenant] });
  }
}
