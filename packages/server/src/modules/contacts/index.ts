import { operations } from "@foyer/contract";
import { route } from "../../platform/access/index.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import { blockContact, unblockContact } from "./block-contact.ts";
import { createContact } from "./create-contact.ts";
import { addContactAddress, endContactAddress } from "./edit-addresses.ts";
import { addContactLabel, removeContactLabel } from "./label-contact.ts";
import { createField, endField, listFields, seedFields, updateField } from "./manage-fields.ts";
import { createLabel, endLabel, listLabels, updateLabel } from "./manage-labels.ts";
import { getContact, listContacts, lookUpContact } from "./read-contacts.ts";
import { reassignContactAddress } from "./reassign-address.ts";
import { setConsent } from "./set-consent.ts";
import { setContactField } from "./set-field.ts";
import { contactMigration, contactTables } from "./tables.ts";
import { tellLabelled } from "./tell-labelled.ts";
import { updateContact } from "./update-contact.ts";

export { formatAddress, type NormalizedAddress, normalizeAddress } from "./address.ts";
export {
  assumeConsent,
  mayText,
  openRecipient,
  type Recipient,
  recordGuestWord,
} from "./consent.ts";
export { type FindableGuest, findableGuests, guestsByIds, guestsPage } from "./find-guests.ts";
export { type Found, findByAddress, findOrCreateContact } from "./find-or-create-contact.ts";
export { introduceContact } from "./introduce-contact.ts";
export { lockContact } from "./lock-contact.ts";
export { normalized } from "./normalize-typed.ts";
export { fieldsOf, type Guest, hydrateGuests } from "./present.ts";
export { recordConsent } from "./set-consent.ts";
export type { GuestId } from "./tables.ts";

/**
 * Contacts belong to the tenant, and a property reads and changes those whom it knows: its guests.
 * Labels, fields and consents are a property's own.
 */
export const contactsManifest: ModuleManifest = {
  name: "contacts",
  tables: contactTables,
  migrations: [contactMigration],
  routes: [
    route(operations.listContacts, listContacts),
    route(operations.createContact, createContact),
    route(operations.getContact, getContact),
    route(operations.updateContact, updateContact),
    route(operations.lookUpContact, lookUpContact),
    route(operations.setContactField, setContactField),
    route(operations.addContactLabel, addContactLabel),
    route(operations.removeContactLabel, removeContactLabel),
    route(operations.addContactAddress, addContactAddress),
    route(operations.endContactAddress, endContactAddress),
    route(operations.reassignContactAddress, reassignContactAddress),
    route(operations.setConsent, setConsent),
    route(operations.blockContact, blockContact),
    route(operations.unblockContact, unblockContact),
    route(operations.listLabels, listLabels),
    route(operations.createLabel, createLabel),
    route(operations.updateLabel, updateLabel),
    route(operations.endLabel, endLabel),
    route(operations.listFields, listFields),
    route(operations.createField, createField),
    route(operations.updateField, updateField),
    route(operations.endField, endField),
  ],
  jobs: [tellLabelled],
  listeners: {
    "property.created": [(unit, { propertyId }) => seedFields(unit, propertyId)],
  },
};
