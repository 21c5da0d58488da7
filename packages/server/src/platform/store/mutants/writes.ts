import { otherTenant, type Ways } from "./shape.ts";

/** Writes that reach rows of other tenants, or move a row to one. */
export const writeMutants: Ways = {
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
      { tenant_id: otherTenant, id: given.id },
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
    sql.insertInto("contact").values(
      (is) =>
        ({
          tenant_id: given.tenant,
          id: is.selectFrom("entry").select("id").limit(1),
        }) as never,
    ) as never,
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
      .using("contact", "contact.id", "entry.id")
      .whenMatched()
      .thenDelete() as never,
};
