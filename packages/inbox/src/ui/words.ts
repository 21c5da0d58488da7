import type { RefusalCode } from "@foyer/contract";

/** What a refusal means to somebody at a front desk. One sentence each. */
const refusalWords: Partial<Record<RefusalCode, string>> = {
  "message.too_long": "The text is too long for this channel.",
  "channel.ended": "This channel is no longer in use.",
  "right.missing": "Your role does not allow this.",
  "resource.not_found": "It is no longer there.",
  "version.conflict": "Somebody else changed it in the meantime.",
  "assignment.impossible": "They do not work at this property.",
  "entry.id_taken": "The server knows this answer as something else.",
  "request.too_large": "The text is too long.",
  "delivery.not_replayable": "It was processed already.",
  "service.unavailable": "A part of Foyer does not answer.",
  "service.failed": "Something went wrong on our side.",
};

/** Why something did not work; undefined: no answer came. */
export function whyRefused(code: RefusalCode | undefined): string {
  if (code === undefined) return "No answer from the server.";
  return refusalWords[code] ?? "The server did not accept it.";
}

export const tryAgainWords = "Try again";
