import { addressTokens, compoundsOf, digitSuffixes } from "./compounds.ts";
import { guessLanguages, isStopWord, type Language, languages } from "./stop-words.ts";
import { type Token, tokenise } from "./tokenise.ts";

/**
 * A piece of content that can be searched. Whatever `language` is given when it is indexed must be
 * given again when a candidate is checked; without one it is guessed from the text, always alike.
 */
export type SearchableField =
  | { readonly kind: "text"; readonly text: string; readonly language?: Language }
  | { readonly kind: "name" | "phone" | "email"; readonly text: string };

/** A field taken apart: the common ground of what is indexed and what is matched. */
export interface TokenisedField {
  /** In the order of the text. */
  readonly tokens: readonly Token[];
  /** Further tokens that span some of the above. */
  readonly compounds: readonly Token[];
  /** The languages in which its words are reduced to stems. */
  readonly stemLanguages: readonly Language[];
  /** Whether a folded word is left out of the index here. */
  readonly isDropped: (folded: string) => boolean;
}

/** Only so much of a text is searchable, in UTF-16 code units (at most 48 KiB of UTF-8). */
export const searchableCharactersMax = 16_384;

/**
 * Up to so many words, a text without a single stop word ("towels 412") is too short to tell the
 * language, and is reduced in all of them. Beyond, it is in none of them.
 */
const undecidedWordsMax = 24;

/** Takes a field apart by its kind. */
export function tokeniseField(field: SearchableField): TokenisedField {
  const text = searchablePart(field.text);
  if (field.kind === "phone") return plainField([], [phoneToken(text)].filter(hasForm));
  const tokens = tokenise(text);
  if (field.kind === "email") return plainField(tokens, emailCompounds(text));
  const compounds = compoundsOf(text, tokens);
  if (field.kind === "text") return textField(tokens, compounds, field.language);
  return plainField(tokens, compounds);
}

function textField(
  tokens: readonly Token[],
  compounds: readonly Token[],
  given: Language | undefined,
): TokenisedField {
  const spoken = given ? [given] : guessLanguages(wordForms(tokens));
  const isUndecided = spoken.length === 0;
  const isShort = tokens.length <= undecidedWordsMax;
  return {
    tokens,
    compounds,
    stemLanguages: isUndecided && isShort ? languages : spoken,
    isDropped: (folded) => !isUndecided && spoken.every((language) => isStopWord(folded, language)),
  };
}

/** Names are kept whole: "Will" is nobody's auxiliary verb, and "Baker" does not bake. */
function plainField(tokens: readonly Token[], compounds: readonly Token[]): TokenisedField {
  return { tokens, compounds, stemLanguages: [], isDropped: () => false };
}

function phoneToken(text: string): Token {
  const digits = text.replace(/[^0-9]/g, "");
  const forms = digits === "" ? [] : digitSuffixes(digits);
  return { kind: "digits", start: 0, end: text.length, forms, stemSources: [] };
}

function emailCompounds(text: string): readonly Token[] {
  const at = text.lastIndexOf("@");
  if (at < 1 || at === text.length - 1) return [];
  const local = text.slice(0, at);
  return addressTokens({ start: 0, end: text.length, local, domain: text.slice(at + 1) });
}

function searchablePart(text: string): string {
  if (text.length <= searchableCharactersMax) return text;
  const cutsPair = (text.codePointAt(searchableCharactersMax - 1) ?? 0) > 0xffff;
  return text.slice(0, searchableCharactersMax - (cutsPair ? 1 : 0));
}

function* wordForms(tokens: readonly Token[]): Generator<string> {
  for (const token of tokens) {
    if (token.kind === "word") yield* token.forms.slice(0, 1);
  }
}

function hasForm(token: Token): boolean {
  return token.forms.length > 0;
}
