import type { ContactId, OperationParsed, operations, PropertyId } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { readPageCursor, writePageCursor } from "../../platform/page-cursor.ts";
import { notFound } from "../../platform/refusal.ts";
import { findByAddress } from "./find-or-create-contact.ts";
import { normalized } from "./normalize-typed.ts";
import { hydrateGuests } from "./present.ts";
import { theNewest } from "./rules.ts";
import * as settings from "./settings-store.ts";
import * as statements from "./store.ts";

type Input<Key extends keyof typeof operations> = OperationParsed<(typeof operations)[Key]>;

/** A page of the guests that a property knows, the newest first. */
export async function listContacts(context: Context, input: Input<"listContacts">) {
  const { propertyId, labelId, limit } = input;
  const end = readPageCursor(input.after) ?? theNewest;
  const place = { propertyId, since: end.key, id: end.id, limit: limit + 1 };
  const rows = labelId
    ? await context.read.all(settings.labelledBefore, { ...place, labelId })
    : await context.read.all(statements.guestsBefore, place);
  const shown = rows.slice(0, limit);
  const ids = shown.map((row) => row.contact_id);
  const guests = await hydrateGuests(context, propertyId, ids);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: ids.flatMap((id) => guests.get(id)?.contact ?? []),
    next: last ? writePageCursor({ key: last.since, id: last.id }) : null,
  };
}

export async function getContact(context: Context, input: Input<"getContact">) {
  return answerWith(context, input.propertyId, input.contactId);
}

/** Finds which of the guests that a property knows an address belongs to now. */
export async function lookUpContact(context: Context, input: Input<"lookUpContact">) {
  const { propertyId } = input;
  const address = await normalized(context, propertyId, input, "value");
  const found = await findByAddress({ cipher: context.cipher, db: context.read }, address);
  if (!found) return { contact: null };
  const guests = await hydrateGuests(context, propertyId, [found.contactId]);
  return { contact: guests.get(found.contactId)?.contact ?? null };
}

/** How every change of a contact is answered: with the contact as the property knows them. */
export async function answerWith(context: Context, propertyId: PropertyId, id: ContactId) {
  const guest = (await hydrateGuests(context, propertyId, [id])).get(id);
  if (!guest) throw notFound();
  return { contact: guest.contact };
}
