import type { AddressId, ContactId, PropertyId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { AddressRow, ContactRow, ContactTables, GuestId, GuestRow } from "./tables.ts";

const statement = statementsFor<ContactTables>();

type New<Row> = Omit<Row, "tenant_id">;

export const insertContact = statement<New<ContactRow>>()("contact.insert", (sql, given) =>
  sql.insertInto("contact").values({
    tenant_id: given.tenant,
    id: given.id,
    profile: given.profile,
    blocked_at: given.blocked_at,
    created_at: given.created_at,
    version: given.version,
  }),
);

/** Takes the contact's lock: the first statement of whoever changes anything about it. */
export const lockContact = statement<{ id: ContactId }>()("contact.lock", (sql, given, { lock }) =>
  lock(
    sql
      .selectFrom("contact")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id),
  ),
);

export const updateContact = statement<{
  id: ContactId;
  profile: Uint8Array;
  blocked_at: number | null;
}>()("contact.update", (sql, given) =>
  sql
    .updateTable("contact")
    .set((is) => ({
      profile: given.profile,
      blocked_at: given.blocked_at,
      version: is("version", "+", 1),
    }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

/** Counts a change of something that belongs to the contact. */
export const touchContact = statement<{ id: ContactId }>()("contact.touch", (sql, given) =>
  sql
    .updateTable("contact")
    .set((is) => ({ version: is("version", "+", 1) }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

/** Those of the contacts whom a property knows, and what it keeps of them. */
export const guestsOf = statement<{ ids: readonly ContactId[]; propertyId: PropertyId }>()(
  "contact.guests",
  (sql, given) =>
    sql
      .selectFrom("contact")
      .innerJoin("guest", (join) =>
        join
          .on("guest.tenant_id", "=", given.tenant)
          .onRef("guest.contact_id", "=", "contact.id")
          .on("guest.property_id", "=", given.propertyId),
      )
      .selectAll("contact")
      .select(["guest.id as guest_id", "guest.field_values"])
      .where("contact.tenant_id", "=", given.tenant)
      .where("contact.id", "in", given.ids),
);

export const insertAddress = statement<New<AddressRow>>()("contact_address.insert", (sql, given) =>
  sql.insertInto("contact_address").values({
    tenant_id: given.tenant,
    id: given.id,
    contact_id: given.contact_id,
    kind: given.kind,
    current_index: given.current_index,
    value: given.value,
    created_at: given.created_at,
    ended_at: given.ended_at,
  }),
);

export const addressByIndex = statement<{ index: Uint8Array }>()(
  "contact_address.byIndex",
  (sql, given) =>
    sql
      .selectFrom("contact_address")
      .select(["id", "contact_id"])
      .where("tenant_id", "=", given.tenant)
      .where("current_index", "=", given.index),
);

/** Whose an address is, whether they are blocked, and what a property knows of them. */
export const ownerByIndex = statement<{ index: Uint8Array; propertyId: PropertyId }>()(
  "contact_address.owner",
  (sql, given) =>
    sql
      .selectFrom("contact_address")
      .innerJoin("contact", (join) =>
        join
          .on("contact.tenant_id", "=", given.tenant)
          .onRef("contact.id", "=", "contact_address.contact_id"),
      )
      .leftJoin("guest", (join) =>
        join
          .on("guest.tenant_id", "=", given.tenant)
          .onRef("guest.contact_id", "=", "contact.id")
          .on("guest.property_id", "=", given.propertyId),
      )
      .leftJoin("consent", (join) =>
        join
          .on("consent.tenant_id", "=", given.tenant)
          .onRef("consent.address_id", "=", "contact_address.id")
          .on("consent.property_id", "=", given.propertyId),
      )
      .select([
        "contact_address.id",
        "contact_address.contact_id",
        "contact.blocked_at",
        "guest.id as guest_id",
        "consent.state",
      ])
      .where("contact_address.tenant_id", "=", given.tenant)
      .where("contact_address.current_index", "=", given.index),
);

export const addressOf = statement<{ id: AddressId; contactId: ContactId }>()(
  "contact_address.ofContact",
  (sql, given) =>
    sql
      .selectFrom("contact_address")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id)
      .where("contact_id", "=", given.contactId),
);

/** An address of a contact, whether they are blocked, and a property's consent. */
export const addressToText = statement<{
  id: AddressId;
  contactId: ContactId;
  propertyId: PropertyId;
}>()("contact_address.toText", (sql, given) =>
  sql
    .selectFrom("contact_address")
    .innerJoin("contact", (join) =>
      join
        .on("contact.tenant_id", "=", given.tenant)
        .onRef("contact.id", "=", "contact_address.contact_id"),
    )
    .leftJoin("consent", (join) =>
      join
        .on("consent.tenant_id", "=", given.tenant)
        .onRef("consent.address_id", "=", "contact_address.id")
        .on("consent.property_id", "=", given.propertyId),
    )
    .select(["contact_address.value", "contact_address.ended_at", "contact.blocked_at"])
    .select(["consent.state", "consent.ground", "consent.agent_id"])
    .select(["consent.at", "consent.revision", "consent.mac"])
    .where("contact_address.tenant_id", "=", given.tenant)
    .where("contact_address.id", "=", given.id)
    .where("contact_address.contact_id", "=", given.contactId),
);

/** Addresses of contacts in the order in which they became theirs, with a property's consents. */
export const addressesOf = statement<{
  contactIds: readonly ContactId[];
  propertyId: PropertyId;
}>()("contact_address.ofContacts", (sql, given) =>
  sql
    .selectFrom("contact_address")
    .leftJoin("consent", (join) =>
      join
        .on("consent.tenant_id", "=", given.tenant)
        .onRef("consent.address_id", "=", "contact_address.id")
        .on("consent.property_id", "=", given.propertyId),
    )
    .selectAll("contact_address")
    .select(["consent.state", "consent.ground", "consent.agent_id"])
    .select(["consent.at", "consent.revision", "consent.mac"])
    .where("contact_address.tenant_id", "=", given.tenant)
    .where("contact_address.contact_id", "in", given.contactIds)
    .orderBy("contact_address.created_at")
    .orderBy("contact_address.id"),
);

/** Every address that a contact has had: bounded by what a contact may have. */
export const everyAddress = statement<{ contactId: ContactId }>()(
  "contact_address.every",
  (sql, given) =>
    sql
      .selectFrom("contact_address")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("contact_id", "=", given.contactId)
      .orderBy("created_at")
      .orderBy("id"),
);

/** Ends an address; nothing changes where it had ended. */
export const endAddress = statement<{ id: AddressId; now: number }>()(
  "contact_address.end",
  (sql, given) =>
    sql
      .updateTable("contact_address")
      .set({ current_index: null, ended_at: given.now })
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id)
      .where("ended_at", "is", null),
);

/** Takes an address up again that had ended. */
export const takeUpAddress = statement<{
  id: AddressId;
  current_index: Uint8Array;
  now: number;
}>()("contact_address.takeUp", (sql, given) =>
  sql
    .updateTable("contact_address")
    .set({ current_index: given.current_index, created_at: given.now, ended_at: null })
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

export const insertGuest = statement<New<GuestRow>>()("guest.insert", (sql, given) =>
  sql.insertInto("guest").values({
    tenant_id: given.tenant,
    id: given.id,
    property_id: given.property_id,
    contact_id: given.contact_id,
    since: given.since,
    field_values: given.field_values,
  }),
);

export const guestOf = statement<{ contactId: ContactId; propertyId: PropertyId }>()(
  "guest.ofContact",
  (sql, given) =>
    sql
      .selectFrom("guest")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("contact_id", "=", given.contactId),
);

export const updateFieldValues = statement<{ id: GuestId; values: Uint8Array | null }>()(
  "guest.updateFieldValues",
  (sql, given) =>
    sql
      .updateTable("guest")
      .set({ field_values: given.values })
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id),
);

/** A property's guests before a place in the order: the newest first. */
export const guestsBefore = statement<{
  propertyId: PropertyId;
  since: number;
  id: string;
  limit: number;
}>()("guest.before", (sql, given) =>
  sql
    .selectFrom("guest")
    .select(["id", "contact_id", "since"])
    .where("tenant_id", "=", given.tenant)
    .where("property_id", "=", given.propertyId)
    .where((is) =>
      is.or([
        is("since", "<", given.since),
        is.and([is("since", "=", given.since), is("id", "<", given.id as GuestId)]),
      ]),
    )
    .orderBy("since", "desc")
    .orderBy("id", "desc")
    .limit(given.limit),
);

export const guestsByIds = statement<{ propertyId: PropertyId; ids: readonly GuestId[] }>()(
  "guest.byIds",
  (sql, given) =>
    sql
      .selectFrom("guest")
      .select(["id", "contact_id"])
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("id", "in", given.ids),
);

/** Every guest of a tenant in the order of ids: for building an index anew. */
export const guestsAfter = statement<{ after: GuestId; limit: number }>()(
  "guest.after",
  (sql, given) =>
    sql
      .selectFrom("guest")
      .select(["id", "contact_id", "property_id"])
      .where("tenant_id", "=", given.tenant)
      .where("id", ">", given.after)
      .orderBy("id")
      .limit(given.limit),
);
