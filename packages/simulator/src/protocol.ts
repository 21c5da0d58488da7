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

/** Body of `POST /v1/messages`. Who may be texted is decided later, with a code of its own. */
export const sendSchema = z.object({
  from: z.string().min(1).max(limits.nameCharsMax),
  to: z.string().min(1).max(limits.nameCharsMax),
  text: z.string().min(1).max(limits.textCharsMax),
  reference: z.string().min(1).max(limits.referenceCharsMax),
});
export type Send = z.infer<typeof sendSchema>;

export const lookUpSchema = z.object({
  reference: z.string().min(1).max(limits.referenceCharsMax).optional(),
  limit: z.coerce.number().int().min(1).max(limits.lookUpMax).default(20),
  after: z.string().max(limits.referenceCharsMax).optional(),
});
export type LookUp = z.infer<typeof lookUpSchema>;

/** States of a message to a guest, in the order in which they may follow each other. */
export type SentStatus = "queued" | "sent" | "delivered" | "failed" | "read";

/** Why a message failed after it had been accepted. */
export type FailureCode = "unreachable";

/** One message in the answer to `GET /v1/messages`. */
export interface SentMessage {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly reference: string;
  readonly status: SentStatus;
  readonly error?: { readonly code: FailureCode };
  /** Milliseconds since 1970, UTC. */
  readonly acceptedAt: number;
}

/** Body of an inbound delivery. `id` is the same in every redelivery. */
export interface MessageReceived {
  readonly type: "message.received";
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
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
