import type { Carrier } from "@foyer/simulator";
import type { Chance } from "./random.ts";

const guestsCount = 10;
const textsAtOnceMax = 4;
const waitingPerGuestMax = 12;

/** Guests who text the hotel, and what each of them wrote, in order. */
export class Guests {
  readonly written = new Map<string, string[]>();
  readonly #carrier: Carrier;
  readonly #chance: Chance;
  #count = 0;

  constructor(carrier: Carrier, chance: Chance) {
    this.#carrier = carrier;
    this.#chance = chance;
    for (let guest = 0; guest < guestsCount; guest += 1) {
      this.written.set(carrier.addGuest("GB", "Guest").number, []);
    }
  }

  /** Somebody sends a few texts in a row; not more than a patient person would. */
  text(hotel: string): void {
    const [number, texts] = this.#chance.pick([...this.written]);
    const states = this.#carrier.messagesOf(number);
    const waiting = states.filter(
      ({ direction, state }) => direction === "from_guest" && state !== "delivered",
    );
    if (waiting.length >= waitingPerGuestMax) return;
    for (let more = 0; more <= this.#chance.below(textsAtOnceMax); more += 1) {
      this.#count += 1;
      // No word is the beginning of another: each is found by itself.
      const text = `Text number marlin${String(this.#count).padStart(6, "0")} from me`;
      this.#carrier.text(number, hotel, text);
      texts.push(text);
    }
  }
}
