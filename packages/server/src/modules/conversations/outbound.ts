import type { EntryId } from "@foyer/contract";
import type { JobRow } from "../../platform/jobs/index.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { findChannel, type OpenChannel } from "../channels/index.ts";
import { hydrateGuests } from "../contacts/index.ts";
import * as entries from "./entry-store.ts";
import * as statements from "./store.ts";
import type { ConversationRow, EntryRow } from "./tables.ts";

/** A message on its way out, with all that a provider must be told of it. */
export interface Outbound {
  readonly entry: EntryRow;
  readonly conversation: ConversationRow;
  readonly channel: OpenChannel;
}

/** The job names a message under its own tenant; of a forged pair nothing is found. */
export async function findOutbound(scope: Scope, job: JobRow): Promise<Outbound | undefined> {
  const ids = [job.subject_id as EntryId];
  const [entry] = await scope.read.all(entries.entriesByIds, { ids });
  if (entry?.kind !== "outbound" || entry.channel_id === null) return undefined;
  const id = entry.conversation_id;
  const conversation = await scope.read.first(statements.conversationById, { id });
  const channel = await findChannel(scope, entry.channel_id);
  return conversation && channel ? { entry, conversation, channel } : undefined;
}

/** The address that the conversation goes to, as providers are told it. */
export async function recipientOf(
  scope: Scope,
  { conversation }: Outbound,
): Promise<string | undefined> {
  const { property_id: propertyId, contact_id: contactId, address_id: addressId } = conversation;
  const guests = await hydrateGuests(scope, propertyId, [contactId]);
  const addresses = guests.get(contactId)?.contact.addresses ?? [];
  return addresses.find(({ id }) => id === addressId)?.value;
}
