import { z } from "zod";
import { idOf } from "../ids.ts";
import { limits } from "../limits.ts";
import { operation } from "../operation.ts";
import { contact, fieldValue, typedAddress } from "../schemas/contacts.ts";
import { name } from "../schemas/people.ts";
import { languageTag } from "../schemas/settings.ts";
import { pageNext, pageQuery } from "./page.ts";

const byProperty = z.object({ propertyId: idOf<"property">() });
const byContact = byProperty.extend({ contactId: idOf<"contact">() });
const byAddress = byContact.extend({ addressId: idOf<"address">() });
const answer = z.object({ contact });

export const listContacts = operation({
  name: "contacts.list",
  method: "GET",
  path: "/v1/properties/{propertyId}/contacts",
  summary: "The guests that this property knows, the newest first.",
  right: "contact.read",
  params: byProperty,
  query: z.object({ labelId: idOf<"label">().optional(), ...pageQuery }),
  output: z.object({ items: z.array(contact), next: pageNext }),
});

export const createContact = operation({
  name: "contacts.create",
  method: "POST",
  path: "/v1/properties/{propertyId}/contacts",
  summary: "Make a contact with a name and addresses. The caller mints the id.",
  right: "contact.edit",
  params: byProperty,
  body: z.strictObject({
    contactId: idOf<"contact">(),
    name: name.nullable(),
    language: languageTag.nullable().default(null),
    addresses: z.array(typedAddress).max(limits.contactAddressesMax),
  }),
  output: answer,
  status: 201,
  refusals: ["contact.address_taken", "contact.address_invalid", "entry.id_taken"],
});

export const getContact = operation({
  name: "contacts.get",
  method: "GET",
  path: "/v1/properties/{propertyId}/contacts/{contactId}",
  summary: "A contact, as this property knows them.",
  right: "contact.read",
  params: byContact,
  output: answer,
});

export const updateContact = operation({
  name: "contacts.update",
  method: "PATCH",
  path: "/v1/properties/{propertyId}/contacts/{contactId}",
  summary: "Change a contact's name or language.",
  right: "contact.edit",
  params: byContact,
  body: z.strictObject({
    name: name.nullable().optional(),
    language: languageTag.nullable().optional(),
    version: z.int(),
  }),
  output: answer,
  refusals: ["version.conflict"],
});

/** A POST, because an address must not stand in a URL. */
export const lookUpContact = operation({
  name: "contacts.lookUp",
  method: "POST",
  path: "/v1/properties/{propertyId}/contact-lookups",
  summary: "Find the contact that an address belongs to.",
  right: "contact.read",
  params: byProperty,
  body: typedAddress.strict(),
  output: z.object({ contact: contact.nullable() }),
  refusals: ["contact.address_invalid"],
});

export const setContactField = operation({
  name: "contacts.setField",
  method: "PUT",
  path: "/v1/properties/{propertyId}/contacts/{contactId}/fields/{fieldId}",
  summary: "Say what a custom field holds for a guest; null empties it.",
  right: "contact.edit",
  params: byContact.extend({ fieldId: idOf<"field">() }),
  body: z.strictObject({ value: fieldValue.nullable() }),
  output: answer,
  refusals: ["field.value_invalid"],
});

export const addContactLabel = operation({
  name: "contacts.addLabel",
  method: "PUT",
  path: "/v1/properties/{propertyId}/contacts/{contactId}/labels/{labelId}",
  summary: "Put a label on a guest.",
  right: "contact.edit",
  params: byContact.extend({ labelId: idOf<"label">() }),
  output: answer,
});

export const removeContactLabel = operation({
  name: "contacts.removeLabel",
  method: "DELETE",
  path: "/v1/properties/{propertyId}/contacts/{contactId}/labels/{labelId}",
  summary: "Take a label off a guest.",
  right: "contact.edit",
  params: byContact.extend({ labelId: idOf<"label">() }),
  output: answer,
});

export const addContactAddress = operation({
  name: "contacts.addAddress",
  method: "POST",
  path: "/v1/properties/{propertyId}/contacts/{contactId}/addresses",
  summary: "Give a contact one more address.",
  right: "contact.edit",
  params: byContact,
  body: typedAddress.strict(),
  output: answer,
  status: 201,
  refusals: ["contact.address_taken", "contact.address_invalid", "contact.too_many_addresses"],
});

export const endContactAddress = operation({
  name: "contacts.endAddress",
  method: "DELETE",
  path: "/v1/properties/{propertyId}/contacts/{contactId}/addresses/{addressId}",
  summary: "Say that an address is no longer theirs. That it was stays known.",
  right: "contact.edit",
  params: byAddress,
  output: answer,
});

export const reassignContactAddress = operation({
  name: "contacts.reassignAddress",
  method: "POST",
  path: "/v1/properties/{propertyId}/contacts/{contactId}/addresses/{addressId}/reassignment",
  summary:
    "This is somebody else now: from here on the address is a new contact's, who is the answer.",
  right: "contact.edit",
  params: byAddress,
  body: z.strictObject({ newContactId: idOf<"contact">(), name: name.nullable() }),
  output: answer,
  status: 201,
  refusals: ["entry.id_taken"],
});

export const setConsent = operation({
  name: "contacts.setConsent",
  method: "PUT",
  path: "/v1/properties/{propertyId}/contacts/{contactId}/addresses/{addressId}/consent",
  summary: "Record that a guest agreed to be texted, or does not want to be.",
  right: "contact.edit",
  params: byAddress,
  body: z.strictObject({
    state: z.enum(["opted_in", "opted_out"]),
    ground: z.enum(["asked_in_person", "booking_form", "asked_by_phone"]),
  }),
  output: answer,
  refusals: ["consent.only_guest"],
});

export const blockContact = operation({
  name: "contacts.block",
  method: "POST",
  path: "/v1/properties/{propertyId}/contacts/{contactId}/block",
  summary: "Block a guest: what they write is kept, and nobody waits. Nothing is sent to them.",
  right: "contact.block",
  params: byContact,
  output: answer,
});

export const unblockContact = operation({
  name: "contacts.unblock",
  method: "POST",
  path: "/v1/properties/{propertyId}/contacts/{contactId}/unblock",
  summary: "Let a blocked guest write again.",
  right: "contact.block",
  params: byContact,
  output: answer,
});
