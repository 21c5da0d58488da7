import type { Contact, EntryId, PropertyId } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { Term } from "../../platform/search/analysis.ts";
import type { SearchQuery } from "../../platform/search/query.ts";
import type { Candidate, SearchEngine, SearchKind } from "../../platform/search/search-engine.ts";
import { hashQuery } from "../../platform/search/term-hash.ts";
import { type GuestId, guestsByIds } from "../contacts/index.ts";
import { type SearchableEntry, searchableEntries } from "../conversations/index.ts";
import { fieldsOfEntry, fieldsOfGuest } from "./documents.ts";
import type { Judged } from "./judge.ts";

/** So many of the newest candidates are opened and judged; what lies behind them is not. */
export const candidatesMax = 300;

/** A candidate that was opened: what of it can match. */
export interface Opened extends Judged {
  readonly subjectId: string;
  readonly at: number;
  readonly entry?: SearchableEntry;
  readonly contact?: Contact;
}

/** Where one search looks. */
export interface Place {
  readonly engine: SearchEngine;
  readonly context: Context;
  readonly propertyId: PropertyId;
}

/** The newest that have, of every list, one of its terms: hashes alone leave this house. */
export function candidatesOf(
  { engine, context, propertyId }: Place,
  kind: SearchKind,
  allOf: readonly (readonly Term[])[],
  limit = candidatesMax,
): Promise<readonly Candidate[]> {
  const field = kind === "entry" ? FIELD.searchText : FIELD.searchAddress;
  return engine.candidates({
    tenantId: context.tenantId,
    propertyIds: [propertyId],
    kinds: [kind],
    allOf: hashQuery([context.cipher.searchKey(field)], allOf),
    limit,
  });
}

/** Messages and notes, newest first. */
export async function openEntries(
  { context }: Place,
  candidates: readonly Candidate[],
): Promise<(Opened & { readonly entry: SearchableEntry })[]> {
  const ids = candidates.map(({ subjectId }) => subjectId as EntryId);
  const entries = await searchableEntries(context, ids);
  return entries
    .map((entry) => {
      const { id: subjectId, occurredAt: at } = entry;
      return { subjectId, at, fields: fieldsOfEntry(entry), entry };
    })
    .toSorted((one, other) => other.at - one.at);
}

/** Guests, as this property knows them, newest first. */
export async function openGuests(
  { context, propertyId }: Place,
  candidates: readonly Candidate[],
): Promise<(Opened & { readonly contact: Contact })[]> {
  const ids = new Set(candidates.map(({ subjectId }) => subjectId as GuestId));
  const guests = await guestsByIds(context, propertyId, [...ids]);
  return guests
    .map((guest) => {
      const { contact } = guest;
      const at = Date.parse(contact.createdAt);
      return { subjectId: contact.id, at, fields: fieldsOfGuest(guest), contact };
    })
    .toSorted((one, other) => other.at - one.at);
}

/** The required units of a query, by their places in it. */
export function requiredUnits({ units }: SearchQuery): number[] {
  return units.flatMap((unit, at) => (unit.isRequired ? [at] : []));
}
