import type { EntryId, FailureCode } from "@foyer/contract";

export type ChannelKind = "simulator";

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
  /** How the channel is called on screen. */
  readonly medium: "sms";
  /** The kind of address that it reaches. */
  readonly addressKind: "phone" | "email";
}

/** What the channel's row seals: the address, and what the adapter reads of the rest. */
export interface ChannelSettings {
  /** The property's own address on this channel: an E.164 number. */
  readonly address: string;
  readonly [name: string]: unknown;
}

/** A delivery as it came over HTTP. */
export interface RawDelivery {
  readonly kind: "inbound" | "status";
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
      readonly text: string;
      readonly occurredAt: number;
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

/** A message to be sent. */
export interface OutboundMessage {
  readonly to: string;
  readonly text: string;
  /** Our id of the message: an idempotency key where the provider knows one. */
  readonly reference: EntryId;
  /** For channels that have subjects. */
  readonly subject?: string;
  /** For channels outside their window: a template that the provider approved. */
  readonly template?: { readonly name: string; readonly values: readonly string[] };
}

/** What came of asking a provider to send. */
export type SendOutcome =
  | { readonly kind: "accepted"; readonly providerId: string }
  /** The provider said no, for good. */
  | { readonly kind: "refused"; readonly failure: FailureCode }
  /** Nothing was accepted, for certain; it may be tried again. */
  | { readonly kind: "not_taken"; readonly afterMs?: number }
  /** Nobody saw whether it was accepted. Never sent again by itself. */
  | { readonly kind: "uncertain" };

export type LookUpOutcome =
  | {
      readonly kind: "found";
      readonly providerId: string;
      readonly state: "sent" | "delivered" | "read" | "failed";
    }
  | { readonly kind: "not_found" }
  | { readonly kind: "no_answer" };

/**
 * The port: one provider's protocol. Pure where it reads, bounded in time where it calls out.
 */
export interface ChannelAdapter {
  readonly kind: ChannelKind;
  readonly capabilities: Capabilities;
  /** Checks the provider's signature over the raw bytes, in constant time. */
  isGenuine(settings: ChannelSettings, delivery: RawDelivery, now: number): boolean;
  /**
   * Reads a genuine delivery.
   * @throws Unreadable with a code that people can act on
   */
  read(delivery: RawDelivery): Understood;
  send(settings: ChannelSettings, message: OutboundMessage): Promise<SendOutcome>;
  /** Looks a message up whose sending nobody saw the end of. */
  lookUp(settings: ChannelSettings, reference: EntryId): Promise<LookUpOutcome>;
}

/** Why a delivery was not processed, as a code word. */
export type DeliveryFailure =
  | "malformed"
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
