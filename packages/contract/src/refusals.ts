/**
 * The closed catalogue of what the server refuses: a code that programs may rely on, the HTTP
 * status it travels with, and a title in English for whoever reads the raw answer. Screens put
 * their own words. A code is never reused for something else.
 */
export const refusals = {
  "request.malformed": { status: 400, title: "The request is not well-formed" },
  "request.invalid": { status: 422, title: "Some of what was sent is not valid" },
  "request.too_large": { status: 413, title: "The request is too large" },
  "request.media_type": { status: 415, title: "Send JSON, with content-type application/json" },
  "request.misdirected": { status: 421, title: "This address is not ours" },
  "request.not_encrypted": { status: 403, title: "Use the address that speaks TLS" },
  "resource.not_found": { status: 404, title: "There is nothing here" },
  "session.required": { status: 401, title: "Sign in first" },
  "session.wrong_credentials": { status: 401, title: "The e-mail or the password is wrong" },
  "session.too_many_attempts": { status: 429, title: "Too many attempts to sign in" },
  "session.forged_request": { status: 403, title: "The request did not come from the inbox" },
  "right.missing": { status: 403, title: "Your role does not allow this" },
  "version.conflict": { status: 409, title: "Somebody else changed it in the meantime" },
  "entry.id_taken": { status: 409, title: "This id already stands for something else" },
  "message.too_long": { status: 422, title: "The message is too long for this channel" },
  "contact.address_taken": { status: 409, title: "The address belongs to another contact" },
  "contact.address_invalid": { status: 422, title: "The address is not one that can exist" },
  "channel.ended": { status: 409, title: "The channel is no longer in use" },
  "assignment.impossible": { status: 422, title: "This agent or team does not work here" },
  "delivery.not_signed": { status: 401, title: "The delivery is not signed as agreed" },
  "delivery.not_replayable": { status: 409, title: "The delivery was processed already" },
  "service.unavailable": { status: 503, title: "A part that is needed does not answer" },
  "service.failed": { status: 500, title: "Something went wrong on our side" },
} as const satisfies Record<string, { status: number; title: string }>;

export type RefusalCode = keyof typeof refusals;

/** One thing that is wrong with one field of a request. */
export interface FieldIssue {
  /** Where: a JSON path like `addresses.0.value`; empty for the whole. */
  readonly field: string;
  /** What to do, in English. */
  readonly issue: string;
}

/** A problem as it travels: RFC 9457, with a stable code beside. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: RefusalCode;
  /** What happened or what to do, never content. */
  readonly detail?: string;
  readonly issues?: readonly FieldIssue[];
  /** Named facts a screen may need, for example `{ charactersMax: 1600 }`. Never content. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  /** Names the request in the server's log. */
  readonly request?: string;
}

/** The media type of a problem, RFC 9457. */
export const problemMediaType = "application/problem+json";
