import type { HotelMessage, Ledger, Message } from "./ledger.ts";
import { quotes, type Reaction, type ReactionText, readReaction } from "./reactions.ts";

/** What a text says of another message. */
export interface Mark {
  readonly message: HotelMessage;
  /** Null where it takes a reaction away. */
  readonly reaction: Reaction | null;
}

/** What a text stands for, where it is a reaction to a message that the guest can see. */
export function markIn(ledger: Ledger, guest: string, hotel: string, text: string): Mark | null {
  const given = readReaction(text);
  if (given === null) return null;
  const message = ledger
    .messagesOf(guest)
    .findLast((candidate) => isShown(candidate, hotel) && isMeant(given, candidate));
  if (message?.direction !== "to_guest") return null;
  return { message, reaction: given.isTaken ? null : given.reaction };
}

/** A message of the hotel that the guest can see; undefined for any other id. */
export function shownMessage(
  ledger: Ledger,
  guest: string,
  hotel: string,
  id: string,
): HotelMessage | undefined {
  const message = ledger.message(id);
  const isOwn = message?.direction === "to_guest" && message.guest === guest;
  return isOwn && isShown(message, hotel) ? message : undefined;
}

function isShown(message: Message, hotel: string): boolean {
  const hasArrived = message.state === "delivered" || message.state === "read";
  return message.direction === "to_guest" && message.hotel === hotel && hasArrived;
}

function isMeant({ quoted }: ReactionText, { text, media }: Message): boolean {
  if (quoted === null) return text === "" && media.length > 0;
  return quotes(quoted, text);
}
