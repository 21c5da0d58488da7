import type { RefusalCode } from "@foyer/contract";

/** What a refusal means to somebody at a front desk. One sentence each. */
const refusalWords: Partial<Record<RefusalCode, string>> = {
  "message.empty": "It says nothing.",
  "message.placeholder_unfilled": "A placeholder is not filled in.",
  "message.too_many_attachments": "The channel takes fewer attachments.",
  "message.not_retryable": "It was sent again already.",
  "attachment.not_ready": "An attachment is no longer there.",
  "attachment.type_refused": "Files of this type are not taken.",
  "attachment.too_large": "The file is too large.",
  "message.too_long": "The text is too long for this channel.",
  "channel.ended": "This channel is no longer in use.",
  "right.missing": "Your role does not allow this.",
  "resource.not_found": "It is no longer there.",
  "version.conflict": "Somebody else changed it in the meantime.",
  "assignment.impossible": "They do not work at this property.",
  "entry.id_taken": "The server knows this answer as something else.",
  "request.too_large": "The text is too long.",
  "delivery.not_replayable": "It was processed already.",
  "request.invalid": "Something in it is not valid.",
  "contact.address_taken": "It belongs to another guest.",
  "contact.address_invalid": "There is no such number or e-mail.",
  "contact.too_many_addresses": "A guest has twenty addresses at most.",
  "contact.opted_out": "They do not want to be texted.",
  "contact.blocked": "They are blocked.",
  "consent.required": "Say how they agreed to be texted.",
  "consent.only_guest": "Only they can take it back, by texting START.",
  "field.value_invalid": "This field does not hold such a value.",
  "field.options_invalid": "A choice needs at least one option, each once.",
  "field.needed": "Every property keeps this field, or a template asks for it.",
  "template.invalid": "The template cannot be used like this.",
  "name.taken": "Something else is called that already.",
  "settings.too_many": "There are as many as there can be.",
  "property.time_zone_unknown": "There is no such time zone.",
  "agent.email_taken": "Somebody signs in with this e-mail already.",
  "agent.email_invalid": "There is no such e-mail.",
  "agent.beyond_own": "Nobody grants what they do not have.",
  "agent.last_owner": "An organization keeps at least one owner.",
  "channel.address_invalid": "There is no such number.",
  "channel.address_taken": "This number is connected already.",
  "channel.demo_only": "The demo never texts real people.",
  "channel.not_editable": "This channel has nothing to change.",
  "channel.too_many_tests": "Wait a minute before the next test.",
  "service.unavailable": "A part of Foyer does not answer.",
  "service.failed": "Something went wrong on our side.",
};

/** Why something did not work; undefined: no answer came. */
export function whyRefused(code: RefusalCode | undefined): string {
  if (code === undefined) return "No answer from the server.";
  return refusalWords[code] ?? "The server did not accept it.";
}

export const tryAgainWords = "Try again";
