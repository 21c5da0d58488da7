import type { Channel, EntryId, FailureCode } from "@foyer/contract";
import type { ArrivedMedia, ConsentWord } from "../../platform/scope/index.ts";

export type ChannelKind = Channel["kind"];

/** What a channel can do. Use-cases ask these facts, never which provider it is. */
export interface Capabilities {
  readonly textCharactersMax: number;
  /** Whether a message may carry a subject (e-mail). */
  readonly hasSubject: boolean;
  /**
   * For how long after the guest's last message free text is allowed; after that only a template
   * that the provider approved (WhatsApp). Null: always.
   */
  readonly windowMs: number | null;
  readonly reportsRead: boolean;
  /** How many attachments one message may bring; 0: none. */
  readonly attachmentsMax: number;
  readonly attachmentBytesMax: number;
  /** Whether a text is cut into segments of GSM-7 or UCS-2, as SMS is. */
  readonly hasSegments: boolean;
  /** How the channel is called on screen. */
  readonly medium: "sms";
  /** The kind of address that it reaches. */
  readonly addressKind: "phone" | "email";
}

/** What the channel's row seals: the address, and what the adapter reads of the rest. */
export interface ChannelSettings {
  /** The property's own address on this channel: an E.164 number. */
  readonly address: string;
  /** The secret part of the addresses that the provider calls. */
  readonly channelKey: string;
  readonly [name: string]: unknown;
}

/** A delivery as it came over HTTP. */
export interface RawDelivery {
  readonly kind: "inbound" | "status";
  /** The public address that the provider called: of the configured origin, never of `Host`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** What an adapter understood of a delivery. */
export type Understood =
  | {
      readonly kind: "message";
      /** The provider's id of the message, the same in every redelivery. */
      readonly providerId: string;
      /** As the provider wrote it; the module normalizes it. */
      readonly from: string;
      /** Whom the provider brings it for; null where it does not say. */
      readonly to: string | null;
      readonly text: string;
      /** Null where the provider does not say when. */
      readonly occurredAt: number | null;
      readonly media: readonly ArrivedMedia[];
      /** What the provider itself took the text for; null where it says nothing. */
      readonly word: Exclude<ConsentWord, "yes"> | null;
    }
  | {
      readonly kind: "status";
      readonly providerId: string;
      /** Our id, where the provider hands it back. */
      readonly reference: EntryId | null;
      readonly state: "sent" | "delivered" | "read" | "failed";
      readonly failure: FailureCode | null;
    }
  /** Well-formed, and nothing that we do anything about. */
  | { readonly kind: "nothing"; readonly providerId: string };

export interface OutboundMedia {
  readonly url: string;
  readonly mediaType: string;
  readonly name: string;
}

/** A message to be sent. */
export interface OutboundMessage {
  readonly to: string;
  readonly text: string;
  /** Our id of the message: an idempotency key where the provider knows one. */
  readonly reference: EntryId;
  /** Signed addresses that the provider fetches. */
  readonly media: readonly OutboundMedia[];
  /** For channels that have subjects. */
  readonly subject?: string;
  /** For channels outside their window: a template that the provider approved. */
  readonly template?: { readonly name: string; readonly values: readonly string[] };
}

/** What came of asking a provider to send. */
export type SendOutcome =
  | { readonly kind: "accepted"; readonly providerId: string }
  /** The provider said no, for good. */
  | {
      readonly kind: "refused";
      readonly failure: FailureCode;
      /** The provider's own code, for whoever talks with its support. */
      readonly providerCode?: string | null;
    }
  /** Nothing was accepted, for certain; it may be tried again. */
  | { readonly kind: "not_taken"; readonly afterMs?: number }
  /** Nobody saw whether it was accepted. Never sent again by itself. */
  | { readonly kind: "uncertain" };

/**
 * A message whose sending nobody saw the end of. A provider that knows our reference needs no
 * more; among the messages of any other it is recognized by what it says, to whom and when.
 */
export interface SoughtMessage {
  readonly reference: EntryId;
  readonly to: string;
  readonly text: string;
  /** It was written then, and so not sent before; integer ms. */
  readonly writtenAt: number;
  /** Whether a message of ours is known under that id of the provider's already. */
  isKnown(providerId: string): Promise<boolean>;
  /**
   * Whether another message of ours that says the same to the same guest is being sent, or was and
   * nobody saw the end: what the provider has may be that one. Asked after the provider and before
   * `isKnown`, so that one that is settled in between is known.
   */
  hasTwin(): Promise<boolean>;
}

export type LookUpOutcome =
  | {
      readonly kind: "found";
      readonly providerId: string;
      readonly state: "sent" | "delivered" | "read" | "failed";
      /** Where it failed, and the provider says why. */
      readonly failure?: FailureCode;
    }
  | { readonly kind: "not_found" }
  | { readonly kind: "no_answer" };

/** What came of fetching what a guest's message brought. */
export type FetchedMedia =
  | { readonly kind: "got"; readonly bytes: Uint8Array }
  /** It cannot be had, or may not be kept: for good. */
  | { readonly kind: "gone" }
  /** It may be there still; try again. */
  | { readonly kind: "later" };

/**
 * The port: one provider's protocol. Pure where it reads, bounded in time where it calls out.
 */
export interface ChannelAdapter {
  readonly kind: ChannelKind;
  readonly capabilities: Capabilities;
  /** What the provider is answered once its delivery is on disk. */
  readonly answer: { readonly mediaType: string; readonly body: string };
  /** Checks the provider's signature over the raw bytes, in constant time. */
  isGenuine(settings: ChannelSettings, delivery: RawDelivery, now: number): boolean;
  /**
   * Reads a genuine delivery.
   * @throws Unreadable with a code that people can act on
   */
  read(delivery: RawDelivery): Understood;
  send(settings: ChannelSettings, message: OutboundMessage): Promise<SendOutcome>;
  /** Looks a message up whose sending nobody saw the end of. */
  lookUp(settings: ChannelSettings, sought: SoughtMessage): Promise<LookUpOutcome>;
  /** Fetches what a message brought, from the provider and nobody else, bounded in size. */
  fetchMedia(settings: ChannelSettings, url: string, signal: AbortSignal): Promise<FetchedMedia>;
}

/** Why a delivery was not processed, as a code word. */
export type DeliveryFailure =
  | "malformed"
  | "not_for_this_number"
  | "sender_not_an_address"
  | "text_too_long"
  | "message_unknown"
  | "processing_failed";

/** A delivery that is genuine and cannot be understood. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
  readonly failure: DeliveryFailure;

  constructor(failure: DeliveryFailure) {
    super(failure);
    this.failure = failure;
  }
}
