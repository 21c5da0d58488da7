/**
 * What a pure function gave before, for so many arguments. In two generations: what is used stays,
 * what was not used since the last time the younger one was full goes. Asking costs one look-up.
 * Only for what never changes and whose key may stay in memory.
 */
export class BoundedCache<Key, Value> {
  readonly #youngMax: number;
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();

  constructor(entriesMax: number) {
    this.#youngMax = Math.max(1, Math.trunc(entriesMax / 2));
  }

  /** The value of a key, made where it is not known. */
  get(key: Key, make: () => Value): Value {
    const known = this.#young.get(key);
    if (known !== undefined) return known;
    const value = this.#old.get(key) ?? make();
    if (this.#young.size >= this.#youngMax) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }
}
