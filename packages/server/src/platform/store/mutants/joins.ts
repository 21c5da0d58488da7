import type { Ways } from "./shape.ts";

/** Reads of several tables, of which one is not bound. */
export const joinMutants: Ways = {
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
      .where((is) => is.or([is("entry.tenant_id", "=", given.tenant), is("entry.id", "is", null)])),
  "a full join": (sql, given) =>
    sql
      .selectFrom("entry")
      .fullJoin("contact", (join) =>
        join.on("contact.tenant_id", "=", given.tenant).on("entry.tenant_id", "=", given.tenant),
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
        "entry.id",
      )
      .select("entry.body")
      .whereRef("entry.tenant_id", "=", "mine.tenant_id"),
};
