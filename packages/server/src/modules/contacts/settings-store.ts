import type { ContactId, FieldId, LabelId, PropertyId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { ContactTables, FieldRow, GuestId, GuestLabelRow, LabelRow } from "./tables.ts";

/** Statements on what a property sets up for its guests: labels and fields. */
const statement = statementsFor<ContactTables>();

type New<Row> = Omit<Row, "tenant_id">;

export const insertLabel = statement<New<LabelRow>>()("label.insert", (sql, given) =>
  sql.insertInto("label").values({
    tenant_id: given.tenant,
    id: given.id,
    property_id: given.property_id,
    profile: given.profile,
    created_at: given.created_at,
    ended_at: given.ended_at,
    version: given.version,
  }),
);

export const labelById = statement<{ id: LabelId; propertyId: PropertyId }>()(
  "label.byId",
  (sql, given) =>
    sql
      .selectFrom("label")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("id", "=", given.id),
);

export const labelsOfProperty = statement<{ propertyId: PropertyId; limit: number }>()(
  "label.ofProperty",
  (sql, given) =>
    sql
      .selectFrom("label")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("ended_at", "is", null)
      .orderBy("created_at")
      .orderBy("id")
      .limit(given.limit),
);

/** Compare-and-set on the version that the editor looked at. */
export const updateLabel = statement<{
  id: LabelId;
  profile: Uint8Array;
  version: number;
}>()("label.update", (sql, given) =>
  sql
    .updateTable("label")
    .set((is) => ({
      profile: given.profile,
      version: is("version", "+", 1),
    }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("version", "=", given.version)
    .where("ended_at", "is", null),
);

export const endLabel = statement<{ id: LabelId; now: number }>()("label.end", (sql, given) =>
  sql
    .updateTable("label")
    .set((is) => ({ ended_at: given.now, version: is("version", "+", 1) }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("ended_at", "is", null),
);

export const insertGuestLabel = statement<New<GuestLabelRow>>()(
  "guest_label.insert",
  (sql, given) =>
    sql.insertInto("guest_label").values({
      tenant_id: given.tenant,
      guest_id: given.guest_id,
      label_id: given.label_id,
      created_at: given.created_at,
    }),
);

export const deleteGuestLabel = statement<{ guestId: GuestId; labelId: LabelId }>()(
  "guest_label.delete",
  (sql, given) =>
    sql
      .deleteFrom("guest_label")
      .where("tenant_id", "=", given.tenant)
      .where("guest_id", "=", given.guestId)
      .where("label_id", "=", given.labelId),
);

/** Which of a property's labels stand on these contacts, in the order of the property's list. */
export const labelsOfContacts = statement<{
  contactIds: readonly ContactId[];
  propertyId: PropertyId;
}>()("guest_label.ofContacts", (sql, given) =>
  sql
    .selectFrom("guest")
    .innerJoin("guest_label", (join) =>
      join
        .on("guest_label.tenant_id", "=", given.tenant)
        .onRef("guest_label.guest_id", "=", "guest.id"),
    )
    .innerJoin("label", (join) =>
      join.on("label.tenant_id", "=", given.tenant).onRef("label.id", "=", "guest_label.label_id"),
    )
    .select(["guest.contact_id", "label.id"])
    .where("guest.tenant_id", "=", given.tenant)
    .where("guest.property_id", "=", given.propertyId)
    .where("guest.contact_id", "in", given.contactIds)
    .where("label.ended_at", "is", null)
    .orderBy("label.created_at")
    .orderBy("label.id"),
);

/** A property's guests with a label, before a place in the order: the newest first. */
export const labelledBefore = statement<{
  labelId: LabelId;
  propertyId: PropertyId;
  since: number;
  id: string;
  limit: number;
}>()("guest_label.before", (sql, given) =>
  sql
    .selectFrom("guest_label")
    .innerJoin("guest", (join) =>
      join
        .on("guest.tenant_id", "=", given.tenant)
        .onRef("guest.id", "=", "guest_label.guest_id")
        .on("guest.property_id", "=", given.propertyId),
    )
    .innerJoin("label", (join) =>
      join.on("label.tenant_id", "=", given.tenant).onRef("label.id", "=", "guest_label.label_id"),
    )
    .select(["guest.id", "guest.contact_id", "guest.since"])
    .where("guest_label.tenant_id", "=", given.tenant)
    .where("guest_label.label_id", "=", given.labelId)
    .where("label.ended_at", "is", null)
    .where((is) =>
      is.or([
        is("guest.since", "<", given.since),
        is.and([is("guest.since", "=", given.since), is("guest.id", "<", given.id as GuestId)]),
      ]),
    )
    .orderBy("guest.since", "desc")
    .orderBy("guest.id", "desc")
    .limit(given.limit),
);

export const insertField = statement<New<FieldRow>>()("field.insert", (sql, given) =>
  sql.insertInto("field").values({
    tenant_id: given.tenant,
    id: given.id,
    property_id: given.property_id,
    kind: given.kind,
    purpose: given.purpose,
    profile: given.profile,
    position: given.position,
    created_at: given.created_at,
    ended_at: given.ended_at,
    version: given.version,
  }),
);

export const fieldById = statement<{ id: FieldId; propertyId: PropertyId }>()(
  "field.byId",
  (sql, given) =>
    sql
      .selectFrom("field")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("id", "=", given.id),
);

export const fieldsOfProperty = statement<{ propertyId: PropertyId; limit: number }>()(
  "field.ofProperty",
  (sql, given) =>
    sql
      .selectFrom("field")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("ended_at", "is", null)
      .orderBy("position")
      .orderBy("id")
      .limit(given.limit),
);

/** Compare-and-set on the version that the editor looked at. */
export const updateField = statement<{
  id: FieldId;
  profile: Uint8Array;
  version: number;
}>()("field.update", (sql, given) =>
  sql
    .updateTable("field")
    .set((is) => ({
      profile: given.profile,
      version: is("version", "+", 1),
    }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("version", "=", given.version)
    .where("ended_at", "is", null),
);

export const placeField = statement<{ id: FieldId; position: number }>()(
  "field.place",
  (sql, given) =>
    sql
      .updateTable("field")
      .set({ position: given.position })
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id),
);

export const endField = statement<{ id: FieldId; now: number }>()("field.end", (sql, given) =>
  sql
    .updateTable("field")
    .set((is) => ({ ended_at: given.now, version: is("version", "+", 1) }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("ended_at", "is", null),
);
