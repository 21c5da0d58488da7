import type { Clock } from "../src/clock.ts";

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves on, running what falls due in its order and letting its consequences happen. */
  advance(ms: number): Promise<void>;
  /** Moves from timer to timer until the promise has settled. */
  runUntil<Value>(promise: Promise<Value>): Promise<Value>;
}

const turnsMax = 10_000;

export function manualClock(start = 1_800_000_000_000): ManualClock {
  let now = start;
  const timers = new Set<Timer>();
  const next = () => [...timers].sort((one, other) => one.at - other.at)[0];
  const fire = (timer: Timer) => {
    timers.delete(timer);
    now = Math.max(now, timer.at);
    timer.run();
  };
  return {
    now: () => now,
    after(delayMs, run) {
      const timer = { at: now + Math.max(0, delayMs), run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const end = now + ms;
      await turn();
      for (let timer = next(); timer !== undefined && timer.at <= end; timer = next()) {
        fire(timer);
        await turn();
      }
      now = end;
    },
    async runUntil(promise) {
      let isOver = false;
      const end = () => {
        isOver = true;
      };
      promise.then(end, end);
      for (let turns = 0; turns < turnsMax; turns += 1) {
        await turn();
        if (isOver) return promise;
        const timer = next();
        if (timer !== undefined) fire(timer);
      }
      throw new Error("The clock ran on without an end.");
    },
  };
}

/** Lets everything happen that needs no time. */
async function turn(): Promise<void> {
  for (let times = 0; times < 4; times += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
