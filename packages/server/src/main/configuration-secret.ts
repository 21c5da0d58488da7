import { inspect } from "node:util";

/** What a secret looks like wherever somebody prints it. */
export const secretMask = "[secret]";

/**
 * A value that must not be seen by accident: printed, logged, put in a template string or turned
 * into JSON it reads `[secret]`. Whoever needs it says so with `reveal()`, which is easy to find.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself: hand it straight to what needs it, and keep no copy. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return secretMask;
  }

  toJSON(): string {
    return secretMask;
  }

  [inspect.custom](): string {
    return secretMask;
  }
}
