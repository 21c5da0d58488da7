import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import { honestShapes } from "./mutants/honest.ts";
import { joinMutants } from "./mutants/joins.ts";
import { readMutants } from "./mutants/reads.ts";
import { type Build, compileShape, type MutantTables, otherTenant } from "./mutants/shape.ts";
import { writeMutants } from "./mutants/writes.ts";
import { Unbound } from "./tripwire.ts";

interface Leaf {
  readonly kind: "tenant" | "id" | "foreign" | "unequal";
}

/** A condition as a tree, so that what it binds can be told without the tripwire. */
type Condition =
  | Leaf
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

type Is = ExpressionBuilder<MutantTables, "entry">;
type Given = Parameters<Build>[1];

function write(is: Is, given: Given, condition: Condition): Expression<SqlBool> {
  const { kind } = condition;
  if (kind === "and") return is.and(condition.parts.map((part) => write(is, given, part)));
  if (kind === "or") return is.or(condition.parts.map((part) => write(is, given, part)));
  if (kind === "not") return is.not(write(is, given, condition.of)) as Expression<SqlBool>;
  return leaves[kind](is, given);
}

const leaves: Record<Leaf["kind"], (is: Is, given: Given) => Expression<SqlBool>> = {
  tenant: (is, given) => is("tenant_id", "=", given.tenant),
  id: (is, given) => is("id", "=", given.id),
  foreign: (is) => is("tenant_id", "=", otherTenant),
  unequal: (is, given) => is("tenant_id", "!=", given.tenant),
};

function shapeOf(condition: Condition): Build {
  return (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where((is) => write(is, given, condition));
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
