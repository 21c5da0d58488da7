import { z } from "zod";
import * as limits from "./limits.ts";
import { e164Pattern } from "./numbers.ts";

/** A hotel's number with the carrier. */
export interface Account {
  /** The hotel's number, E.164. */
  readonly number: string;
  /** What guests' phones call the hotel; its number when left out. */
  readonly name?: string;
  /** Bearer token with which Foyer sends. */
  readonly apiKey: string;
  /** Key under which deliveries to Foyer are signed. */
  readonly signingSecret: string;
  /** Where texts of guests are posted. */
  readonly inboundUrl: string;
  /** Where the states of Foyer's messages are posted. */
  readonly statusUrl: string;
}

const url = z.url({ protocol: /^https?$/ });

export const accountSchema = z.object({
  number: z.string().regex(e164Pattern),
  name: z.string().min(1).max(limits.nameCharsMax).optional(),
  apiKey: z.string().min(1),
  signingSecret: z.string().min(1),
  inboundUrl: url,
  statusUrl: url,
});

/** A picture or file that the carrier fetches before it sends the message on. */
export const mediaLinkSchema = z.object({
  url: url.max(limits.mediaUrlCharsMax),
  mediaType: z.string().min(1).max(limits.nameCharsMax),
  name: z.string().min(1).max(limits.mediaNameCharsMax),
});
export type MediaLink = z.infer<typeof mediaLinkSchema>;

/** Body of `POST /v1/messages`. Who may be texted is decided later, with a code of its own. */
export const sendSchema = z
  .object({
    from: z.string().min(1).max(limits.nameCharsMax),
    to: z.string().min(1).max(limits.nameCharsMax),
    text: z.string().max(limits.textCharsMax),
    media: z.array(mediaLinkSchema).max(limits.mediaPerMessageMax).exactOptional(),
    reference: z.string().min(1).max(limits.referenceCharsMax),
  })
  .refine(({ text, media = [] }) => text !== "" || media.length > 0, { path: ["text"] });
export type Send = z.infer<typeof sendSchema>;

export const lookUpSchema = z.object({
  reference: z.string().min(1).max(limits.referenceCharsMax).optional(),
  limit: z.coerce.number().int().min(1).max(limits.lookUpMax).default(20),
  after: z.string().max(limits.referenceCharsMax).optional(),
});
export type LookUp = z.infer<typeof lookUpSchema>;

/** States of a message to a guest, in the order in which they may follow each other. */
export type SentStatus = "queued" | "sent" | "delivered" | "failed" | "read";

/** What the network says of a phone that takes no messages. */
export const phoneRefusals = [
  "unreachable",
  "landline",
  "filtered",
  "blocked_by_recipient",
  "unknown",
] as const;
export type PhoneRefusal = (typeof phoneRefusals)[number];

/**
 * Why a message failed after it had been accepted. `media_unavailable`: a link could not be
 * fetched; `media_refused`: what lay there is too large, or nothing that phones can show.
 */
export type FailureCode = PhoneRefusal | "media_unavailable" | "media_refused";

/** One message in the answer to `GET /v1/messages`. */
export interface SentMessage {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Names of what came with it. */
  readonly media?: readonly string[];
  readonly reference: string;
  readonly status: SentStatus;
  readonly error?: { readonly code: FailureCode };
  /** Milliseconds since 1970, UTC. */
  readonly acceptedAt: number;
}

/** A picture or file of a guest, at an address below the carrier's own. */
export interface ReceivedMedia {
  /** Relative to the carrier's base (RFC 3986, §4.2); fetched with the account's key. */
  readonly url: string;
  /** As the guest's phone called it. */
  readonly mediaType: string;
}

/** Body of an inbound delivery. `id` is the same in every redelivery. */
export interface MessageReceived {
  readonly type: "message.received";
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Empty where a picture came alone. */
  readonly text: string;
  readonly media?: readonly ReceivedMedia[];
  readonly sentAt: number;
}

/** Body of a status delivery. `id` is the message's, as answered to its send. */
export interface MessageStatus {
  readonly type: "message.status";
  readonly id: string;
  readonly reference: string;
  readonly status: Exclude<SentStatus, "queued">;
  readonly error?: { readonly code: FailureCode };
  readonly at: number;
}

export type RefusalCode =
  | "unauthorized"
  | "invalid_request"
  | "invalid_number"
  | "number_not_simulated"
  | "number_not_yours"
  | "blocked_by_recipient"
  | "opted_out"
  | "media_refused"
  | "idempotency_conflict"
  | "rate_limited"
  | "queue_full"
  | "guest_limit"
  | "not_found"
  | "cross_site"
  | "internal";

const statusOf: Record<RefusalCode, number> = {
  unauthorized: 401,
  invalid_request: 422,
  invalid_number: 422,
  number_not_simulated: 422,
  number_not_yours: 422,
  blocked_by_recipient: 422,
  opted_out: 422,
  media_refused: 422,
  idempotency_conflict: 409,
  rate_limited: 429,
  queue_full: 503,
  guest_limit: 409,
  not_found: 404,
  cross_site: 403,
  internal: 500,
};

/** An expected no of the carrier, with the HTTP status that says it. */
export class CarrierRefusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = "CarrierRefusal";
    this.code = code;
    this.status = statusOf[code];
  }
}
