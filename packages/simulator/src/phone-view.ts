import type { Ledger, Message, Phone } from "./ledger.ts";
import { guestsListedMax } from "./limits.ts";
import type { HotelSummary, PhoneMessage, PhoneSnapshot, PhoneSummary } from "./phone-wire.ts";

/** Which phone the page shows, and which hotel it texts with. */
export interface Viewpoint {
  readonly guest: string | null;
  readonly hotel: string | null;
}

/** A message as the phone shows it; `null` while it is none of the phone's business. */
export function presentMessage(message: Message): PhoneMessage | null {
  const { id, position, text, at } = message;
  if (message.direction === "from_guest") {
    const { token, state } = message;
    return { id, token, position, own: true, text, at, state };
  }
  if (message.state !== "delivered" && message.state !== "read") return null;
  return { id, token: null, position, own: false, text, at, state: "received" };
}

export function presentPhone(ledger: Ledger, phone: Phone, hotel: string | null): PhoneSummary {
  const onPhone = ledger
    .messagesOf(phone.number)
    .filter((message) => message.hotel === hotel && presentMessage(message) !== null);
  const last = onPhone.at(-1);
  const unread = onPhone.filter(isUnread).length;
  return {
    number: phone.number,
    name: phone.name,
    offline: phone.offline,
    refuses: phone.refuses,
    readReceipts: phone.readReceipts,
    unread,
    last:
      last === undefined
        ? null
        : { text: last.text, at: last.at, own: last.direction === "from_guest" },
  };
}

/** The page's whole state; falls back to the first phone and the first hotel. */
export function presentSnapshot(
  ledger: Ledger,
  hotels: readonly HotelSummary[],
  wanted: Viewpoint,
): PhoneSnapshot {
  const phones = ledger.phones();
  const guest = (phones.find(({ number }) => number === wanted.guest) ?? phones[0])?.number ?? null;
  const hotel = (hotels.find(({ number }) => number === wanted.hotel) ?? hotels[0])?.number ?? null;
  const listed = phones.filter((phone, at) => at < guestsListedMax || phone.number === guest);
  const messages = guest === null ? [] : ledger.messagesOf(guest);
  return {
    guest,
    hotel,
    hotels,
    phones: listed.map((phone) => presentPhone(ledger, phone, hotel)),
    messages: messages
      .filter((message) => message.hotel === hotel)
      .map(presentMessage)
      .filter((message) => message !== null),
  };
}

function isUnread(message: Message): boolean {
  return message.direction === "to_guest" && message.state === "delivered" && !message.seen;
}
