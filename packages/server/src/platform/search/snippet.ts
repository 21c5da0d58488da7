import { graphemeEnd, graphemeStart } from "./grapheme.ts";
import type { TextRange } from "./matching.ts";

export interface Snippet {
  readonly text: string;
  /** The ranges that lie in the snippet, with offsets into its text. */
  readonly ranges: readonly TextRange[];
  /** Whether something of the original was left out before or after it. */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

/** How much of a snippet may stand before what is highlighted first. */
const leadShare = 0.25;
/** How far a cut may move to fall between two words, as a share of the snippet. */
const wordSearchShare = 0.1;

/**
 * A part of a text around its first highlights, no longer than `maxCharacters` UTF-16 code units.
 * It starts and ends between graphemes, so no emoji or accented letter is cut, and where it can
 * between words.
 *
 * @param ranges highlights in order, as `matchFields` gives them
 */
export function snippet(
  text: string,
  ranges: readonly TextRange[],
  maxCharacters: number,
): Snippet {
  const { start, end } = boundsOf(text, ranges[0], maxCharacters);
  return {
    text: text.slice(start, end),
    ranges: ranges
      .filter((range) => range.start >= start && range.end <= end)
      .map((range) => ({ start: range.start - start, end: range.end - start })),
    isCutBefore: start > 0,
    isCutAfter: end < text.length,
  };
}

function boundsOf(text: string, first: TextRange | undefined, max: number): TextRange {
  if (text.length <= max) return { start: 0, end: text.length };
  const room = Math.max(0, max - ((first?.end ?? 0) - (first?.start ?? 0)));
  const lead = Math.min(Math.floor(max * leadShare), room);
  const wanted = Math.min((first?.start ?? 0) - lead, text.length - max);
  const start = wanted <= 0 ? 0 : startAt(text, wanted, first?.start ?? text.length, max);
  const end = Math.min(start + max, text.length);
  return { start, end: end === text.length ? end : endAt(text, end, start, first?.end ?? 0, max) };
}

/** The first good place to start at or after `wanted`, not beyond `limit`. */
function startAt(text: string, wanted: number, limit: number, max: number): number {
  const reach = Math.min(limit, wanted + Math.ceil(max * wordSearchShare));
  for (let at = wanted; at <= reach; at++) {
    if (isSpace(text[at - 1]) && !isSpace(text[at]) && isBoundary(text, at)) return at;
  }
  return graphemeEnd(text, wanted);
}

/** The last good place to end at or before `wanted`, not before what is highlighted ends. */
function endAt(text: string, wanted: number, start: number, limit: number, max: number): number {
  const reach = Math.max(limit, start + 1, wanted - Math.ceil(max * wordSearchShare));
  for (let at = wanted; at >= reach; at--) {
    if (isSpace(text[at]) && !isSpace(text[at - 1]) && isBoundary(text, at)) return at;
  }
  return Math.max(start, graphemeStart(text, wanted));
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}

function isBoundary(text: string, at: number): boolean {
  return graphemeStart(text, at) === at;
}
