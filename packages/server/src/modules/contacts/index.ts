import { operations } from "@foyer/contract";
import { route } from "../../platform/access/index.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import { createContact, getContact, lookUpContact, updateContact } from "./edit-contacts.ts";
import { contactMigration, contactTables } from "./tables.ts";

export { normalizeAddress } from "./address.ts";
export { type Found, findOrCreateContact } from "./find-or-create-contact.ts";
export { contactIdsPage, hydrateContacts } from "./present.ts";

/** Contacts are known to a tenant, so every agent of it may see them wherever they work. */
const tenantWide = { tenantWide: true } as const;

export const contactsManifest: ModuleManifest = {
  name: "contacts",
  tables: contactTables,
  migrations: [contactMigration],
  routes: [
    route(operations.createContact, createContact, tenantWide),
    route(operations.getContact, getContact, tenantWide),
    route(operations.updateContact, updateContact, tenantWide),
    route(operations.lookUpContact, lookUpContact, tenantWide),
  ],
};
