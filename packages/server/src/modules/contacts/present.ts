import {
  type Address,
  type Contact,
  type ContactId,
  type Conversation,
  type Field,
  type FieldPurpose,
  type FieldValue,
  limits,
  type PropertyId,
  writeInstant,
} from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import { formatAddress } from "./address.ts";
import { joinedConsent, presentConsent } from "./consent.ts";
import { contactProfile, fieldProfile, fieldValues, labelProfile } from "./profiles.ts";
import * as settings from "./settings-store.ts";
import * as statements from "./store.ts";
import type { FieldRow, GuestId, LabelRow } from "./tables.ts";

interface Reading {
  readonly read: TenantReader;
  readonly cipher: TenantCipher;
}

/** A contact as one property knows them. */
export interface Guest {
  readonly guestId: GuestId;
  readonly contact: Contact;
  readonly stay: Conversation["stay"];
  /** Of what fields hold: texts, numbers and choices, by which a guest can be found. */
  readonly texts: readonly string[];
}

type RowOfStatement<S> = S extends { readonly row?: infer Row } ? NonNullable<Row> : never;
type JoinedAddress = RowOfStatement<typeof statements.addressesOf>;
type JoinedContact = RowOfStatement<typeof statements.guestsOf>;

/** What belongs to a page of contacts, loaded once per kind. */
interface Related {
  readonly propertyId: PropertyId;
  readonly addresses: ReadonlyMap<ContactId, readonly JoinedAddress[]>;
  readonly labels: ReadonlyMap<
    ContactId,
    readonly RowOfStatement<typeof settings.labelsOfContacts>[]
  >;
  readonly fields: readonly FieldRow[];
}

/**
 * Contacts as a property knows them: its labels, what its fields hold, its consents. Those whom it
 * does not know are left out. Four statements, however many there are.
 *
 * @throws RowForged where somebody without the tenant's keys wrote a consent
 */
export async function hydrateGuests(
  { read, cipher }: Reading,
  propertyId: PropertyId,
  contactIds: readonly ContactId[],
): Promise<ReadonlyMap<ContactId, Guest>> {
  if (contactIds.length === 0) return new Map();
  const of = { contactIds, propertyId };
  const [rows, addresses, labels, fields] = await Promise.all([
    read.all(statements.guestsOf, { ids: contactIds, propertyId }),
    read.all(statements.addressesOf, of),
    read.all(settings.labelsOfContacts, of),
    read.all(settings.fieldsOfProperty, { propertyId, limit: limits.fieldsPerPropertyMax }),
  ]);
  const related = {
    propertyId,
    addresses: Map.groupBy(addresses, (row) => row.contact_id),
    labels: Map.groupBy(labels, (row) => row.contact_id),
    fields,
  };
  return new Map(rows.map((row) => [row.id, presentGuest(cipher, row, related)]));
}

function presentGuest(cipher: TenantCipher, row: JoinedContact, related: Related): Guest {
  const profile = cipher.openJson(FIELD.contactProfile, row.id, row.profile, contactProfile);
  const fields = presentValues(cipher, row, related.fields);
  return {
    guestId: row.guest_id,
    contact: {
      id: row.id,
      ...profile,
      addresses: presentAddresses(cipher, row.id, related),
      labelIds: (related.labels.get(row.id) ?? []).map((label) => label.id),
      fields,
      blockedAt: row.blocked_at === null ? null : writeInstant(row.blocked_at),
      createdAt: writeInstant(row.created_at),
      version: row.version,
    },
    stay: stayOf(fields, related.fields),
    texts: textsOf(fields, related.fields),
  };
}

function textsOf(held: Contact["fields"], fields: readonly FieldRow[]): string[] {
  const kinds = new Map(fields.map(({ id, kind }) => [id, kind]));
  return held.flatMap(({ fieldId, value }) => {
    const kind = kinds.get(fieldId);
    return kind === "text" || kind === "number" || kind === "choice" ? [String(value)] : [];
  });
}

/** Theirs now, then those that were theirs; each in the order in which it became theirs. */
function presentAddresses(cipher: TenantCipher, id: ContactId, related: Related): Address[] {
  const rows = related.addresses.get(id) ?? [];
  const current = rows.filter((row) => row.ended_at === null);
  const former = rows.filter((row) => row.ended_at !== null);
  return [...current, ...former].map((row) => presentAddress(cipher, related.propertyId, row));
}

function presentAddress(cipher: TenantCipher, at: PropertyId, row: JoinedAddress): Address {
  const { id, kind } = row;
  const value = cipher.openText(FIELD.contactAddress, id, row.value);
  return {
    id,
    kind,
    value,
    formatted: formatAddress({ kind, value }),
    since: writeInstant(row.created_at),
    until: row.ended_at === null ? null : writeInstant(row.ended_at),
    consent: presentConsent(joinedConsent(cipher, row, at, id)),
  };
}

/** In the order of the property's fields; what a field held that has ended is not shown. */
function presentValues(
  cipher: TenantCipher,
  { guest_id: id, field_values: sealed }: JoinedContact,
  fields: readonly FieldRow[],
): Contact["fields"] {
  if (sealed === null) return [];
  const values = cipher.openJson(FIELD.fieldValue, id, sealed, fieldValues);
  return fields.flatMap((field) => {
    const value = values[field.id];
    return value === undefined ? [] : [{ fieldId: field.id, value }];
  });
}

function stayOf(held: Contact["fields"], fields: readonly FieldRow[]): Conversation["stay"] {
  const holds = (purpose: FieldPurpose): FieldValue | undefined => {
    const field = fields.find((one) => one.purpose === purpose);
    return field && held.find(({ fieldId }) => fieldId === field.id)?.value;
  };
  const text = (purpose: FieldPurpose) => {
    const value = holds(purpose);
    return typeof value === "string" ? value : null;
  };
  return {
    room: text("room"),
    arrivalOn: text("arrival"),
    departureOn: text("departure"),
    isVip: holds("vip") === true,
    title: text("title"),
  };
}

export function presentLabel(cipher: TenantCipher, row: LabelRow) {
  const profile = cipher.openJson(FIELD.labelProfile, row.id, row.profile, labelProfile);
  return { id: row.id, ...profile, version: row.version };
}

export function presentField(cipher: TenantCipher, row: FieldRow): Field {
  const { id, kind, purpose, position, version } = row;
  const { name, options } = cipher.openJson(FIELD.fieldProfile, id, row.profile, fieldProfile);
  return { id, name, kind, options, purpose, position, version };
}

/** The fields that a property keeps of its guests, in their order. */
export async function fieldsOf(
  read: TenantReader,
  cipher: TenantCipher,
  propertyId: PropertyId,
): Promise<Field[]> {
  const limit = limits.fieldsPerPropertyMax;
  const rows = await read.all(settings.fieldsOfProperty, { propertyId, limit });
  return rows.map((row) => presentField(cipher, row));
}
