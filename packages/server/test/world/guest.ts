import type { Hotel } from "./hotel.ts";
import type { World } from "./world.ts";

/** A guest with a phone, known to the hotel by nothing but the number. */
export class Guest {
  /** E.164, of a range reserved for fiction. */
  readonly number: string;
  readonly hotel: Hotel;
  readonly #world: World;

  constructor(world: World, hotel: Hotel, number: string) {
    this.#world = world;
    this.hotel = hotel;
    this.number = number;
  }

  /** Texts the hotel and waits until all that follows from it has happened. */
  async texts(text: string): Promise<void> {
    this.sends(text);
    await this.#world.settle();
  }

  /** Texts the hotel and waits for nothing. */
  sends(text: string): void {
    this.#world.log.keepOut(text);
    this.#world.carrier.text(this.number, this.hotel.number, text);
  }

  /** What the hotel's messages on this phone say, in order. */
  get received(): readonly string[] {
    const messages = this.#world.carrier.messagesOf(this.number);
    return messages.filter(({ direction }) => direction === "to_guest").map(({ text }) => text);
  }

  /** Looks at the hotel's messages: the carrier reports them as read. */
  async reads(): Promise<void> {
    this.#world.carrier.switchPhone(this.number, { readReceipts: true });
    this.#world.carrier.markSeen(this.number, this.hotel.number);
    await this.#world.settle();
  }
}
