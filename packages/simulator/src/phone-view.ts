import type { Ledger, Message, Phone } from "./ledger.ts";
import { guestsListedMax } from "./limits.ts";
import type { MediaItem } from "./media-shelf.ts";
import { isFictionalNumber } from "./numbers.ts";
import type {
  HotelSummary,
  PhoneMedia,
  PhoneMessage,
  PhoneSnapshot,
  PhoneSummary,
} from "./phone-wire.ts";
import { newPhone } from "./phones.ts";

/** Which phone the page shows, and which hotel it texts with. */
export interface Viewpoint {
  readonly guest: string | null;
  readonly hotel: string | null;
}

/** A message as the phone shows it; `null` while it is none of the phone's business. */
export function presentMessage(message: Message): PhoneMessage | null {
  const { id, position, text, at } = message;
  const media = message.media.map(presentMedia);
  const common = { id, token: null, position, text, media, reaction: null, automatic: false, at };
  if (message.direction === "from_guest") {
    if (message.isReaction) return null;
    return { ...common, token: message.token, own: true, state: message.state };
  }
  const received = { ...common, own: false, state: "received" } as const;
  if (message.direction === "from_carrier") return { ...received, automatic: true };
  if (message.state !== "delivered" && message.state !== "read") return null;
  return { ...received, reaction: message.reaction };
}

function presentMedia({ id, kind, name, bytes, width, height, card }: MediaItem): PhoneMedia {
  return { id, kind, name, bytes, width, height, card };
}

export function presentPhone(ledger: Ledger, phone: Phone, hotel: string | null): PhoneSummary {
  const onPhone = ledger
    .messagesOf(phone.number)
    .filter((message) => message.hotel === hotel && presentMessage(message) !== null);
  const last = onPhone.at(-1);
  return {
    number: phone.number,
    name: phone.name,
    offline: phone.offline,
    refuses: phone.refuses,
    readReceipts: phone.readReceipts,
    stopped: hotel !== null && phone.stopped.includes(hotel),
    unread: onPhone.filter(isUnread).length,
    last: last === undefined ? null : presentLast(last),
  };
}

function presentLast({ text, media, at, direction }: Message): PhoneSummary["last"] {
  const kind = text === "" ? (media[0]?.kind ?? null) : null;
  return { text, media: kind, at, own: direction === "from_guest" };
}

/** The page's whole state; falls back to the newest phone and to the first hotel. */
export function presentSnapshot(
  ledger: Ledger,
  hotels: readonly HotelSummary[],
  wanted: Viewpoint,
): PhoneSnapshot {
  const hotel = (hotels.find(({ number }) => number === wanted.hotel) ?? hotels[0])?.number ?? null;
  const known = ledger.phones().map((phone) => presentPhone(ledger, phone, hotel));
  const phones = known.sort((one, other) => (other.last?.at ?? 0) - (one.last?.at ?? 0));
  const unused = unusedPhone(ledger, wanted.guest);
  if (unused !== undefined) phones.push(presentPhone(ledger, unused, hotel));
  const guest = wanted.guest ?? phones[0]?.number ?? null;
  const isThere = phones.some(({ number }) => number === guest);
  const messages = guest === null ? [] : ledger.messagesOf(guest);
  return {
    guest: isThere ? guest : null,
    hotel,
    hotels,
    phones: phones.filter(({ number }, at) => at < guestsListedMax || number === guest),
    messages: messages
      .filter((message) => message.hotel === hotel)
      .map(presentMessage)
      .filter((message) => message !== null),
  };
}

/** A number of fiction that nobody has used yet: looking at its phone does not make it one. */
function unusedPhone(ledger: Ledger, number: string | null): Phone | undefined {
  if (number === null || ledger.phone(number) !== undefined) return undefined;
  return isFictionalNumber(number) ? newPhone(number) : undefined;
}

function isUnread(message: Message): boolean {
  return message.direction === "to_guest" && message.state === "delivered" && !message.seen;
}
