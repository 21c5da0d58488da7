import type { Ways } from "./shape.ts";

/** What must pass, so that the wall has doors. */
export const honestShapes: Ways = {
  "a condition among others": (sql, given) =>
    sql
      .selectFrom("entry")
      .selectAll()
      .where("id", "=", given.id)
      .where("tenant_id", "=", given.tenant),
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
