import { BoundedCache } from "../bounded-cache.ts";
import { fold, foldWithUmlautsSpelled } from "./fold.ts";

/** One unit of meaning in a text. Offsets count UTF-16 code units in the original text. */
export interface Token {
  /** `sign` is one character of a script that is written without spaces between words. */
  readonly kind: "word" | "digits" | "sign";
  readonly start: number;
  readonly end: number;
  /** Folded spellings under which it can be found; the first is the whole as it stands. */
  readonly forms: readonly string[];
  /** What stems are made of, accents kept. Empty for what has no stem. */
  readonly stemSources: readonly string[];
}

const words = new Intl.Segmenter("und", { granularity: "word" });
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

const formsPerTokenMax = 5;
/** Longer "words" are not said twice. */
const shapeCharactersMax = 40;
const apostrophe = /['\u2019\u02bc\uff07\u2018\u00b4`]/gu;
const wordPiece = /[\p{L}\p{M}\p{N}\p{Cf}'\u2019\u02bc\uff07]+/gu;
const zeroWidth = /^[\u00ad\u180e\u200b-\u200d\u2060\ufeff]*$/;
const digitsOnly = /^[0-9]+$/;
const spacelessScripts = "Han Hiragana Katakana Hangul Thai Lao Khmer Myanmar"
  .split(" ")
  .map((script) => `\\p{Script=${script}}`);
/** With the mark that lengthens a vowel in kana. */
const spaceless = new RegExp(`[${spacelessScripts.join("")}\u30fc\uff70]`, "u");
const digit = /\p{Nd}/u;

interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * Splits text into tokens, in order (word boundaries of Unicode UAX #29). Where a script has no
 * spaces, every character becomes a token and order does the rest: a dictionary would cut the same
 * word differently in another sentence, or in another version of ICU.
 */
export function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const piece of pieces(text)) {
    const raw = text.slice(piece.start, piece.end);
    if (spaceless.test(raw)) addSigns(tokens, raw, piece.start);
    else addToken(tokens, raw, piece.start);
  }
  return tokens;
}

/** Whether nothing that can be seen stands between two tokens. */
export function touch(text: string, left: Token, right: Token): boolean {
  return zeroWidth.test(text.slice(left.end, right.start));
}

/** Word-like stretches of the text. */
function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  for (const segment of words.segment(text)) {
    if (!segment.isWordLike) continue;
    for (const part of segment.segment.matchAll(wordPiece)) {
      const start = segment.index + part.index;
      const end = start + part[0].length;
      const last = found.at(-1);
      if (last && continuesPiece(text, last, start)) {
        found[found.length - 1] = { start: last.start, end };
      } else {
        found.push({ start, end });
      }
    }
  }
  return found;
}

/** A zero-width character inside a word does not end it, nor does a dictionary's cut. */
function continuesPiece(text: string, last: Piece, start: number): boolean {
  if (start > last.end) return zeroWidth.test(text.slice(last.end, start));
  return spaceless.test(text.charAt(start - 1)) && spaceless.test(text.charAt(start));
}

function addSigns(tokens: Token[], raw: string, offset: number): void {
  let word = "";
  let wordStart = 0;
  for (const { segment, index } of graphemes.segment(raw)) {
    const isSign = spaceless.test(segment) && !digit.test(segment);
    if (!isSign) {
      if (word === "") wordStart = index;
      word += segment;
      continue;
    }
    addToken(tokens, word, offset + wordStart);
    word = "";
    const start = offset + index;
    const form = fold(segment);
    if (form === "") continue;
    tokens.push({
      kind: "sign",
      start,
      end: start + segment.length,
      forms: [form],
      stemSources: [],
    });
  }
  addToken(tokens, word, offset + wordStart);
}

/** What a token is, wherever it stands. The same letters give the same object. */
type Shape = Omit<Token, "start" | "end">;

/** A language's everyday words are some thousands; folding one costs more than finding it. */
const shapesKnown = new BoundedCache<string, Shape | null>(20_000);

function addToken(tokens: Token[], raw: string, start: number): void {
  const known = raw.length <= shapeCharactersMax;
  const shape = known ? shapesKnown.get(raw, () => shapeOf(raw)) : shapeOf(raw);
  if (shape) tokens.push({ ...shape, start, end: start + raw.length });
}

/** Null for what has no letters or digits of its own. */
function shapeOf(raw: string): Shape | null {
  const parts = raw.split(apostrophe).filter((part) => fold(part) !== "");
  if (parts.length === 0) return null;
  const whole = parts.join("");
  const folded = fold(whole);
  if (digitsOnly.test(folded)) return { kind: "digits", forms: [folded], stemSources: [] };
  const stemSources = parts.length === 1 ? [whole] : [whole, ...parts.filter(isMoreThanALetter)];
  const forms = new Set([folded, ...stemSources.map(fold), foldWithUmlautsSpelled(whole)]);
  return {
    kind: "word",
    forms: [...forms].slice(0, formsPerTokenMax),
    stemSources: stemSources.slice(0, formsPerTokenMax),
  };
}

/** In "l'hôtel" and "guest's" the letter that stands alone is no word to look for. */
function isMoreThanALetter(part: string): boolean {
  return fold(part).length > 1;
}
