import type { ContactId, OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import { type NormalizedAddress, normalizeAddress } from "./address.ts";
import { addAddress, findByAddress, insertContact } from "./find-or-create-contact.ts";
import { contactProfile, hydrateContacts } from "./present.ts";
import * as statements from "./store.ts";

type Input<Key extends keyof typeof operations> = OperationParsed<(typeof operations)[Key]>;

/** Makes a contact with its addresses. The same call again finds what it made. */
export async function createContact(context: Context, input: Input<"createContact">) {
  const addresses = input.addresses.map((typed, index) => normalized(typed, `addresses.${index}`));
  await context.transact(async (unit) => {
    const profile = { name: input.name, language: null };
    const isNew = await insertContact(unit, input.contactId, profile);
    for (const address of addresses) {
      const owner = await findByAddress(unit, address);
      if (owner && owner.contactId !== input.contactId) throw new Refusal("contact.address_taken");
      if (!owner && !isNew) throw new Refusal("entry.id_taken");
      if (!owner) await addAddress(unit, input.contactId, address);
    }
    unit.record(act("contact.created", context, input.contactId));
    await unit.notify({ name: "contact.changed", contactId: input.contactId });
  });
  return { contact: await theContact(context, input.contactId) };
}

export async function getContact(context: Context, input: Input<"getContact">) {
  return { contact: await theContact(context, input.contactId) };
}

/** Changes a contact's name, if it is still the version that the editor looked at. */
export async function updateContact(context: Context, input: Input<"updateContact">) {
  const { contactId, name, version } = input;
  await context.transact(async (unit) => {
    const [row] = await unit.db.all(statements.contactsByIds, { ids: [contactId] });
    if (!row) throw notFound();
    const known = unit.cipher.openJson(FIELD.contactProfile, row.id, row.profile, contactProfile);
    const profile = unit.cipher.sealJson(FIELD.contactProfile, row.id, { ...known, name });
    const changed = await unit.db.run(statements.updateContact, { id: row.id, profile, version });
    if (changed === 0) throw new Refusal("version.conflict", { facts: { version: row.version } });
    unit.record(act("contact.updated", context, contactId));
    await unit.notify({ name: "contact.changed", contactId });
  });
  return { contact: await theContact(context, contactId) };
}

/** Finds whom an address belongs to. */
export async function lookUpContact(context: Context, input: Input<"lookUpContact">) {
  const address = normalized(input, "value");
  const found = await findByAddress({ cipher: context.cipher, db: context.read }, address);
  return { contact: found ? await theContact(context, found.contactId) : null };
}

function normalized(
  typed: { readonly kind: "phone" | "email"; readonly value: string },
  field: string,
): NormalizedAddress {
  const address = normalizeAddress(typed, undefined);
  if (address) return address;
  const issue =
    typed.kind === "phone" ? "must be a number with its country, +1 312 …" : "must be an e-mail";
  throw new Refusal("contact.address_invalid", { issues: [{ field, issue }] });
}

async function theContact(context: Context, id: ContactId) {
  const contact = (await hydrateContacts(context.read, context.cipher, [id])).get(id);
  if (!contact) throw notFound();
  return contact;
}

function act(name: string, context: Context, subjectId: string) {
  return { act: name, agentId: context.caller.agentId, subjectId };
}
