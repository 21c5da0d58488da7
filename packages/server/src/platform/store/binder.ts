import { idToBytes, isId } from "../ids.ts";

/** What may be bound to a statement. No boolean, no Date, no undefined: drivers guess at those. */
export type Bindable = string | number | Uint8Array | null;

const wordPattern = /^[a-z][a-z0-9_.-]{0,63}$/;

/**
 * The strict binder. A string is either an id, bound as its 16 bytes, or a code word of ours;
 * anything that a person wrote must have been sealed or hashed into bytes before it gets here.
 * So plaintext does not reach a table by accident: it cannot be bound.
 *
 * @throws Error naming the statement and the parameter, never the value.
 */
export function bind(value: unknown, statement: string, parameter: string): Bindable {
  if (value === null) return null;
  if (typeof value === "number") return integerOf(value, statement, parameter);
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") {
    if (isId(value)) return idToBytes(value);
    if (wordPattern.test(value)) return value;
  }
  throw new Error(`${statement} was given something for ${parameter} that cannot be bound`);
}

function integerOf(value: number, statement: string, parameter: string): number {
  if (Number.isSafeInteger(value)) return value;
  throw new Error(`${statement} was given a number for ${parameter} that is not an integer`);
}
