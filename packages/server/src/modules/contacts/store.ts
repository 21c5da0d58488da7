import type { ContactId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { AddressRow, ContactRow, ContactTables } from "./tables.ts";

const statement = statementsFor<ContactTables>();

type New<Row> = Omit<Row, "tenant_id">;

export const insertContact = statement<New<ContactRow>>()("contact.insert", (sql, given) =>
  sql.insertInto("contact").values({
    tenant_id: given.tenant,
    id: given.id,
    profile: given.profile,
    created_at: given.created_at,
    version: given.version,
  }),
);

export const contactsByIds = statement<{ ids: readonly ContactId[] }>()(
  "contact.byIds",
  (sql, given) =>
    sql
      .selectFrom("contact")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("id", "in", given.ids),
);

/** Compare-and-set on the version that the editor looked at. */
export const updateContact = statement<{ id: ContactId; profile: Uint8Array; version: number }>()(
  "contact.update",
  (sql, given) =>
    sql
      .updateTable("contact")
      .set((is) => ({ profile: given.profile, version: is("version", "+", 1) }))
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id)
      .where("version", "=", given.version),
);

export const insertAddress = statement<New<AddressRow>>()("contact_address.insert", (sql, given) =>
  sql.insertInto("contact_address").values({
    tenant_id: given.tenant,
    id: given.id,
    contact_id: given.contact_id,
    kind: given.kind,
    value_index: given.value_index,
    value: given.value,
    created_at: given.created_at,
  }),
);

export const addressByIndex = statement<{ valueIndex: Uint8Array }>()(
  "contact_address.byIndex",
  (sql, given) =>
    sql
      .selectFrom("contact_address")
      .select(["id", "contact_id"])
      .where("tenant_id", "=", given.tenant)
      .where("value_index", "=", given.valueIndex),
);

export const addressesOf = statement<{ contactIds: readonly ContactId[] }>()(
  "contact_address.ofContacts",
  (sql, given) =>
    sql
      .selectFrom("contact_address")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("contact_id", "in", given.contactIds)
      .orderBy("created_at")
      .orderBy("id"),
);

/** Every contact of a tenant in the order of ids: for building an index anew. */
export const contactIdsAfter = statement<{ after: ContactId; limit: number }>()(
  "contact.after",
  (sql, given) =>
    sql
      .selectFrom("contact")
      .select("id")
      .where("tenant_id", "=", given.tenant)
      .where("id", ">", given.after)
      .orderBy("id")
      .limit(given.limit),
);
