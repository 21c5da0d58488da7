import type { Clock } from "../../src/platform/clock.ts";

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Where every World begins: 2027-01-15, a Friday, 08:00 UTC. */
export const worldStartsAt = 1_800_000_000_000;

/** A clock that stands still until a test moves it. Serves the server and the carrier alike. */
export class FakeClock implements Clock {
  #now: number;
  #monotonic = 0;
  readonly #timers = new Set<Timer>();

  constructor(startsAt = worldStartsAt) {
    this.#now = startsAt;
  }

  readonly now = (): number => this.#now;

  readonly monotonic = (): number => this.#monotonic;

  /** Runs `run` once the clock has moved on by `delayMs`; the answer cancels it. */
  readonly after = (delayMs: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + Math.max(0, delayMs), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** When the next timer is due; undefined when none is set. */
  get nextTimerAt(): number | undefined {
    const instants = [...this.#timers].map(({ at }) => at);
    return instants.length === 0 ? undefined : Math.min(...instants);
  }

  /** Moves both clocks on to an instant and runs what has fallen due, in its order. */
  moveTo(instant: number): void {
    this.#monotonic += Math.max(0, instant - this.#now);
    this.#now = Math.max(this.#now, instant);
    const due = [...this.#timers].filter(({ at }) => at <= this.#now);
    for (const timer of due.sort((one, other) => one.at - other.at)) {
      if (this.#timers.delete(timer)) timer.run();
    }
  }

  /** Sets the wall clock alone, as somebody with the right to may do, forward or back. */
  setWallClock(instant: number): void {
    this.#now = instant;
  }
}
