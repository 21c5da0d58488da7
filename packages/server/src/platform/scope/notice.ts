import type { ChannelId, ContactId, EntryId, PropertyId } from "@foyer/contract";
import type { Unit } from "./scope.ts";

/** What a guest said, as a channel understood it. */
export interface MessageArrived {
  readonly name: "message.arrived";
  readonly propertyId: PropertyId;
  readonly channelId: ChannelId;
  /** A normalized address: E.164, or an e-mail. */
  readonly from: { readonly kind: "phone" | "email"; readonly value: string };
  readonly text: string;
  readonly providerId: string;
  /** When the guest sent it, as the provider says; integer ms. */
  readonly occurredAt: number;
}

/** What became of a message that Foyer sent, as a channel understood it. */
export interface StatusArrived {
  readonly name: "status.arrived";
  readonly propertyId: PropertyId;
  readonly channelId: ChannelId;
  /** Our own id of the message, where the provider hands it back. */
  readonly entryId: EntryId | null;
  readonly providerId: string;
  readonly state: "sent" | "delivered" | "read" | "failed";
  /** A failure code of the contract; null unless failed. */
  readonly failure: string | null;
}

/**
 * What one module tells those after it, inside the transaction that caused it. Imports run one
 * way; this is how word flows back.
 */
export type Notice =
  | { readonly name: "contact.changed"; readonly contactId: ContactId }
  | MessageArrived
  | StatusArrived;

export type NoticeListeners = {
  readonly [Name in Notice["name"]]?: readonly ((
    unit: Unit,
    notice: Extract<Notice, { name: Name }>,
  ) => Promise<void>)[];
};
