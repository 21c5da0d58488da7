import type { Contact, ContactId } from "@foyer/contract";
import { call } from "./api.ts";
import { feed } from "./feed.ts";
import { keys } from "./keys.ts";
import type { Detail } from "./model.ts";
import { queryClient } from "./query-client.ts";

/** Changes a contact's name, unless somebody did since the version. Throws what is refused. */
export async function renameContact(
  contactId: ContactId,
  name: string | null,
  version: number,
): Promise<void> {
  const { contact } = await call("updateContact", { contactId, name, version });
  showContact(contact);
}

/** Reads a contact as it is now. */
export async function readContact(contactId: ContactId): Promise<Contact> {
  const { contact } = await call("getContact", { contactId });
  showContact(contact);
  return contact;
}

function showContact(contact: Contact): void {
  const propertyId = feed.get()?.propertyId;
  if (!propertyId) return;
  queryClient.setQueriesData<Detail>({ queryKey: keys.details(propertyId) }, (detail) =>
    detail?.contact.id === contact.id && detail.contact.version <= contact.version
      ? { ...detail, contact }
      : detail,
  );
}
