import type { AddressId, Contact, ContactId, FieldId, PropertyId } from "@foyer/contract";
import { queryOptions } from "@tanstack/react-query";
import { createStore } from "../store/store.ts";
import { call, refusalCodeOf } from "./api.ts";
import { type ContactChange, isChangedByOthers, type SharedText } from "./contact-changes.ts";
import { feed } from "./feed.ts";
import { keys } from "./keys.ts";
import type { Detail } from "./model.ts";
import { queryClient } from "./query-client.ts";
import { mintUuidV7 } from "./uuid-v7.ts";

/** Changes on their way to the server, by contact. A screen shows them as if they were done. */
export const pendingChanges = createStore<ReadonlyMap<ContactId, readonly ContactChange[]>>(
  new Map(),
);

const turns = new Map<ContactId, Promise<unknown>>();

/**
 * Changes a contact: shown at once, taken back if the server refuses. One contact's changes reach
 * the server in the order in which they were made. Throws what is refused.
 */
export function changeContact(contact: Contact, change: ContactChange): Promise<void> {
  keepPending(contact.id, (changes) => [...changes, change]);
  return inTurn(contact.id, async () => {
    try {
      showContact(await send(contact, change));
    } finally {
      keepPending(contact.id, (changes) => changes.filter((one) => one !== change));
    }
  });
}

/** Gives a contact one more address, once those before it have their answers. */
export function addAddress(
  contact: Contact,
  kind: "phone" | "email",
  value: string,
): Promise<void> {
  return inTurn(contact.id, async () => {
    const propertyId = here();
    const input = { propertyId, contactId: contact.id, kind, value };
    showContact((await call("addContactAddress", input)).contact);
  });
}

/** From here on an address is a new contact's. Returns that contact. */
export function reassignAddress(
  contact: Contact,
  addressId: AddressId,
  name: string | null,
): Promise<Contact> {
  return inTurn(contact.id, async () => {
    const newContactId = mintUuidV7() as ContactId;
    const input = { propertyId: here(), contactId: contact.id, addressId, newContactId, name };
    const answer = await call("reassignContactAddress", input);
    await readContact(contact.id);
    return answer.contact;
  });
}

/** Reads a contact as it is now. */
export async function readContact(contactId: ContactId): Promise<Contact> {
  const { contact } = await call("getContact", { propertyId: here(), contactId });
  showContact(contact);
  return contact;
}

const recentMax = 8;

/** The guests that the property heard of last, to choose from before anything is typed. */
export function recentContactsOptions(propertyId: PropertyId) {
  return queryOptions({
    queryKey: keys.recentContacts(propertyId),
    queryFn: async ({ signal }): Promise<Contact[]> =>
      (await call("listContacts", { propertyId, limit: recentMax }, signal)).items,
    staleTime: 0,
  });
}

/** Somebody else changed the same text first; `now` is how the contact stands. */
export class ContactConflict extends Error {
  readonly now: Contact;

  constructor(now: Contact) {
    super("Somebody else changed it first");
    this.now = now;
  }
}

function here(): PropertyId {
  const propertyId = feed.get()?.propertyId;
  if (!propertyId) throw new Error("No property is open");
  return propertyId;
}

async function send(contact: Contact, change: ContactChange): Promise<Contact> {
  const propertyId = here();
  const of = { propertyId, contactId: contact.id };
  switch (change.kind) {
    case "name":
    case "language":
      return sendText(contact, change);
    case "field":
      return setField(propertyId, contact.id, change.fieldId, change.value);
    case "label_added":
      return (await call("addContactLabel", { ...of, labelId: change.labelId })).contact;
    case "label_removed":
      return (await call("removeContactLabel", { ...of, labelId: change.labelId })).contact;
    case "address_ended":
      return (await call("endContactAddress", { ...of, addressId: change.addressId })).contact;
    case "consent": {
      const { addressId, state, ground } = change;
      return (await call("setConsent", { ...of, addressId, state, ground })).contact;
    }
    case "blocked":
      return (await call("blockContact", of)).contact;
    case "unblocked":
      return (await call("unblockContact", of)).contact;
  }
}

async function setField(
  propertyId: PropertyId,
  contactId: ContactId,
  fieldId: FieldId,
  value: string | number | boolean | null,
): Promise<Contact> {
  return (await call("setContactField", { propertyId, contactId, fieldId, value })).contact;
}

type TextChange = Extract<ContactChange, { kind: SharedText }>;

/** A version that another change moved on is no conflict as long as this text is as it was. */
async function sendText(from: Contact, change: TextChange): Promise<Contact> {
  const of = { propertyId: here(), contactId: from.id };
  const text = change.kind === "name" ? { name: change.name } : { language: change.language };
  try {
    return (await call("updateContact", { ...of, ...text, version: from.version })).contact;
  } catch (error) {
    if (refusalCodeOf(error) !== "version.conflict") throw error;
    const now = await readContact(from.id);
    if (isChangedByOthers(from, now, change.kind)) throw new ContactConflict(now);
    return (await call("updateContact", { ...of, ...text, version: now.version })).contact;
  }
}

/** Runs after what this contact has under way, whether that went well or not. */
function inTurn<Result>(contactId: ContactId, run: () => Promise<Result>): Promise<Result> {
  const before = turns.get(contactId) ?? Promise.resolve();
  const mine = before.then(run, run);
  const forget = () => {
    if (turns.get(contactId) === mine) turns.delete(contactId);
  };
  turns.set(contactId, mine);
  mine.then(forget, forget);
  return mine;
}

function keepPending(
  contactId: ContactId,
  change: (changes: readonly ContactChange[]) => readonly ContactChange[],
): void {
  pendingChanges.update((all) => {
    const changes = change(all.get(contactId) ?? []);
    const others = new Map(all);
    if (changes.length === 0) others.delete(contactId);
    else others.set(contactId, changes);
    return others;
  });
}

function showContact(contact: Contact): void {
  queryClient.setQueriesData<Detail>({ queryKey: keys.details(here()) }, (detail) =>
    detail?.contact.id === contact.id && detail.contact.version <= contact.version
      ? { ...detail, contact }
      : detail,
  );
}
