import type {
  AgentId,
  ChannelId,
  ContactId,
  EntryId,
  LabelId,
  PropertyId,
  TeamId,
} from "@foyer/contract";
import type { Unit } from "./scope.ts";

/** What a guest's message brought besides words; the provider has the bytes still. */
export interface ArrivedMedia {
  readonly url: string;
  /** As the provider says; nobody relies on it. */
  readonly mediaType: string | null;
}

/**
 * A text that is exactly one of the words by which a guest turns texts off and on. `yes` counts
 * as `start` only for a guest who is opted out: to anybody else it is an answer.
 */
export type ConsentWord = "stop" | "start" | "yes" | "help";

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
  /** At most `attachmentsPerMessageMax` of the contract. */
  readonly media: readonly ArrivedMedia[];
  readonly word: ConsentWord | null;
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

/** A property is new: whoever keeps something for each property begins it. */
export interface PropertyCreated {
  readonly name: "property.created";
  readonly propertyId: PropertyId;
}

/** An agent no longer answers guests at some properties, or at any: what they hold is nobody's. */
export interface AgentLeft {
  readonly name: "agent.left";
  readonly agentId: AgentId;
  /** Where they answered until now and do so no more. */
  readonly propertyIds: readonly PropertyId[];
  /** Who decided it; null: the house itself. */
  readonly byAgentId: AgentId | null;
}

/** A team is no more: what it holds is nobody's. */
export interface TeamEnded {
  readonly name: "team.ended";
  readonly teamId: TeamId;
  readonly propertyId: PropertyId;
  readonly byAgentId: AgentId | null;
}

/**
 * What a guest's message brought has come, or never will: `attachments` says so for each, and
 * `conversations` hears it and tells the feed that the entry changed.
 */
export interface AttachmentSettled {
  readonly name: "attachment.settled";
  readonly entryId: EntryId;
}

/**
 * Nothing will fill a placeholder any more: its field ends, or is called something else. Whoever
 * asks for it refuses.
 */
export interface FieldLeaving {
  readonly name: "field.leaving";
  readonly propertyId: PropertyId;
  /** As `placeholderOf` of the contract writes it. */
  readonly placeholder: string;
}

/** What happened to a contact and belongs into the timeline of what was said with them. */
export interface ContactTold {
  readonly name: "contact.told";
  readonly contactId: ContactId;
  /** Where it happened. A block is everywhere, and was decided there. */
  readonly propertyId: PropertyId;
  readonly event:
    | "label_added"
    | "label_removed"
    | "opted_in"
    | "opted_out"
    | "blocked"
    | "unblocked"
    | "address_left";
  /** Labels only. */
  readonly labelId: LabelId | null;
  /** Null: the guest, or the house itself. */
  readonly agentId: AgentId | null;
}

/**
 * What one module tells those after it, inside the transaction that caused it. Imports run one
 * way; this is how word flows back.
 */
export type Notice =
  | { readonly name: "contact.changed"; readonly contactId: ContactId }
  | ContactTold
  | PropertyCreated
  | FieldLeaving
  | AgentLeft
  | TeamEnded
  | MessageArrived
  | StatusArrived
  | AttachmentSettled;

export type NoticeListeners = {
  readonly [Name in Notice["name"]]?: readonly ((
    unit: Unit,
    notice: Extract<Notice, { name: Name }>,
  ) => Promise<void>)[];
};
