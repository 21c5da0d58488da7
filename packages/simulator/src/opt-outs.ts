import { randomUUID } from "node:crypto";
import { automaticAnswer, keywordIn } from "./keywords.ts";
import type { GuestText, Ledger } from "./ledger.ts";

/**
 * What the carrier does at its edge about STOP, START and HELP. The hotel gets the text as any
 * other; the answer comes of the carrier, and the hotel never hears of it.
 */
export class OptOuts {
  readonly #ledger: Ledger;
  readonly #hotelName: (number: string) => string;

  constructor(ledger: Ledger, hotelName: (number: string) => string) {
    this.#ledger = ledger;
    this.#hotelName = hotelName;
  }

  /** A word that changes nothing is not answered: YES, to whoever stopped nothing, is a yes. */
  hear({ text, media, guest, hotel, at }: GuestText): void {
    const keyword = media.length === 0 ? keywordIn(text) : null;
    const phone = this.#ledger.phone(guest);
    if (keyword === null || phone === undefined) return;
    const others = phone.stopped.filter((number) => number !== hotel);
    const isStopped = others.length < phone.stopped.length;
    if (keyword === "start" ? !isStopped : isStopped) return;
    if (keyword === "stop") this.#ledger.savePhone({ ...phone, stopped: [...others, hotel] });
    if (keyword === "start") this.#ledger.savePhone({ ...phone, stopped: others });
    this.#ledger.saveMessage({
      id: randomUUID(),
      position: this.#ledger.nextPosition(),
      hotel,
      guest,
      text: automaticAnswer(keyword, this.#hotelName(hotel)),
      media: [],
      at,
      direction: "from_carrier",
      state: "delivered",
    });
  }
}
