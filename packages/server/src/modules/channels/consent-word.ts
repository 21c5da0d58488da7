import type { ConsentWord } from "../../platform/scope/index.ts";

const words = new Map<string, ConsentWord>([
  ["stop", "stop"],
  ["stopall", "stop"],
  ["unsubscribe", "stop"],
  ["cancel", "stop"],
  ["end", "stop"],
  ["quit", "stop"],
  ["start", "start"],
  ["unstop", "start"],
  ["yes", "yes"],
  ["help", "help"],
  ["info", "help"],
]);

/** No word is longer, so a longer text need not be looked at. */
const wordCharactersMax = 40;

/**
 * What people set around the one word that they were told to send: quotes, a full stop, an
 * exclamation mark, what cannot be seen. A question mark makes it a question.
 */
const around = /^[\s\p{Cf}"'“”„‘’«».!]+|[\s\p{Cf}"'“”„‘’«».!]+$/gu;

/** The consent word that a text message is, if it is exactly one and nothing else. */
export function consentWordOf(text: string): ConsentWord | null {
  if (text.length > wordCharactersMax) return null;
  const word = text.normalize("NFKC").replace(around, "").toLowerCase();
  return words.get(word) ?? null;
}
