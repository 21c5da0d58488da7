import type { AddressId, ContactId, EntryId, PropertyId } from "@foyer/contract";
import type { JobRow } from "../../platform/jobs/index.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { findChannel, type OpenChannel } from "../channels/index.ts";
import * as entries from "./entry-store.ts";
import * as statements from "./store.ts";
import type { EntryRow } from "./tables.ts";

/** A message on its way out, with all that a provider must be told of it. */
export interface Outbound {
  readonly entry: EntryRow;
  readonly channel: OpenChannel;
  /** To whom it was written: the guest may have used another address since. */
  readonly to: {
    readonly propertyId: PropertyId;
    readonly contactId: ContactId;
    readonly addressId: AddressId;
  };
}

/** The job names a message under its own tenant; of a forged pair nothing is found. */
export async function findOutbound(scope: Scope, job: JobRow): Promise<Outbound | undefined> {
  const ids = [job.subject_id as EntryId];
  const [entry] = await scope.read.all(entries.entriesByIds, { ids });
  if (entry?.kind !== "outbound" || entry.channel_id === null) return undefined;
  const { address_id: addressId } = entry;
  const id = entry.conversation_id;
  const conversation = await scope.read.first(statements.conversationById, { id });
  const channel = await findChannel(scope, entry.channel_id);
  if (!conversation || !channel || addressId === null) return undefined;
  const { property_id: propertyId, contact_id: contactId } = conversation;
  return { entry, channel, to: { propertyId, contactId, addressId } };
}
