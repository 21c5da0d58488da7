import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { sqliteDialect } from "../../src/platform/store/dialect.ts";
import { type Engine, migrate, type Statement } from "../../src/platform/store/index.ts";
import { TenantPlaceholder } from "../../src/platform/store/placeholder.ts";
import { primaryStores } from "../engines.ts";
import { World } from "../world/world.ts";

const source = fileURLToPath(new URL("../../src/", import.meta.url));
const files = globSync(["modules/*/{store,*-store}.ts", "platform/*/statements.ts"], {
  cwd: source,
});

type AnyStatement = Statement<Record<string, unknown>, unknown>;

/** Who may read across tenants: whoever has none yet, and what serves all of them. */
const filesWithRootStatements = [
  "modules/directory/store.ts",
  "platform/feed/statements.ts",
  "platform/jobs/statements.ts",
];

function isStatement(value: unknown): value is AnyStatement {
  return typeof value === "object" && value !== null && "compile" in value && "isRoot" in value;
}

async function statementsOf(file: string): Promise<AnyStatement[]> {
  const module = (await import(`${source}${file}`)) as Record<string, unknown>;
  return Object.values(module).filter(isStatement);
}

/**
 * Compiles a statement without knowing what it is given: an argument that the builder maps over is
 * a list of rows, one that follows `in` is a list of values.
 */
function compileBlind(statement: AnyStatement, { dialect }: Pick<Engine, "dialect">) {
  const given: Record<string, unknown> = {};
  for (;;) {
    try {
      const compiled = statement.compile(dialect, given);
      const lists = listsAfterIn(compiled).filter((name) => !(name in given));
      if (lists.length === 0) return compiled;
      for (const name of lists) given[name] = ["one", "two"];
    } catch (error) {
      const name = /given\.(\w+)\.\w+ is not a function/.exec(String(error))?.[1];
      if (name === undefined || name in given) throw error;
      given[name] = [{}];
    }
  }
}

function listsAfterIn({ sql, placeholders }: ReturnType<AnyStatement["compile"]>): string[] {
  const before = sql.split("?").slice(0, -1);
  return placeholders.flatMap((placeholder, at) =>
    / in $/.test(before[at] ?? "") ? [placeholder.name] : [],
  );
}

describe("every statement of the house", () => {
  it("is found", async () => {
    const counts = await Promise.all(files.map(async (file) => (await statementsOf(file)).length));
    assert.ok(files.length >= 7, files.join(" "));
    assert.ok(counts.reduce((sum, count) => sum + count) >= 60, counts.join(" "));
  });

  it("has a name that no other file gives to one of its own", async () => {
    const owners = new Map<string, string>();
    for (const file of files) {
      for (const { name } of await statementsOf(file)) {
        assert.equal(owners.get(name) ?? file, file, name);
        owners.set(name, file);
      }
    }
  });

  it("is bound to the tenant, but for those of the few files that have none", async () => {
    for (const file of files) {
      for (const statement of await statementsOf(file)) {
        if (statement.isRoot) {
          assert.ok(filesWithRootStatements.includes(file), `${statement.name} in ${file}`);
          continue;
        }
        const { placeholders } = compileBlind(statement, { dialect: sqliteDialect });
        const bound = placeholders.filter((each) => each instanceof TenantPlaceholder);
        assert.ok(bound.length > 0, statement.name);
      }
    }
  });

  for (const primaryStore of primaryStores()) {
    it(`is understood by ${primaryStore.name}, with the tables as they are`, async () => {
      const world = await World.open();
      const { engine, close } = await primaryStore.open();
      try {
        await migrate(engine, world.assembly.migrations);
        for (const statement of (await Promise.all(files.map(statementsOf))).flat()) {
          const { sql, placeholders } = compileBlind(statement, engine);
          await engine.reader.run(
            `explain ${sql}`,
            placeholders.map(() => 1),
            statement.name,
          );
        }
      } finally {
        await close();
        await world.close();
      }
    });
  }
});
