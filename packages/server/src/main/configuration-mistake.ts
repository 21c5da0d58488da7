/** One thing that is wrong with the configuration, in words for whoever has to mend it. */
export interface Mistake {
  /** Where it stands: a variable's name, or a key and its file. */
  readonly where: string;
  /** What is wrong; completes a sentence that begins with `where`. Never holds a secret. */
  readonly says: string;
  /** What to do about it, a sentence. */
  readonly mend: string;
}

const shownCharactersMax = 60;

/** A value as a mistake may quote it: bounded, and with nothing in it that a terminal obeys. */
export function quoteValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  const short = text.length > shownCharactersMax ? `${text.slice(0, shownCharactersMax)}…` : text;
  return short.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "·");
}

/** All mistakes at once, one below the other, as a terminal shows them. */
export function describeMistakes(mistakes: readonly Mistake[]): string {
  const count = mistakes.length === 1 ? "one mistake" : `${mistakes.length} mistakes`;
  const lines = mistakes.map(({ where, says, mend }) => `  ${where} ${says}.\n    ${mend}`);
  return [`The configuration has ${count}:`, ...lines].join("\n");
}
