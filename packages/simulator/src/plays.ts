import type { Clock } from "./clock.ts";
import * as limits from "./limits.ts";
import type { GivenMedia } from "./media-shelf.ts";
import { CarrierRefusal } from "./protocol.ts";

/** A text that a guest will write. */
export interface PlayedText {
  /** From the beginning of the play, integer ms. */
  readonly afterMs: number;
  /** The guest's number, from a range reserved for fiction. */
  readonly from: string;
  /** What the phone calls its guest, where it does not know yet. */
  readonly name?: string;
  /** The hotel's number. */
  readonly to: string;
  readonly text: string;
  readonly media?: readonly GivenMedia[];
}

/** Guests who write by themselves, as they would from their phones. */
export interface Play {
  readonly total: number;
  /** Texts whose time has come. */
  readonly played: number;
  /** Those of them that the carrier did not take. */
  readonly refused: number;
  /** Resolves when the last has been written, or with the cancelling. */
  readonly ended: Promise<"played" | "cancelled">;
  /** Nothing more is written; what was written goes its way. Cancelling twice is fine. */
  cancel(): void;
}

/** Plays that are going on, each with its timers on the carrier's clock. */
export class Plays {
  readonly #clock: Clock;
  readonly #write: (text: PlayedText) => void;
  readonly #going = new Set<Play>();

  /** @param write Throws CarrierRefusal for what the carrier does not take. */
  constructor(clock: Clock, write: (text: PlayedText) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  /** @throws CarrierRefusal for too many texts, too many plays, or times beyond an hour. */
  start(texts: readonly PlayedText[]): Play {
    this.#refuse(texts);
    const timers = new Set<() => void>();
    const { promise, resolve } = Promise.withResolvers<"played" | "cancelled">();
    const count = { played: 0, refused: 0 };
    const end = (how: "played" | "cancelled") => {
      for (const cancel of timers) cancel();
      this.#going.delete(play);
      resolve(how);
    };
    const play: Play = {
      total: texts.length,
      get played() {
        return count.played;
      },
      get refused() {
        return count.refused;
      },
      ended: promise,
      cancel: () => end("cancelled"),
    };
    this.#going.add(play);
    for (const text of texts.toSorted((one, other) => one.afterMs - other.afterMs)) {
      const speak = () => {
        count.played += 1;
        if (!this.#speak(text)) count.refused += 1;
        if (count.played === texts.length) end("played");
      };
      timers.add(this.#clock.after(text.afterMs, speak));
    }
    if (texts.length === 0) end("played");
    return play;
  }

  close(): void {
    for (const play of [...this.#going]) play.cancel();
  }

  #refuse(texts: readonly PlayedText[]): void {
    const isTimely = ({ afterMs }: PlayedText) => afterMs >= 0 && afterMs <= limits.playAfterMsMax;
    if (texts.length > limits.playTextsMax || !texts.every(isTimely)) {
      const most = `${limits.playTextsMax} texts within ${limits.playAfterMsMax} ms`;
      throw new CarrierRefusal("invalid_request", `A play has at most ${most}.`);
    }
    if (this.#going.size >= limits.playsMax) {
      throw new CarrierRefusal("queue_full", `At most ${limits.playsMax} plays at a time.`);
    }
  }

  /** One text that is not taken does not end the evening. */
  #speak(text: PlayedText): boolean {
    try {
      this.#write(text);
      return true;
    } catch (error) {
      if (error instanceof CarrierRefusal) return false;
      throw error;
    }
  }
}
