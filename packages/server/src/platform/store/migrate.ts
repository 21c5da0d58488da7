import { type Compilable, sql } from "kysely";
import { compilerFor } from "./dialect.ts";
import type { Connection, Engine } from "./engine.ts";
import { StoreFault } from "./failure.ts";
import type { Table } from "./table.ts";

/** One step of the schema: named once, never changed after a release, run in order. */
export interface Migration {
  /** Sorts by when it came: `0001-conversations`. A code word of the binder. */
  readonly name: string;
  readonly tables: readonly Table[];
}

export class SchemaNewer extends Error {
  override readonly name = "SchemaNewer";
}

/** Brings the schema up to date; returns the names of the migrations that it ran. */
export async function migrate(engine: Engine, migrations: readonly Migration[]): Promise<string[]> {
  await ensureLedger(engine);
  const done = await namesDone(engine);
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = done.find((name) => !known.has(name));
  if (unknown) {
    throw new SchemaNewer(`The store was migrated by a newer Foyer (${unknown}): run that one`);
  }
  const due = migrations.filter((migration) => !done.includes(migration.name));
  for (const migration of due) await apply(engine, migration);
  return due.map((migration) => migration.name);
}

/** The migrations that are due; empty where the schema is current. */
export async function pendingMigrations(
  engine: Engine,
  migrations: readonly Migration[],
): Promise<string[]> {
  await ensureLedger(engine);
  const done = await namesDone(engine);
  return migrations.map(({ name }) => name).filter((name) => !done.includes(name));
}

async function ensureLedger(engine: Engine): Promise<void> {
  const word = engine.dialect.columnType("word");
  const text = `create table if not exists migration (name ${word} not null primary key)`;
  await inTransaction(engine, (connection) => connection.run(text, [], "migration.ledger"));
}

async function namesDone(engine: Engine): Promise<string[]> {
  const { rows } = await engine.reader.run("select name from migration", [], "migration.list");
  return rows.map((row) => String(row["name"]));
}

async function apply(engine: Engine, migration: Migration): Promise<void> {
  await inTransaction(engine, async (connection) => {
    for (const table of migration.tables) {
      for (const statement of creationOf(engine, table)) {
        const { sql: text } = statement.compile();
        await unlessDone(() => connection.run(text, [], `migration.${migration.name}`));
      }
    }
    const done = "insert into migration (name) values (?)";
    await unlessDone(() => connection.run(done, [migration.name], "migration"));
  });
}

/**
 * MySQL commits after each statement that makes a table, so a migration that was cut, or that two
 * processes run at once, finds some of its work done. A migration never changes: what is there is
 * what it would have made.
 */
async function unlessDone(step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    const failure = error instanceof StoreFault ? error.failure : undefined;
    if (failure !== "exists" && failure !== "duplicate") throw error;
  }
}

async function inTransaction<Result>(
  engine: Engine,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const transaction = await engine.begin();
  try {
    const result = await work(transaction);
    await transaction.commit();
    return result;
  } catch (error) {
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
}

/** The DDL of a declared table: the table with its keys, then its indexes. */
function creationOf(engine: Engine, table: Table): Compilable[] {
  const { dialect } = engine;
  const { schema } = compilerFor<Record<string, never>>(dialect);
  let creation = schema.createTable(table.name);
  for (const [name, column] of Object.entries(table.columns)) {
    const type = sql.raw(dialect.columnType(column.type));
    creation = creation.addColumn(name, type as never, (definition) =>
      column.isNullable ? definition : definition.notNull(),
    );
  }
  creation = creation.addPrimaryKeyConstraint(`${table.name}_pk`, [
    ...table.keys.primaryKey,
  ] as never);
  for (const [number, columns] of (table.keys.unique ?? []).entries()) {
    creation = creation.addUniqueConstraint(`${table.name}_u${number + 1}`, [...columns] as never);
  }
  for (const [number, key] of (table.keys.references ?? []).entries()) {
    const name = `${table.name}_f${number + 1}`;
    creation = creation.addForeignKeyConstraint(name, [...key.columns] as never, key.table, [
      ...key.to,
    ]);
  }
  const indexes = (table.keys.indexes ?? []).map((columns, number) =>
    schema
      .createIndex(`${table.name}_i${number + 1}`)
      .on(table.name)
      .columns([...columns]),
  );
  return [creation.modifyEnd(sql.raw(dialect.tableOptions)), ...indexes];
}
