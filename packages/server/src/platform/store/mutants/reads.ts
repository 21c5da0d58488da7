import { sql as raw } from "kysely";
import { otherTenant, type Ways } from "./shape.ts";

/** Reads of one table that show rows of other tenants. */
export const readMutants: Ways = {
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
      .selectFrom(raw<{ id: string; tenant_id: string }>`entry`.as("entry"))
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
    sql.selectFrom("entry").selectAll().where("tenant_id", "=", otherTenant),
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
    sql
      .selectFrom("entry")
      .selectAll()
      .where("body", "match", given.id as never),
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
          .where("contact.tenant_id", "=", ((is: { ref(name: string): never }) =>
            is.ref("entry.tenant_id")) as never),
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
