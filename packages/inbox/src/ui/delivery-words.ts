import type { Delivery } from "@foyer/contract";

/** What became of what a provider brought. */
export const deliveryStates: Record<Delivery["state"], string> = {
  received: "Received",
  processed: "Processed",
  ignored: "Ignored",
  failed: "Not processed",
};

/** What a provider brings. */
export const deliveryKinds: Record<Delivery["kind"], string> = {
  inbound: "Message",
  status: "Status",
};

const failureWords: Readonly<Record<string, string>> = {
  malformed: "It could not be read",
  not_for_this_number: "It was meant for another number",
  sender_not_an_address: "The sender's number cannot exist",
  text_too_long: "The text is too long",
  message_unknown: "It is about a message that is not ours",
  processing_failed: "Something went wrong on our side",
  attachments_dropped: "It brought more attachments than are kept",
};

/**
 * Why a delivery was not processed, or not all of it; a code that this version does not know is
 * not shown.
 */
export function deliveryFailure(code: string | null): string {
  if (code === null) return "";
  return Object.hasOwn(failureWords, code) ? (failureWords[code] ?? "") : "It was not processed";
}
