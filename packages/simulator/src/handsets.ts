import type { DeliveryQueue } from "./delivery-queue.ts";
import { markIn, shownMessage } from "./guest-marks.ts";
import type { GuestTexts } from "./guest-texts.ts";
import type { HotelMessages } from "./hotel-messages.ts";
import type { GuestText, Ledger, Phone } from "./ledger.ts";
import * as limits from "./limits.ts";
import type { GivenMedia, MediaShelf } from "./media-shelf.ts";
import type { OptOuts } from "./opt-outs.ts";
import { type PastText, pastMessage } from "./past.ts";
import type { Phones } from "./phones.ts";
import type { PlayedText } from "./plays.ts";
import { type Account, CarrierRefusal } from "./protocol.ts";
import { type Reaction, reactionText } from "./reactions.ts";
import { Uploads } from "./uploads.ts";

/** What a text may have besides its words. */
export interface TextOptions {
  /** Makes the text once only, however often it is posted. */
  readonly token?: string;
  readonly media?: readonly GivenMedia[];
  /** Pictures that were uploaded before, by their ids. */
  readonly uploads?: readonly string[];
}

/** How a phone behaves; what is left out stays as it is. */
export type PhoneSwitches = Partial<Pick<Phone, "offline" | "refuses" | "readReceipts">>;

interface HandsetsOptions {
  readonly ledger: Ledger;
  readonly phones: Phones;
  readonly shelf: MediaShelf;
  readonly queue: DeliveryQueue;
  readonly texts: GuestTexts;
  readonly hotelMessages: HotelMessages;
  readonly optOuts: OptOuts;
  /** @throws CarrierRefusal for a number that no hotel has. */
  readonly accountOf: (number: string) => Account;
}

/** Everything that guests do with their phones. */
export class Handsets {
  readonly uploads: Uploads;
  readonly #options: HandsetsOptions;

  constructor(options: HandsetsOptions) {
    this.#options = options;
    this.uploads = new Uploads(options.shelf);
  }

  text(from: string, to: string, text: string, options: TextOptions): GuestText {
    const { ledger, phones, shelf, texts, accountOf } = this.#options;
    const hotel = accountOf(to);
    const { token = null, media: given = [], uploads = [] } = options;
    refuseUnsendable(text, given.length + uploads.length);
    const phone = phones.of(from);
    const known = texts.byToken(from, token);
    if (known !== undefined) return known;
    const uploaded = this.uploads.find(uploads);
    const media = [...uploaded, ...given.map((one) => shelf.keep(one))];
    const mark = media.length > 0 ? null : markIn(ledger, from, to, text);
    const isReaction = mark !== null;
    const written = texts.write(phone, hotel, { text, media, token, isReaction });
    this.uploads.sent(uploaded);
    if (mark !== null) ledger.saveMessage({ ...mark.message, reaction: mark.reaction });
    return written;
  }

  react(guest: string, hotel: string, messageId: string, reaction: Reaction | null): void {
    const { ledger, phones, texts, accountOf } = this.#options;
    const message = shownMessage(ledger, guest, hotel, messageId);
    if (message === undefined) throw new CarrierRefusal("not_found", "No such message.");
    const meant = reaction ?? message.reaction;
    if (meant === null || reaction === message.reaction) return;
    const quoted = message.text === "" ? null : message.text;
    const given = { reaction: meant, isTaken: reaction === null, quoted };
    const text = reactionText(given, limits.textCharsMax);
    const written = { text, media: [], token: null, isReaction: true };
    texts.write(phones.of(guest), accountOf(hotel), written);
    ledger.saveMessage({ ...message, reaction });
  }

  remember(past: readonly PastText[]): void {
    const { ledger, phones, shelf, optOuts } = this.#options;
    for (const said of past) {
      const { guest, hotel, text } = said;
      phones.of(guest);
      const media = (said.media ?? []).map((given) => shelf.keep(given));
      const mark = said.from === "guest" ? markIn(ledger, guest, hotel, text) : null;
      const message = pastMessage(said, ledger.nextPosition(), media, mark !== null);
      ledger.saveMessage(message);
      if (mark !== null) ledger.saveMessage({ ...mark.message, reaction: mark.reaction });
      if (message.direction === "from_guest") optOuts.hear(message);
    }
  }

  /** A text as a play has it. */
  play({ from, to, name, text, media = [] }: PlayedText): void {
    const { ledger, phones } = this.#options;
    if (name !== undefined && ledger.phone(from) === undefined) {
      phones.introduce({ number: from, name });
    }
    this.text(from, to, text, { media });
  }

  switch(number: string, switches: PhoneSwitches): Phone {
    const { ledger, phones, texts, hotelMessages } = this.#options;
    const phone = { ...phones.of(number), ...switches };
    ledger.savePhone(phone);
    if (!phone.offline) {
      texts.sendWaiting(number);
      hotelMessages.deliverWaiting(number);
    }
    return phone;
  }

  markSeen(guest: string, hotel: string): void {
    const phone = this.#options.phones.of(guest);
    this.#options.hotelMessages.markSeen(phone, hotel);
    this.#options.ledger.announce({ kind: "phone", phone });
  }

  retry(guest: string, hotel: string): void {
    this.#options.texts.sendAgain(guest, hotel);
    this.#options.queue.hurry(hotel, guest);
  }
}

function refuseUnsendable(text: string, media: number): void {
  const isSomething = text !== "" || media > 0;
  const isWithin = text.length <= limits.textCharsMax && media <= limits.mediaPerMessageMax;
  if (isSomething && isWithin) return;
  const most = `${limits.textCharsMax} letters and ${limits.mediaPerMessageMax} pictures`;
  throw new CarrierRefusal("invalid_request", `A text has 1 to ${most}.`);
}
