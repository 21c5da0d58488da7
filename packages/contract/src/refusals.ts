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
  "contact.too_many_addresses": { status: 409, title: "A contact has so many addresses at most" },
  "contact.address_left": { status: 409, title: "The address is no longer theirs" },
  "contact.opted_out": { status: 409, title: "The guest does not want to be texted" },
  "contact.blocked": { status: 409, title: "The guest is blocked" },
  "consent.required": { status: 422, title: "Say how the guest agreed to be texted" },
  "consent.only_guest": { status: 409, title: "Only the guest can take this back" },
  "message.empty": { status: 422, title: "The message says nothing" },
  "message.placeholder_unfilled": { status: 422, title: "A placeholder is not filled in" },
  "message.too_many_attachments": { status: 422, title: "The channel takes fewer attachments" },
  "message.not_retryable": { status: 409, title: "The message did not fail, or was sent again" },
  "attachment.not_ready": { status: 422, title: "There is no such attachment to send" },
  "attachment.type_refused": { status: 422, title: "Files of this type are not taken" },
  "attachment.too_large": { status: 413, title: "The file is too large" },
  "field.value_invalid": { status: 422, title: "The field does not hold such a value" },
  "field.options_invalid": { status: 422, title: "A choice needs options, and nothing else does" },
  "field.needed": { status: 409, title: "Something needs this field as it is" },
  "template.invalid": { status: 422, title: "The template cannot be used like this" },
  "name.taken": { status: 409, title: "The name is taken" },
  "settings.too_many": { status: 409, title: "There are as many as there can be" },
  "property.time_zone_unknown": { status: 422, title: "There is no such time zone" },
  "agent.email_taken": { status: 409, title: "Somebody signs in with this e-mail already" },
  "agent.email_invalid": { status: 422, title: "The e-mail is not one that can exist" },
  "agent.beyond_own": { status: 403, title: "Nobody grants what they do not have" },
  "agent.last_owner": { status: 409, title: "An organization keeps one owner" },
  "installation.has_hotel": { status: 409, title: "Ask the operator: foyer tenant create" },
  "channel.address_invalid": { status: 422, title: "The number is not one that can exist" },
  "channel.address_taken": { status: 409, title: "The number is connected already" },
  "channel.demo_only": { status: 409, title: "The demo never texts real people" },
  "channel.not_editable": { status: 409, title: "This channel has nothing to change" },
  "channel.too_many_tests": { status: 429, title: "Too many test messages" },
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
