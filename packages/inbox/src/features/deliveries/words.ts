import type { Delivery } from "@foyer/contract";

export const words = {
  title: "Deliveries",
  about: "What carriers brought, and what became of it.",
  filter: "Show",
  filters: {
    all: "All",
    failed: "Not processed",
    received: "Received",
    processed: "Processed",
    ignored: "Ignored",
  },
  states: {
    received: "Received",
    processed: "Processed",
    ignored: "Ignored",
    failed: "Not processed",
  } satisfies Record<Delivery["state"], string>,
  kinds: { inbound: "Message", status: "Status" } satisfies Record<Delivery["kind"], string>,
  columns: {
    state: "State",
    kind: "Kind",
    received: "Received",
    attempts: "Attempts",
    size: "Size",
    why: "Why",
    act: "Action",
  },
  replay: "Replay",
  replayed: "Processed",
  notReplayed: (why: string) => `Not processed. ${why}`,
  none: "No carrier has brought anything yet.",
  empty: "No delivery is in this state.",
  emptyAction: "Show all",
  error: "The deliveries did not load.",
  more: "Show more",
  loading: "Loading deliveries",
  openRail: "Open views",
  unknown: "It was not processed",
};

const failureWords: Record<string, string> = {
  malformed: "It could not be read",
  sender_not_an_address: "The sender's number cannot exist",
  text_too_long: "The text is too long",
  message_unknown: "It is about a message that is not ours",
  processing_failed: "Something went wrong on our side",
};

/** Why a delivery was not processed; a code that this version does not know is not shown. */
export function failureName(code: string | null): string {
  if (code === null) return "";
  return failureWords[code] ?? words.unknown;
}

/** "512 B", "4 kB" */
export function sizeWords(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${Math.round(bytes / 1000)} kB`;
}
