import type { IncomingMessage, ServerResponse } from "node:http";
import type { FailureCode } from "@foyer/contract";
import type {
  ChannelAdapter,
  ChannelSettings,
  RawDelivery,
  Understood,
} from "../../src/modules/channels/ports.ts";

/** Answers a request in the provider's place, or does not. */
export type StandIn = (request: IncomingMessage, response: ServerResponse) => void;

/** How the provider fails a send on demand. */
export type ProviderFault =
  | "rate_limited"
  | "failed"
  /** Takes the message, and never answers. */
  | "silent"
  /** Takes the message, and cuts the line before its answer. */
  | "answer_lost";

/** An adapter with its provider. */
export interface AdapterRig {
  readonly adapter: ChannelAdapter;
  readonly settings: ChannelSettings;
  readonly otherSettings: ChannelSettings;
  /** A guest's address that the provider reaches. */
  readonly to: string;
  /** A delivery as the provider signs it at an instant. */
  sign(kind: RawDelivery["kind"], body: string, at: number): RawDelivery;
  /** Where a signature holds a time; null where it can be replayed by who saw it. */
  readonly time: {
    /** How old a signature may be. */
    readonly ageMsMax: number;
    /** The same delivery, claiming to have been signed at another instant. */
    redate(delivery: RawDelivery, at: number): RawDelivery;
  } | null;
  /** Whether the provider knows our reference: what is sent under it twice is one message. */
  readonly knowsReference: boolean;
  /** Deliveries that the provider makes, and what they mean. */
  readonly understood: readonly (readonly [RawDelivery["kind"], string, Understood])[];
  /** Bodies that it never makes. */
  readonly unreadable: readonly (readonly [RawDelivery["kind"], string])[];
  /** Addresses and settings that the provider refuses, with our word for it. */
  readonly refused: readonly (readonly [string, ChannelSettings, FailureCode])[];
  fail(fault: ProviderFault): void;
  /** How many messages the provider took under a reference. */
  taken(reference: string): number;
  /** A page of the provider's messages that has some, and not the one that is looked for. */
  readonly othersPage: string;
  /** Where the provider has media for us; absent where it never does. */
  readonly media?: {
    readonly url: string;
    readonly bytes: Uint8Array;
    /** What is more than an attachment may be. */
    readonly tooLargeUrl: string;
    /** Where nobody of the provider's is. */
    readonly foreignUrl: string;
  };
  /** The adapter against a provider that answers as it is told; `undefined`: nobody listens. */
  against(standIn: StandIn | undefined): Promise<ChannelAdapter>;
  close(): Promise<void>;
}
