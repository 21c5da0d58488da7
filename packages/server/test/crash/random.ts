/** Repeatable chance: the same seed gives the same choices. */
export interface Chance {
  /** An integer from 0 to below `end`. */
  below(end: number): number;
  happens(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/** Mulberry32, by Tommy Ettinger: small, and good enough to choose moments. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    below,
    happens: (probability) => next() < probability,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("There is nothing to choose from");
      return item;
    },
  };
}

/** The seed that was asked for, or a new one: whoever runs a test prints it. */
export function seedOf(environment: NodeJS.ProcessEnv): number {
  return Number(environment["FOYER_TEST_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
}
