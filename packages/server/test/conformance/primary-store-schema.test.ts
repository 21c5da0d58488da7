import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  type Engine,
  id,
  integer,
  migrate,
  pendingMigrations,
  rootTable,
  type Table,
  table,
} from "../../src/platform/store/index.ts";
import { SchemaNewer } from "../../src/platform/store/migrate.ts";
import { type OpenedStore, primaryStores } from "../engines.ts";
import { World } from "../world/world.ts";

/** What a store's own catalogue says of a column. */
interface Described {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly isNullable: boolean;
}

/** Columns in order, keys by name: index, unique key and primary key alike. */
interface Catalogue {
  readonly columns: readonly Described[];
  readonly keys: readonly { readonly table: string; readonly columns: readonly string[] }[];
}

async function rowsOf(engine: Engine, sql: string): Promise<Record<string, unknown>[]> {
  return [...(await engine.reader.run(sql, [], "catalogue")).rows];
}

async function catalogueOf(engine: Engine): Promise<Catalogue> {
  const isSqlite = engine.dialect.name === "sqlite";
  const columns = await rowsOf(engine, isSqlite ? sqliteColumns : mysqlColumns);
  const parts = await rowsOf(engine, isSqlite ? sqliteKeys : mysqlKeys);
  const keys = new Map<string, { table: string; columns: string[] }>();
  for (const part of parts) {
    const table = String(part["t"]);
    const name = `${table} ${part["k"]}`;
    const key = keys.get(name) ?? { table, columns: [] };
    key.columns.push(String(part["c"]));
    keys.set(name, key);
  }
  return {
    columns: columns.map((row) => ({
      table: String(row["t"]),
      column: String(row["c"]),
      type: String(row["y"]).toLowerCase(),
      isNullable: Number(row["n"]) === 1,
    })),
    keys: [...keys.values()],
  };
}

const sqliteColumns = `select m.name as t, c.name as c, c.type as y, 1 - c."notnull" as n
  from sqlite_master m join pragma_table_info(m.name) c
  where m.type = 'table' order by m.name, c.cid`;
const sqliteKeys = `select m.name as t, i.name as k, c.name as c from sqlite_master m
  join pragma_index_list(m.name) i join pragma_index_info(i.name) c
  where m.type = 'table' order by m.name, i.name, c.seqno`;
const mysqlColumns = `select table_name as t, column_name as c, data_type as y,
  is_nullable = 'YES' as n from information_schema.columns
  where table_schema = database() order by table_name, ordinal_position`;
const mysqlKeys = `select table_name as t, index_name as k, column_name as c
  from information_schema.statistics where table_schema = database()
  order by table_name, index_name, seq_in_index`;

/** The type that a column is declared with, without its length and character set. */
function typeOf(engine: Engine, column: Table["columns"][string]): string {
  return engine.dialect.columnType(column.type).replace(/[( ].*$/, "");
}

for (const { name, open } of primaryStores()) {
  describe(`schema: ${name}`, () => {
    let world: World;
    let opened: OpenedStore;
    before(async () => {
      world = await World.open();
      opened = await open();
    });
    after(async () => {
      await opened.close();
      await world.close();
    });

    it("is made on an empty store, and then no more", async () => {
      const { migrations } = world.assembly;
      const names = migrations.map((migration) => migration.name);
      assert.deepEqual(await pendingMigrations(opened.engine, migrations), names);
      assert.deepEqual(await migrate(opened.engine, migrations), names);
      assert.deepEqual(await migrate(opened.engine, migrations), []);
      assert.deepEqual(await pendingMigrations(opened.engine, migrations), []);
    });

    it("has the tables and columns that are declared, and no others", async () => {
      const live = await opened.engine.catalogue();
      const declared = new Map(
        world.assembly.tables.map((each) => [each.name, Object.keys(each.columns)]),
      );
      declared.set("migration", ["name"]);
      assert.deepEqual(new Map([...live].sort()), new Map([...declared].sort()));
    });

    it("has every column of the type that is declared, nullable or not", async () => {
      const { columns } = await catalogueOf(opened.engine);
      const live = new Map(columns.map((each) => [`${each.table}.${each.column}`, each]));
      for (const declared of world.assembly.tables) {
        for (const [columnName, column] of Object.entries(declared.columns)) {
          const found = live.get(`${declared.name}.${columnName}`);
          assert.equal(
            found?.type,
            typeOf(opened.engine, column),
            `${declared.name}.${columnName}`,
          );
          assert.equal(found?.isNullable, column.isNullable, `${declared.name}.${columnName}`);
        }
      }
    });

    it("has the keys that are declared, and each of a tenant's begins with the tenant", async () => {
      const { keys } = await catalogueOf(opened.engine);
      const rootTables = ["job", "directory_entry", "migration"];
      for (const key of keys.filter(({ table: of }) => !rootTables.includes(of))) {
        assert.equal(key.columns[0], "tenant_id", `${key.table}: ${key.columns.join(", ")}`);
      }
      for (const declared of world.assembly.tables) {
        const { primaryKey, unique = [], indexes = [] } = declared.keys;
        for (const columns of [primaryKey, ...unique, ...indexes]) {
          const found = keys.some(
            (key) => key.table === declared.name && key.columns.join() === columns.join(),
          );
          assert.ok(found, `${declared.name} has no key on ${columns.join(", ")}`);
        }
      }
    });

    it("points across tables with the tenant on both sides", () => {
      for (const { name: of, keys } of world.assembly.tables) {
        for (const { columns, to } of keys.references ?? []) {
          assert.deepEqual([columns[0], to[0]], ["tenant_id", "tenant_id"], of);
        }
      }
    });

    it("calls ids, and nothing else, by names that end with id", () => {
      for (const { name: of, columns } of world.assembly.tables) {
        for (const [columnName, { type }] of Object.entries(columns)) {
          assert.equal(/(^|_)id$/.test(columnName), type === "id", `${of}.${columnName}`);
        }
      }
    });

    it("refuses a store that a newer program has migrated", async () => {
      const { migrations } = world.assembly;
      await migrate(opened.engine, [...migrations, { name: "later-0001", tables: [] }]);
      await assert.rejects(migrate(opened.engine, migrations), SchemaNewer);
    });
  });

  describe(`a migration that was cut: ${name}`, () => {
    const tables = [1, 2].map((number) =>
      table(
        `cut_${number}`,
        { tenant_id: id<string>(), id: id<string>(), size: integer() },
        { primaryKey: ["tenant_id", "id"], indexes: [["tenant_id", "size"]] },
      ),
    );

    it("is finished by the next", async () => {
      const { engine, close } = await open();
      try {
        const broken = rootTable("cut_3", {}, { primaryKey: [] });
        await assert.rejects(migrate(engine, [{ name: "cut-0001", tables: [...tables, broken] }]));
        assert.deepEqual(await migrate(engine, [{ name: "cut-0001", tables }]), ["cut-0001"]);
        assert.deepEqual([...(await engine.catalogue()).keys()].toSorted(), [
          "cut_1",
          "cut_2",
          "migration",
        ]);
      } finally {
        await close();
      }
    });
  });
}

describe("a table of a tenant", () => {
  it("cannot be declared with a key that does not begin with the tenant", () => {
    const columns = { tenant_id: id<string>(), id: id<string>(), size: integer() };
    const primaryKey = ["tenant_id", "id"] as const;
    assert.throws(() => table("t", columns, { primaryKey: ["id", "tenant_id"] }));
    assert.throws(() => table("t", columns, { primaryKey, unique: [["id"]] }));
    assert.throws(() => table("t", columns, { primaryKey, indexes: [["size", "tenant_id"]] }));
    const to = { table: "other", to: ["tenant_id", "id"] };
    assert.throws(() =>
      table("t", columns, { primaryKey, references: [{ ...to, columns: ["id"] }] }),
    );
  });
});
