import { randomUUID } from "node:crypto";
import type { Message } from "./ledger.ts";
import type { GivenMedia, MediaItem } from "./media-shelf.ts";

/** Something that was said before the carrier came to be; oldest first. */
export interface PastText {
  /** E.164 numbers, from ranges reserved for fiction. */
  readonly guest: string;
  readonly hotel: string;
  readonly from: "guest" | "hotel";
  readonly text: string;
  readonly media?: readonly GivenMedia[];
  /** Integer ms, UTC. */
  readonly at: number;
}

/** A past text as the ledger keeps it: arrived, seen, and nothing left to do. */
export function pastMessage(
  past: PastText,
  position: number,
  media: readonly MediaItem[],
  isReaction: boolean,
): Message {
  const { guest, hotel, text, at } = past;
  const common = { id: randomUUID(), position, guest, hotel, text, media, at };
  if (past.from === "guest") {
    return { ...common, direction: "from_guest", token: null, isReaction, state: "delivered" };
  }
  return {
    ...common,
    direction: "to_guest",
    reference: common.id,
    acceptedAt: at,
    state: "read",
    error: null,
    seen: true,
    reversed: false,
    links: [],
    reaction: null,
  };
}
