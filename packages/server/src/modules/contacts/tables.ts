import type {
  AddressId,
  AgentId,
  ConsentGround,
  ContactId,
  Field,
  FieldId,
  FieldPurpose,
  Id,
  LabelId,
  PropertyId,
  TenantId,
} from "@foyer/contract";
import {
  digest,
  id,
  instant,
  integer,
  nullable,
  type RowOf,
  sealed,
  table,
  word,
} from "../../platform/store/index.ts";

/** A contact as one property knows them. Stays inside: callers name contact and property. */
export type GuestId = Id<"guest">;

export const contact = table(
  "contact",
  {
    tenant_id: id<TenantId>(),
    id: id<ContactId>(),
    /** Sealed: name, language. */
    profile: sealed(),
    blocked_at: nullable(instant()),
    created_at: instant(),
    /** Counts every change of the contact, its addresses, labels, fields and consents. */
    version: integer(),
  },
  { primaryKey: ["tenant_id", "id"] },
);

/**
 * An address and the time in which it was somebody's. A row never changes hands: who has the
 * number next has a row of their own.
 */
export const contactAddress = table(
  "contact_address",
  {
    tenant_id: id<TenantId>(),
    id: id<AddressId>(),
    contact_id: id<ContactId>(),
    kind: word<"phone" | "email">(),
    /** The blind index while the address is theirs, null once it is not: one owner at a time. */
    current_index: nullable(digest()),
    value: sealed(),
    created_at: instant(),
    ended_at: nullable(instant()),
  },
  {
    primaryKey: ["tenant_id", "id"],
    unique: [["tenant_id", "current_index"]],
    indexes: [["tenant_id", "contact_id"]],
    references: [
      { columns: ["tenant_id", "contact_id"], table: "contact", to: ["tenant_id", "id"] },
    ],
  },
);

/** What a property knows of a contact. A contact who has none is none of its guests. */
export const guest = table(
  "guest",
  {
    tenant_id: id<TenantId>(),
    id: id<GuestId>(),
    property_id: id<PropertyId>(),
    contact_id: id<ContactId>(),
    since: instant(),
    /** Sealed: what the property's fields hold, by the field's id. Null: none holds anything. */
    field_values: nullable(sealed()),
  },
  {
    primaryKey: ["tenant_id", "id"],
    unique: [["tenant_id", "property_id", "contact_id"]],
    indexes: [["tenant_id", "property_id", "since", "id"]],
    references: [
      { columns: ["tenant_id", "property_id"], table: "property", to: ["tenant_id", "id"] },
      { columns: ["tenant_id", "contact_id"], table: "contact", to: ["tenant_id", "id"] },
    ],
  },
);

/** Whether a property may text an address. No row: nobody knows. Carries a MAC. */
export const consent = table(
  "consent",
  {
    tenant_id: id<TenantId>(),
    property_id: id<PropertyId>(),
    address_id: id<AddressId>(),
    state: word<"opted_in" | "opted_out">(),
    ground: word<ConsentGround>(),
    /** Null: the guest themselves. */
    agent_id: nullable(id<AgentId>()),
    at: instant(),
    revision: integer(),
    mac: digest(),
  },
  {
    primaryKey: ["tenant_id", "property_id", "address_id"],
    indexes: [["tenant_id", "address_id"]],
    references: [
      { columns: ["tenant_id", "property_id"], table: "property", to: ["tenant_id", "id"] },
      { columns: ["tenant_id", "address_id"], table: "contact_address", to: ["tenant_id", "id"] },
    ],
  },
);

export const label = table(
  "label",
  {
    tenant_id: id<TenantId>(),
    id: id<LabelId>(),
    property_id: id<PropertyId>(),
    /** Sealed: name, colour. */
    profile: sealed(),
    created_at: instant(),
    ended_at: nullable(instant()),
    version: integer(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    indexes: [["tenant_id", "property_id"]],
    references: [
      { columns: ["tenant_id", "property_id"], table: "property", to: ["tenant_id", "id"] },
    ],
  },
);

/** The labels on a guest. Those of a label that has ended stay, and are shown no more. */
export const guestLabel = table(
  "guest_label",
  {
    tenant_id: id<TenantId>(),
    guest_id: id<GuestId>(),
    label_id: id<LabelId>(),
    created_at: instant(),
  },
  {
    primaryKey: ["tenant_id", "guest_id", "label_id"],
    indexes: [["tenant_id", "label_id", "guest_id"]],
    references: [
      { columns: ["tenant_id", "guest_id"], table: "guest", to: ["tenant_id", "id"] },
      { columns: ["tenant_id", "label_id"], table: "label", to: ["tenant_id", "id"] },
    ],
  },
);

export const field = table(
  "field",
  {
    tenant_id: id<TenantId>(),
    id: id<FieldId>(),
    property_id: id<PropertyId>(),
    kind: word<Field["kind"]>(),
    /** What the house itself reads of it; such a field never ends. */
    purpose: nullable(word<FieldPurpose>()),
    /** Sealed: name, options. */
    profile: sealed(),
    position: integer(),
    created_at: instant(),
    ended_at: nullable(instant()),
    version: integer(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    unique: [["tenant_id", "property_id", "purpose"]],
    references: [
      { columns: ["tenant_id", "property_id"], table: "property", to: ["tenant_id", "id"] },
    ],
  },
);

export interface ContactTables {
  contact: RowOf<typeof contact>;
  contact_address: RowOf<typeof contactAddress>;
  guest: RowOf<typeof guest>;
  consent: RowOf<typeof consent>;
  label: RowOf<typeof label>;
  guest_label: RowOf<typeof guestLabel>;
  field: RowOf<typeof field>;
}
export type ContactRow = RowOf<typeof contact>;
export type AddressRow = RowOf<typeof contactAddress>;
export type GuestRow = RowOf<typeof guest>;
export type ConsentRow = RowOf<typeof consent>;
export type LabelRow = RowOf<typeof label>;
export type GuestLabelRow = RowOf<typeof guestLabel>;
export type FieldRow = RowOf<typeof field>;

export const contactTables = [contact, contactAddress, guest, consent, label, guestLabel, field];
export const contactMigration = { name: "contacts-0001", tables: contactTables };
