import { z } from "zod";
import { idOf } from "../ids.ts";
import { limits } from "../limits.ts";
import { operation } from "../operation.ts";
import { contact, typedAddress } from "../schemas/contacts.ts";
import { name } from "../schemas/people.ts";

export const createContact = operation({
  name: "contacts.create",
  method: "POST",
  path: "/v1/contacts",
  summary: "Make a contact with a name and addresses. The caller mints the id.",
  right: "contact.edit",
  body: z.strictObject({
    contactId: idOf<"contact">(),
    name: name.nullable(),
    addresses: z.array(typedAddress).max(limits.contactAddressesMax),
  }),
  output: z.object({ contact }),
  status: 201,
  refusals: ["contact.address_taken", "contact.address_invalid", "entry.id_taken"],
});

export const getContact = operation({
  name: "contacts.get",
  method: "GET",
  path: "/v1/contacts/{contactId}",
  summary: "A contact.",
  right: "contact.read",
  params: z.object({ contactId: idOf<"contact">() }),
  output: z.object({ contact }),
});

export const updateContact = operation({
  name: "contacts.update",
  method: "PATCH",
  path: "/v1/contacts/{contactId}",
  summary: "Change a contact's name.",
  right: "contact.edit",
  params: z.object({ contactId: idOf<"contact">() }),
  body: z.strictObject({ name: name.nullable(), version: z.int() }),
  output: z.object({ contact }),
  refusals: ["version.conflict"],
});

/** A POST, because an address must not stand in a URL. */
export const lookUpContact = operation({
  name: "contacts.lookUp",
  method: "POST",
  path: "/v1/contact-lookups",
  summary: "Find the contact that an address belongs to.",
  right: "contact.read",
  body: typedAddress.strict(),
  output: z.object({ contact: contact.nullable() }),
  refusals: ["contact.address_invalid"],
});
