import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Compilable, type Kysely, type OperationNode, sql as raw } from "kysely";
import { mysqlDialect, sqliteDialect } from "./dialect.ts";
import { statementsFor } from "./statement.ts";
import { Unbound } from "./tripwire.ts";

/** Two tenants' tables, and one column that somebody could mistake for the tenant's. */
interface Tables {
  entry: { tenant_id: string; id: string; contact_id: string; body: Uint8Array; position: number };
  contact: { tenant_id: string; id: string; owner_id: string; name: Uint8Array };
}

type Builder = Omit<
  Kysely<Tables>,
  "executeQuery" | "transaction" | "connection" | "schema" | "destroy"
>;
interface Given {
  readonly tenant: string;
  readonly id: string;
  readonly ids: string[];
}
type Query = Compilable<unknown> & { toOperationNode(): OperationNode };
type Build = (sql: Builder, given: Given) => Query;

const statement = statementsFor<Tables>();
const other = "0198c0de-0000-7000-8000-000000000001";

function compile(name: string, build: Build): void {
  const declared = statement<{ id: string; ids: string[] }>()(name, build as never);
  for (const dialect of [sqliteDialect, mysqlDialect]) {
    declared.compile(dialect, { id: other, ids: [other] } as never);
  }
}

/** Ways around the wall, one statement each. Every one of them must be caught. */
const mutants: Readonly<Record<string, Build>> = {
  "no condition": (sql) => sql.selectFrom("entry").selectAll(),
  "another condition": (sql, given) =>
    sql.selectFrom("entry").selectAll().where("id", "=", given.id),
  "raw SQL as the statement": () => raw`select * from entry` as never,
  "raw SQL as a condition": (sql, given) =>
    sql.selectFrom("entry").selectAll().where(raw<boolean>`tenant_id = ${given.tenant}`),
  "raw SQL beside a good condition": (sql, given) =>
    sql
      .selectFrom("entry")
      .select(raw<number>`(select count(*) from contact)`.as("n"))
      .where("tenant_id", "=", given.tenant),
  "raw SQL in from": (sql, given) =>
    sql
      .selectFrom(raw<Tables["entry"]>`entry`.as("entry"))
      .selectAll()
      .where("entry.tenant_id", "=", given.tenant),
  "raw SQL in order by": (sql, given) =>
    sql
      .selectFrom("entry")
      .select("id")
      .where("tenant_id", "=", given.tenant)
      .orderBy(raw`(select body from contact)`),
  "raw SQL in limit": (sql, given) =>
    sql
      .selectFrom("entry")
      .select("id")
      .where("tenant_id", "=", given.tenant)
      .limit(raw<number>`(select count(*) from contact)`),
  "raw SQL at the end": (sql, given) =>
    sql
      .selectFrom("entry")
      .select("id")
      .where("tenant_id", "=", given.tenant)
      .modifyEnd(raw`or 1 = 1`),
  "an expression that is cut short": (sql, given) =>
    sql
      .selectFrom("entry")
      .select("id")
      .where(({ eb, and }) => and([eb("id", "=", given.id), raw<boolean>`1 = 1 -- `])),
  or: (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where((is) => is.or([is("tenant_id", "=", given.tenant), is("id", "=", given.id)])),
  "or, chained": (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where((is) => is("tenant_id", "=", given.tenant).or("id", "=", given.id)),
  "or, inside and": (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where("id", "=", given.id)
      .where((is) =>
        is.or([
          is.and([is("tenant_id", "=", given.tenant), is("id", "=", given.id)]),
          is("id", "=", given.id),
        ]),
      ),
  not: (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where((is) => is.not(is("tenant_id", "=", given.tenant))),
  "not equal": (sql, given) =>
    sql.selectFrom("entry").selectAll().where("tenant_id", "!=", given.tenant),
  "greater than": (sql, given) =>
    sql.selectFrom("entry").selectAll().where("tenant_id", ">=", given.tenant),
  in: (sql, given) =>
    sql.selectFrom("entry").selectAll().where("tenant_id", "in", [given.tenant, given.id]),
  "in, of a list that was given": (sql, given) =>
    sql.selectFrom("entry").selectAll().where("tenant_id", "in", given.ids),
  "a case": (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where((is) =>
        is
          .case()
          .when("id", "=", given.id)
          .then(is("tenant_id", "=", given.tenant))
          .else(is.lit(true))
          .end(),
      ),
  "the id of a tenant, written out": (sql) =>
    sql.selectFrom("entry").selectAll().where("tenant_id", "=", other),
  "an argument instead of the tenant": (sql, given) =>
    sql.selectFrom("entry").selectAll().where("tenant_id", "=", given.id),
  "the column with itself": (sql) =>
    sql.selectFrom("entry").selectAll().whereRef("tenant_id", "=", "tenant_id"),
  "the tenant with itself": (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where((is) => is(is.val(given.tenant), "=", is.val(given.tenant))),
  "another column of the tenant's value": (sql, given) =>
    sql.selectFrom("entry").selectAll().where("contact_id", "=", given.tenant),
  "a condition that was cleared": (sql, given) =>
    sql.selectFrom("entry").selectAll().where("tenant_id", "=", given.tenant).clearWhere(),
  having: (sql, given) =>
    sql
      .selectFrom("entry")
      .select((is) => is.fn.countAll().as("n"))
      .groupBy("tenant_id")
      .having("tenant_id", "=", given.tenant),
  "a filter of an aggregate": (sql, given) =>
    sql
      .selectFrom("entry")
      .select((is) => is.fn.countAll().filterWhere("tenant_id", "=", given.tenant).as("n")),
  "a window": (sql, given) =>
    sql
      .selectFrom("entry")
      .select((is) =>
        is.fn
          .count("id")
          .over((over) => over.partitionBy("tenant_id"))
          .as("n"),
      )
      .where("id", "=", given.id),
  match: (sql, given) =>
    sql.selectFrom("entry").selectAll().where("body", "match", given.id as never),
  "a common table expression": (sql, given) =>
    sql
      .with("mine", (part) => part.selectFrom("entry").selectAll())
      .selectFrom("mine")
      .selectAll()
      .where("tenant_id", "=", given.tenant),
  "a common table expression with a table's own name": (sql) =>
    sql
      .with("entry", (part) => part.selectFrom("entry").selectAll())
      .selectFrom("entry")
      .selectAll(),
  "an update of a table that a common table expression is called": (sql, given) =>
    sql
      .with("entry", (part) =>
        part.selectFrom("contact").select("id").where("tenant_id", "=", given.tenant),
      )
      .updateTable("entry")
      .set({ position: 0 }) as never,
  "a schema's table behind a common table expression": (sql, given) =>
    sql
      .with("entry", (part) =>
        part.selectFrom("contact").selectAll().where("tenant_id", "=", given.tenant),
      )
      .selectFrom("main.entry" as never)
      .selectAll() as never,
  "a table of another schema": (sql, given) =>
    sql
      .withSchema("elsewhere")
      .selectFrom("entry")
      .selectAll()
      .where("tenant_id", "=", given.tenant),
  union: (sql, given) =>
    sql
      .selectFrom("entry")
      .select("id")
      .where("tenant_id", "=", given.tenant)
      .union(sql.selectFrom("contact").select("id")),
  "union, bound through a table of the other half": (sql, given) =>
    sql
      .selectFrom("entry")
      .select("id")
      .where("entry.tenant_id", "=", given.tenant)
      .unionAll(
        sql
          .selectFrom("contact")
          .select("id")
          .where("contact.tenant_id", "=", (is: { ref(name: string): never }) =>
            is.ref("entry.tenant_id"),
          ),
      ),
  "a subquery in select": (sql, given) =>
    sql
      .selectFrom("entry")
      .select((is) => is.selectFrom("contact").select("name").limit(1).as("name"))
      .where("tenant_id", "=", given.tenant),
  "a subquery in where": (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("contact_id", "in", sql.selectFrom("contact").select("id")),
  "a subquery in from": (sql) =>
    sql.selectFrom(sql.selectFrom("entry").selectAll().as("mine")).selectAll(),
  "a subquery in from, bound outside": (sql, given) =>
    sql
      .selectFrom(sql.selectFrom("entry").selectAll().as("mine"))
      .selectAll()
      .where("mine.tenant_id", "=", given.tenant),
  exists: (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where((is) =>
        is.exists(
          is.selectFrom("contact").select("id").whereRef("contact.id", "=", "entry.contact_id"),
        ),
      ),
  "exists, bound through a column of another name": (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where((is) =>
        is.exists(
          is
            .selectFrom("contact")
            .select("id")
            .whereRef("contact.tenant_id", "=", "entry.contact_id"),
        ),
      ),
  "a derived table that calls a column tenant_id and takes a bound table's name": (sql, given) =>
    sql
      .selectFrom("entry as e")
      .select("e.id")
      .where("e.tenant_id", "=", given.tenant)
      .where((is) =>
        is.exists(
          is
            .selectFrom([
              is
                .selectFrom("contact as c")
                .select("c.owner_id as tenant_id")
                .where("c.tenant_id", "=", given.tenant)
                .as("e"),
              "contact as d",
            ])
            .select("d.id")
            .whereRef("d.tenant_id", "=", "e.tenant_id"),
        ),
      ),
  "the same, in other letters": (sql, given) =>
    sql
      .selectFrom("entry as e")
      .select("e.id")
      .where("e.tenant_id", "=", given.tenant)
      .where((is) =>
        is.exists(
          is
            .selectFrom([
              is
                .selectFrom("contact as c")
                .select("c.owner_id as tenant_id")
                .where("c.tenant_id", "=", given.tenant)
                .as("E"),
              "contact as d",
            ])
            .select("d.id")
            .whereRef("d.tenant_id", "=", "e.tenant_id" as never),
        ),
      ),
  "two tables of one name": (sql, given) =>
    sql
      .selectFrom(["entry as e", "contact as e"])
      .select("e.id")
      .where("e.tenant_id", "=", given.tenant),
  "a table-valued function": (sql) =>
    sql.selectFrom((is) => is.fn("json_each", [is.val("[]")]).as("each") as never).selectAll(),
};

const joins: Readonly<Record<string, Build>> = {
  "a join without the tenant": (sql, given) =>
    sql
      .selectFrom("entry")
      .innerJoin("contact", "contact.id", "entry.contact_id")
      .select("contact.name")
      .where("entry.tenant_id", "=", given.tenant),
  "two tables and an unqualified column": (sql, given) =>
    sql.selectFrom(["entry", "contact"]).select("name").where("tenant_id", "=", given.tenant),
  "a left join that binds the table on its left": (sql, given) =>
    sql
      .selectFrom("entry")
      .leftJoin("contact", (join) =>
        join
          .onRef("contact.tenant_id", "=", "entry.tenant_id")
          .on("entry.tenant_id", "=", given.tenant),
      )
      .select("entry.body"),
  "a right join": (sql, given) =>
    sql
      .selectFrom("entry")
      .rightJoin("contact", (join) => join.onRef("contact.tenant_id", "=", "entry.tenant_id"))
      .select("contact.name")
      .where((is) =>
        is.or([is("entry.tenant_id", "=", given.tenant), is("entry.id", "is", null)]),
      ),
  "a full join": (sql, given) =>
    sql
      .selectFrom("entry")
      .fullJoin("contact", (join) =>
        join
          .on("contact.tenant_id", "=", given.tenant)
          .on("entry.tenant_id", "=", given.tenant),
      )
      .selectAll(),
  "a cross join": (sql, given) =>
    sql
      .selectFrom("entry")
      .crossJoin("contact")
      .select("contact.name")
      .where("entry.tenant_id", "=", given.tenant),
  "a join on either": (sql, given) =>
    sql
      .selectFrom("entry")
      .innerJoin("contact", (join) =>
        join.on((is) =>
          is.or([
            is("contact.tenant_id", "=", is.ref("entry.tenant_id")),
            is("contact.id", "=", is.ref("entry.contact_id")),
          ]),
        ),
      )
      .select("contact.name")
      .where("entry.tenant_id", "=", given.tenant),
  "a table called tenant": (sql, given) =>
    sql
      .selectFrom(["entry as tenant", "contact"])
      .select("contact.name")
      .whereRef("contact.tenant_id", "=", "tenant.tenant_id")
      .where("contact.id", "=", given.id),
  "a derived table that calls another column tenant_id": (sql, given) =>
    sql
      .selectFrom("entry")
      .innerJoin(
        (is) =>
          is
            .selectFrom("contact")
            .select(["contact.owner_id as tenant_id", "contact.id as id"])
            .where("contact.tenant_id", "=", given.tenant)
            .as("mine"),
        "mine.id",
        "entry.contact_id",
      )
      .select("entry.body")
      .whereRef("entry.tenant_id", "=", "mine.tenant_id"),
};

const writes: Readonly<Record<string, Build>> = {
  "an update without a condition": (sql) => sql.updateTable("entry").set({ position: 0 }) as never,
  "an update of another tenant's row": (sql, given) =>
    sql.updateTable("entry").set({ position: 0 }).where("id", "=", given.id) as never,
  "an update of two tables": (sql) =>
    sql.updateTable(["entry", "contact"]).set({ position: 0 } as never) as never,
  "an update that moves a row": (sql, given) =>
    sql
      .updateTable("entry")
      .set({ tenant_id: given.id })
      .where("tenant_id", "=", given.tenant) as never,
  "an update that moves a row, by reference": (sql, given) =>
    sql
      .updateTable("entry")
      .set("tenant_id", given.id)
      .where("tenant_id", "=", given.tenant) as never,
  "an update that moves a row, by the table's name": (sql, given) =>
    sql
      .updateTable("entry")
      .set("entry.tenant_id" as never, given.id as never)
      .where("tenant_id", "=", given.tenant) as never,
  "an update that moves a row, in capitals": (sql, given) =>
    sql
      .updateTable("entry")
      .set({ TENANT_ID: given.id } as never)
      .where("tenant_id", "=", given.tenant) as never,
  "an update from another table": (sql, given) =>
    sql
      .updateTable("entry")
      .from("contact")
      .set((is) => ({ body: is.ref("contact.name") }))
      .where("entry.tenant_id", "=", given.tenant)
      .whereRef("contact.id", "=", "entry.contact_id") as never,
  "an update of a value from a subquery": (sql, given) =>
    sql
      .updateTable("entry")
      .set((is) => ({ body: is.selectFrom("contact").select("name").limit(1) }) as never)
      .where("tenant_id", "=", given.tenant) as never,
  "a delete without a condition": (sql) => sql.deleteFrom("entry") as never,
  "a delete of another tenant's row": (sql, given) =>
    sql.deleteFrom("entry").where("id", "=", given.id) as never,
  "a delete using another table": (sql, given) =>
    sql
      .deleteFrom("entry")
      .using("contact")
      .where("entry.tenant_id", "=", given.tenant)
      .whereRef("contact.id", "=", "entry.contact_id") as never,
  "an insert without the tenant": (sql, given) =>
    sql.insertInto("contact").values({ id: given.id } as never) as never,
  "an insert of another tenant's id": (sql, given) =>
    sql.insertInto("contact").values({ tenant_id: given.id, id: given.id } as never) as never,
  "an insert of which one row is another tenant's": (sql, given) =>
    sql.insertInto("contact").values([
      { tenant_id: given.tenant, id: given.id },
      { tenant_id: other, id: given.id },
    ] as never) as never,
  "an insert that names the column twice": (sql, given) =>
    sql
      .insertInto("contact")
      .values({ tenant_id: given.tenant, TENANT_ID: given.id } as never) as never,
  "an insert of default values": (sql) => sql.insertInto("contact").defaultValues() as never,
  "an insert from a select": (sql, given) =>
    sql
      .insertInto("contact")
      .columns(["tenant_id", "id"])
      .expression(
        sql.selectFrom("contact").select(["tenant_id", "id"]).where("tenant_id", "=", given.tenant),
      ) as never,
  "an insert of a value from a subquery": (sql, given) =>
    sql.insertInto("contact").values((is) => ({
      tenant_id: given.tenant,
      id: is.selectFrom("entry").select("id").limit(1),
    }) as never) as never,
  "an upsert that moves the row": (sql, given) =>
    sql
      .insertInto("contact")
      .values({ tenant_id: given.tenant, id: given.id } as never)
      .onConflict((on) => on.columns(["id"]).doUpdateSet({ tenant_id: given.id })) as never,
  "an upsert that changes whatever row is there": (sql, given) =>
    sql
      .insertInto("contact")
      .values({ tenant_id: given.tenant, id: given.id } as never)
      .onConflict((on) => on.column("id").doUpdateSet({ owner_id: given.id })) as never,
  "an upsert on a duplicate key": (sql, given) =>
    sql
      .insertInto("contact")
      .values({ tenant_id: given.tenant, id: given.id } as never)
      .onDuplicateKeyUpdate({ tenant_id: given.id }) as never,
  "a replacement of whatever row is there": (sql, given) =>
    sql.replaceInto("contact").values({ tenant_id: given.tenant, id: given.id } as never) as never,
  "a merge": (sql) =>
    sql
      .mergeInto("entry")
      .using("contact", "contact.id", "entry.contact_id")
      .whenMatched()
      .thenDelete() as never,
};

/** What must pass, so that the wall is no wall of bricks only. */
const honest: Readonly<Record<string, Build>> = {
  "a condition among others": (sql, given) =>
    sql.selectFrom("entry").selectAll().where("id", "=", given.id).where("tenant_id", "=", given.tenant),
  "the tenant on the left": (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where((is) => is(is.val(given.tenant), "=", is.ref("tenant_id"))),
  "a join through the tenant": (sql, given) =>
    sql
      .selectFrom("entry as e")
      .innerJoin("contact as c", (join) =>
        join.onRef("c.tenant_id", "=", "e.tenant_id").onRef("c.id", "=", "e.contact_id"),
      )
      .select("c.name")
      .where("e.tenant_id", "=", given.tenant),
  "an outer join through the tenant": (sql, given) =>
    sql
      .selectFrom("entry")
      .leftJoin("contact", (join) => join.on("contact.tenant_id", "=", given.tenant))
      .select("contact.name")
      .where("entry.tenant_id", "=", given.tenant),
  "a correlated subquery": (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where("entry.tenant_id", "=", given.tenant)
      .where((is) =>
        is.exists(
          is
            .selectFrom("contact")
            .select("contact.id")
            .whereRef("contact.tenant_id", "=", "entry.tenant_id"),
        ),
      ),
  "a union of bound halves": (sql, given) =>
    sql
      .selectFrom("entry")
      .select("id")
      .where("tenant_id", "=", given.tenant)
      .union(sql.selectFrom("contact").select("id").where("tenant_id", "=", given.tenant)),
  "a derived table that is bound inside": (sql, given) =>
    sql
      .selectFrom(
        sql.selectFrom("entry").selectAll().where("tenant_id", "=", given.tenant).as("mine"),
      )
      .select("mine.id")
      .orderBy("mine.id", "desc"),
  "an insert of several rows": (sql, given) =>
    sql.insertInto("contact").values([
      { tenant_id: given.tenant, id: given.id },
      { tenant_id: given.tenant, id: given.id },
    ] as never) as never,
};

describe("tripwire", () => {
  for (const [group, ways] of Object.entries({ mutants, joins, writes })) {
    for (const [way, build] of Object.entries(ways)) {
      it(`catches ${way} (${group})`, () => {
        assert.throws(() => compile("mutant", build), Unbound);
      });
    }
  }
  for (const [way, build] of Object.entries(honest)) {
    it(`lets pass ${way}`, () => compile("honest", build));
  }

  it("names the statement and not the values", () => {
    const build: Build = (sql) => sql.selectFrom("entry").select("id").where("tenant_id", "=", other);
    assert.throws(
      () => compile("entry.list", build),
      (error: Error) => error.message.includes("entry.list") && !error.message.includes(other),
    );
  });
});
