/**
 * What a pure function gave before, for so many arguments: the least recently used goes first.
 * Only for what never changes and whose key may stay in memory.
 */
export class BoundedCache<Key, Value> {
  readonly #values = new Map<Key, Value>();
  readonly #entriesMax: number;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  /** The value of a key, made where it is not known. */
  get(key: Key, make: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) {
      this.#values.delete(key);
      this.#values.set(key, known);
      return known;
    }
    const made = make();
    this.#values.set(key, made);
    if (this.#values.size > this.#entriesMax) this.#dropOldest();
    return made;
  }

  get size(): number {
    return this.#values.size;
  }

  #dropOldest(): void {
    const [oldest] = this.#values.keys();
    this.#values.delete(oldest as Key);
  }
}
