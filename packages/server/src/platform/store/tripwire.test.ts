import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { honestShapes } from "./mutants/honest.ts";
import { joinMutants } from "./mutants/joins.ts";
import { readMutants } from "./mutants/reads.ts";
import { type Build, compileShape, otherTenant } from "./mutants/shape.ts";
import { writeMutants } from "./mutants/writes.ts";
import { Unbound } from "./tripwire.ts";

/** A condition as a tree, so that what it binds can be told without the tripwire. */
type Condition =
  | { readonly kind: "tenant" | "id" | "foreign" | "unequal" }
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition };

const conditions = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.constantFrom<Condition>(
      { kind: "tenant" },
      { kind: "id" },
      { kind: "foreign" },
      { kind: "unequal" },
    ),
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      parts: fc.array(tie("tree"), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("not" as const), of: tie("tree") }),
  ),
})).tree;

function binds(condition: Condition): boolean {
  if (condition.kind === "and") return condition.parts.some(binds);
  return condition.kind === "tenant";
}

function shapeOf(condition: Condition): Build {
  return (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where((is) => {
        const write = (part: Condition): ReturnType<typeof is.and> => {
          if (part.kind === "and") return is.and(part.parts.map(write));
          if (part.kind === "or") return is.or(part.parts.map(write));
          if (part.kind === "not") return is.not(write(part.of)) as never;
          if (part.kind === "tenant") return is("tenant_id", "=", given.tenant) as never;
          if (part.kind === "id") return is("id", "=", given.id) as never;
          if (part.kind === "foreign") return is("tenant_id", "=", otherTenant) as never;
          return is("tenant_id", "!=", given.tenant) as never;
        };
        return write(condition);
      });
}

function isBound(build: Build): boolean {
  try {
    compileShape("random", build);
    return true;
  } catch (error) {
    if (error instanceof Unbound) return false;
    throw error;
  }
}

describe("tripwire", () => {
  for (const mutants of [readMutants, joinMutants, writeMutants]) {
    for (const [way, build] of Object.entries(mutants)) {
      it(`catches ${way}`, () => assert.throws(() => compileShape("mutant", build), Unbound));
    }
  }
  for (const [way, build] of Object.entries(honestShapes)) {
    it(`lets pass ${way}`, () => compileShape("honest", build));
  }

  it("takes a condition as binding exactly where a conjunct of it says the tenant", () => {
    fc.assert(
      fc.property(conditions, (condition) => {
        assert.equal(isBound(shapeOf(condition)), binds(condition));
      }),
      { numRuns: 500 },
    );
  });

  it("names the statement and not the values", () => {
    const build: Build = (sql) =>
      sql.selectFrom("entry").select("id").where("tenant_id", "=", otherTenant);
    assert.throws(
      () => compileShape("entry.list", build),
      ({ message }: Error) => message.includes("entry.list") && !message.includes(otherTenant),
    );
  });
});
