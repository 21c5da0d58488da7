import type { AddressId, ContactId, TenantId } from "@foyer/contract";
import {
  digest,
  id,
  instant,
  integer,
  type RowOf,
  sealed,
  table,
  word,
} from "../../platform/store/index.ts";

export const contact = table(
  "contact",
  {
    tenant_id: id<TenantId>(),
    id: id<ContactId>(),
    /** Sealed: name, language. */
    profile: sealed(),
    created_at: instant(),
    version: integer(),
  },
  { primaryKey: ["tenant_id", "id"] },
);

/** An address belongs to one contact at a time: the blind index says so without the address. */
export const contactAddress = table(
  "contact_address",
  {
    tenant_id: id<TenantId>(),
    id: id<AddressId>(),
    contact_id: id<ContactId>(),
    kind: word<"phone" | "email">(),
    value_index: digest(),
    value: sealed(),
    created_at: instant(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    unique: [["tenant_id", "value_index"]],
    indexes: [["tenant_id", "contact_id"]],
    references: [
      { columns: ["tenant_id", "contact_id"], table: "contact", to: ["tenant_id", "id"] },
    ],
  },
);

export interface ContactTables {
  contact: RowOf<typeof contact>;
  contact_address: RowOf<typeof contactAddress>;
}
export type ContactRow = RowOf<typeof contact>;
export type AddressRow = RowOf<typeof contactAddress>;

export const contactTables = [contact, contactAddress];
export const contactMigration = { name: "contacts-0001", tables: contactTables };
