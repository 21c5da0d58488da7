import { prefixCharactersMin } from "./analysis.ts";
import { type SearchableField, type TokenisedField, tokeniseField } from "./field.ts";
import { codePointCount, firstCodePoints } from "./fold.ts";
import { graphemeEnd, graphemeStart } from "./grapheme.ts";
import { phraseStarts } from "./phrase.ts";
import type { QueryStep, QueryUnit, SearchQuery } from "./query.ts";
import { mayHaveStem, stemsOf } from "./stem.ts";
import { type Token, touch } from "./tokenise.ts";

/** A stretch of the original text, in UTF-16 code units; `end` is the first one after it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface Match {
  /** Larger is better; comparable within one query. */
  readonly score: number;
  /** For each field, in the order given, what to highlight: in order, not overlapping. */
  readonly highlights: readonly (readonly TextRange[])[];
}

/** What one place in the text is worth for what was looked for. */
const worth = { whole: 1, stem: 0.8, prefix: 0.4, prefixLength: 0.3, phrase: 1.5 } as const;
const optionalShare = 0.25;
const neighboursBonus = 0.25;
const rangesPerFieldMax = 100;

/**
 * Decides whether a decrypted candidate truly answers a query, and how well. It alone has the last
 * word: the engine's hashes may collide, and know nothing of order.
 *
 * @returns null when a required part of the query is in none of the fields
 */
export function matchFields(fields: readonly SearchableField[], query: SearchQuery): Match | null {
  if (query.allOf.length === 0) return null;
  const readers = fields.map((field) => new FieldReader(field));
  const found = query.units.map((unit) => readers.map((reader) => reader.find(unit)));
  const isMissing = query.units.some(
    (unit, at) => unit.isRequired && found[at]?.every((places) => places.length === 0),
  );
  if (isMissing) return null;
  const highlights = fields.map(({ text }, at) =>
    mergeRanges(
      text,
      found.flatMap((places) => places[at] ?? []),
    ),
  );
  return { score: scoreOf(query.units, found), highlights };
}

/** Best first: by score, then the newest, then by id so that the order is always the same. */
export function rank<Hit extends { score: number; at: number; subjectId: string }>(
  hits: readonly Hit[],
): Hit[] {
  return [...hits].sort(
    (a, b) => b.score - a.score || b.at - a.at || (a.subjectId < b.subjectId ? -1 : 1),
  );
}

/** Where a unit was found, by place in the text and in the list of tokens. */
interface Place extends TextRange {
  readonly worth: number;
  /** Of the first and last token; -1 for compounds, which stand beside the order. */
  readonly first: number;
  readonly last: number;
}

class FieldReader {
  readonly #text: string;
  readonly #field: TokenisedField;

  constructor(field: SearchableField) {
    this.#text = field.text;
    this.#field = tokeniseField(field);
  }

  find(unit: QueryUnit): readonly Place[] {
    return unit.kind === "phrase" ? this.#findPhrase(unit.steps) : this.#findWord(unit);
  }

  #findWord(unit: QueryUnit & { kind: "word" }): readonly Place[] {
    const initials = new Set([...unit.stems].map((stem) => firstCodePoints(stemText(stem), 1)));
    const worthOf = (token: Token) => {
      // What the index has dropped it cannot find, so it must not count here by accident either.
      if (unit.isRequired && this.#field.isDropped(token.forms[0] ?? "")) return 0;
      const asTyped = stepWorth(token, unit.step);
      if (asTyped >= worth.stem || !this.#hasStem(token, unit.stems, initials)) return asTyped;
      return worth.stem;
    };
    const { tokens, compounds } = this.#field;
    return [
      ...tokens.map((token, at) => placeOf(token, worthOf(token), at)),
      ...compounds.map((token) => placeOf(token, worthOf(token), -1)),
    ].filter((place) => place.worth > 0);
  }

  #findPhrase(steps: readonly QueryStep[]): readonly Place[] {
    const { tokens } = this.#field;
    const starts = phraseStarts({
      tokenCount: tokens.length,
      stepCount: steps.length,
      spellingAt: (at) => spellingOf(tokens[at]),
      answers: (at, step) => isAnswer(tokens[at], steps[step]),
      mustTouch: (step) => steps[step]?.touchesPrevious ?? false,
      touches: (at) => this.#touchesPrevious(at),
    });
    return starts.flatMap((first) => {
      const last = first + steps.length - 1;
      const start = tokens[first]?.start;
      const end = tokens[last]?.end;
      if (start === undefined || end === undefined) return [];
      return [{ start, end, worth: worth.phrase, first, last }];
    });
  }

  #touchesPrevious(at: number): boolean {
    const previous = this.#field.tokens[at - 1];
    const token = this.#field.tokens[at];
    return previous !== undefined && token !== undefined && touch(this.#text, previous, token);
  }

  #hasStem(token: Token, stems: ReadonlySet<string>, initials: ReadonlySet<string>): boolean {
    if (!token.forms.some((form) => mayHaveStem(form, initials))) return false;
    return this.#field.stemLanguages.some((language) =>
      token.stemSources.some((source) =>
        stemsOf(source, language).some((stem) => stems.has(`${language}:${stem}`)),
      ),
    );
  }
}

function spellingOf(token: Token | undefined): string {
  return token ? `${token.kind} ${token.forms.join(" ")}` : "";
}

function isAnswer(token: Token | undefined, step: QueryStep | undefined): boolean {
  return token !== undefined && step !== undefined && stepWorth(token, step) > 0;
}

/** How well one token answers one step, 0 when not at all. */
function stepWorth(token: Token, step: QueryStep): number {
  if (token.kind === step.kind && token.forms.some((form) => step.forms.includes(form))) {
    return worth.whole;
  }
  if (!step.isPrefix || token.kind !== "word") return 0;
  const shares = token.forms.flatMap((form) =>
    step.forms
      .filter((start) => isPrefixOf(start, form))
      .map((start) => start.length / form.length),
  );
  return shares.length === 0 ? 0 : worth.prefix + worth.prefixLength * Math.max(...shares);
}

function isPrefixOf(start: string, form: string): boolean {
  return form.startsWith(start) && codePointCount(start) >= prefixCharactersMin;
}

function placeOf(token: Token, worthOfToken: number, at: number): Place {
  return { start: token.start, end: token.end, worth: worthOfToken, first: at, last: at };
}

function scoreOf(
  units: readonly QueryUnit[],
  found: readonly (readonly (readonly Place[])[])[],
): number {
  const required = units.filter((unit) => unit.isRequired).length;
  const points = units.map((unit, at) => {
    const best = Math.max(0, ...(found[at] ?? []).flat().map((place) => place.worth));
    return unit.isRequired ? best : best * optionalShare;
  });
  const sum = points.reduce((total, point) => total + point, 0);
  return sum / Math.max(1, required) + neighboursBonus * neighbourShare(found);
}

/** The share of the units that stand directly before the next one, as they were typed. */
function neighbourShare(found: readonly (readonly (readonly Place[])[])[]): number {
  if (found.length < 2) return 0;
  const pairs = found.slice(1).filter((next, at) =>
    next.some((places, field) => {
      const starts = new Set(places.map((place) => place.first));
      const before = found[at]?.[field] ?? [];
      return before.some((place) => place.last >= 0 && starts.has(place.last + 1));
    }),
  );
  return pairs.length / (found.length - 1);
}

/** Sorted, bounded, overlapping ones made one, and no grapheme cut. */
function mergeRanges(text: string, ranges: readonly TextRange[]): readonly TextRange[] {
  const joined: TextRange[] = [];
  const merged: TextRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    // A sign that is repeated all through a text gives thousands that overlap: graphemes are
    // looked for at their two ends only.
    const before = joined.at(-1);
    if (before && range.start < before.end) {
      joined[joined.length - 1] = { ...before, end: Math.max(before.end, range.end) };
    } else {
      joined.push(range);
    }
  }
  for (const range of joined) {
    const start = graphemeStart(text, range.start);
    const end = graphemeEnd(text, range.end);
    const last = merged.at(-1);
    if (last && start < last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    } else if (merged.length < rangesPerFieldMax) {
      merged.push({ start, end });
    } else {
      break;
    }
  }
  return merged;
}

function stemText(stem: string): string {
  return stem.slice(stem.indexOf(":") + 1);
}
