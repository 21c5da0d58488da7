import type { AddressId, PropertyId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { ConsentRow, ContactTables } from "./tables.ts";

/** Statements on what guests agreed to. Joined readings of it stand beside what they join. */
const statement = statementsFor<ContactTables>();

type New<Row> = Omit<Row, "tenant_id">;

export const insertConsent = statement<New<ConsentRow>>()("consent.insert", (sql, given) =>
  sql.insertInto("consent").values({
    tenant_id: given.tenant,
    property_id: given.property_id,
    address_id: given.address_id,
    state: given.state,
    ground: given.ground,
    agent_id: given.agent_id,
    at: given.at,
    revision: given.revision,
    mac: given.mac,
  }),
);

/** Compare-and-set on the revision: of two who change a consent, one does. */
export const updateConsent = statement<New<ConsentRow>>()("consent.update", (sql, given) =>
  sql
    .updateTable("consent")
    .set((is) => ({
      state: given.state,
      ground: given.ground,
      agent_id: given.agent_id,
      at: given.at,
      revision: is("revision", "+", 1),
      mac: given.mac,
    }))
    .where("tenant_id", "=", given.tenant)
    .where("property_id", "=", given.property_id)
    .where("address_id", "=", given.address_id)
    .where("revision", "=", given.revision),
);

/** What every property knows of an address: as many rows as a tenant has properties. */
export const consentsOfAddress = statement<{ addressId: AddressId }>()(
  "consent.ofAddress",
  (sql, given) =>
    sql
      .selectFrom("consent")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("address_id", "=", given.addressId),
);

export const consentOf = statement<{ addressId: AddressId; propertyId: PropertyId }>()(
  "consent.ofProperty",
  (sql, given) =>
    sql
      .selectFrom("consent")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("address_id", "=", given.addressId),
);
