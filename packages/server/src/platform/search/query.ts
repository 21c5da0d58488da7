import { prefixTerm, signPair, stemTerms, type Term, wholeTerms } from "./analysis.ts";
import {
  addressesBeingTyped,
  hyphenChains,
  type NumberRun,
  numberRuns,
  withoutLeadingZeros,
} from "./compounds.ts";
import { firstCodePoints, fold } from "./fold.ts";
import { phraseStepsMax } from "./phrase.ts";
import { isStopWordOfAny, type Language, languages } from "./stop-words.ts";
import { type Token, tokenise, touch } from "./tokenise.ts";

/** One word, number or sign that is looked for. */
export interface QueryStep {
  readonly kind: Token["kind"];
  /** Folded; any one of them will do. */
  readonly forms: readonly string[];
  /** Still being typed: longer words that start with it will do, too. */
  readonly isPrefix: boolean;
  /** In a phrase: a sign that must follow the one before it with nothing between. */
  readonly touchesPrevious: boolean;
}

/** Something that is looked for as a whole: a word with its stems, or steps in a row. */
export type QueryUnit =
  | {
      readonly kind: "word";
      readonly step: QueryStep;
      /** As the texts of stem terms, `language:stem`. */
      readonly stems: ReadonlySet<string>;
      /** False for words that many texts have and no index keeps; they only raise the score. */
      readonly isRequired: boolean;
    }
  | { readonly kind: "phrase"; readonly steps: readonly QueryStep[]; readonly isRequired: true };

/** A query in its two halves: what the engine is asked, and what a candidate must then prove. */
export interface SearchQuery {
  readonly units: readonly QueryUnit[];
  /** What the engine is asked for each unit: of every inner list one term must be there. */
  readonly clauses: readonly (readonly (readonly Term[])[])[];
  /** The same for the whole query. Empty when there is nothing to look for. */
  readonly allOf: readonly (readonly Term[])[];
}

const queryCharactersMax = 256;
const unitsMax = 12;
const clausesMax = 24;
const internationalDigitsMin = 10;
const countryCodeDigitsMax = 3;

/**
 * Understands what somebody typed: words (the last may be unfinished), numbers, addresses, and
 * "phrases in quotes" that must stand exactly so. Any text is a query; one of nothing but
 * punctuation looks for nothing.
 *
 * @param spoken the languages in whose stems to look
 */
export function analyseQuery(typed: string, spoken: readonly Language[] = languages): SearchQuery {
  const parts = splitQuotes(firstCodePoints(typed, queryCharactersMax));
  const units = parts
    .flatMap((part) => (part.isQuoted ? phraseUnits(part) : wordUnits(part, spoken)))
    .slice(0, unitsMax);
  const required = units.some(isSpecific) ? units : units.map(asRequired);
  const clauses = clausesOf(required);
  return { units: required, clauses, allOf: clauses.flat().slice(0, clausesMax) };
}

/** The query for one of a query's units alone. */
export function queryOfUnit({ units, clauses }: SearchQuery, at: number): SearchQuery {
  const [unit, asked = []] = [units[at], clauses[at]];
  return { units: unit ? [unit] : [], clauses: [asked], allOf: asked };
}

interface Part {
  readonly text: string;
  readonly isQuoted: boolean;
  /** Whether the text ends where the typing ended. */
  readonly isUnfinished: boolean;
}

function splitQuotes(typed: string): readonly Part[] {
  const texts = typed.split(/["\u201c-\u201f\u00ab\u00bb\uff02]/u);
  return texts.map((text, at) => ({
    text,
    isQuoted: at % 2 === 1,
    isUnfinished: at === texts.length - 1,
  }));
}

function phraseUnits({ text, isUnfinished }: Part): readonly QueryUnit[] {
  const tokens = tokenise(text);
  const steps = tokens.map((token, at): QueryStep => {
    const previous = tokens[at - 1];
    const touchesPrevious =
      previous?.kind === "sign" && token.kind === "sign" && touch(text, previous, token);
    const isPrefix = isUnfinished && at === tokens.length - 1;
    return { kind: token.kind, forms: token.forms, isPrefix, touchesPrevious };
  });
  return steps.length === 0 ? [] : [phraseUnit(steps)];
}

function wordUnits({ text, isUnfinished }: Part, spoken: readonly Language[]): QueryUnit[] {
  const tokens = tokenise(text);
  const addresses = addressesBeingTyped(text);
  const found: { at: number; unit: QueryUnit }[] = addresses.map(({ start, end, ...address }) => ({
    at: start,
    unit: addressUnit(address, isUnfinished && isEnd(text, end)),
  }));
  const rest = tokens.filter((token) => !addresses.some((span) => isInside(token, span)));
  const alsoAs = joinedForms(text, rest);
  for (const run of signRuns(text, rest)) {
    const token = run[0];
    if (!token) continue;
    const isPrefix = isUnfinished && token === tokens.at(-1);
    const also = alsoAs.get(token) ?? [];
    const unit = token.kind === "sign" ? signUnit(run) : wordUnit(token, also, isPrefix, spoken);
    found.push({ at: token.start, unit });
  }
  return found.sort((a, b) => a.at - b.at).map(({ unit }) => unit);
}

function wordUnit(
  token: Token,
  alsoAs: readonly string[],
  isPrefix: boolean,
  spoken: readonly Language[],
): QueryUnit {
  const stemSources = token.kind === "word" ? [...token.stemSources, ...alsoAs] : [];
  const forms = [...new Set([...token.forms, ...alsoAs])];
  return {
    kind: "word",
    step: { kind: token.kind, forms, isPrefix, touchesPrevious: false },
    stems: new Set(stemTerms({ stemSources }, spoken).map((term) => term.text)),
    isRequired: token.kind !== "word" || !isStopWordOfAny(token.forms[0] ?? ""),
  };
}

function signUnit(run: readonly Token[]): QueryUnit {
  const steps = run.map(({ kind, forms }, at) => {
    return { kind, forms, isPrefix: false, touchesPrevious: at > 0 };
  });
  return phraseUnit(steps);
}

/** Of a phrase that is too long only the beginning is looked for. */
function phraseUnit(steps: readonly QueryStep[]): QueryUnit {
  return { kind: "phrase", steps: steps.slice(0, phraseStepsMax), isRequired: true };
}

function addressUnit(address: { local: string; domain: string }, isPrefix: boolean): QueryUnit {
  const { local, domain } = address;
  const text = local === "" || domain === "" ? local + domain : `${local}@${domain}`;
  const step: QueryStep = {
    kind: "word",
    forms: [fold(text)],
    isPrefix,
    touchesPrevious: false,
  };
  return { kind: "word", step, stems: new Set(), isRequired: true };
}

/** For each part of a hyphenated word or a spaced number, the wholes that it may be part of. */
function joinedForms(text: string, tokens: readonly Token[]): Map<Token, readonly string[]> {
  const joined = new Map<Token, readonly string[]>();
  const note = (first: number, last: number, forms: readonly string[]) => {
    for (const token of tokens.slice(first, last + 1)) {
      joined.set(token, [...(joined.get(token) ?? []), ...forms]);
    }
  };
  for (const chain of hyphenChains(text, tokens)) note(chain.first, chain.last, [chain.joined]);
  for (const run of numberRuns(text, tokens)) note(run.first, run.last, spellingsOf(run));
  return joined;
}

/** The ways in which a number may have been written: with and without its country code. */
function spellingsOf(run: NumberRun): readonly string[] {
  const digits = withoutLeadingZeros(run.joined);
  const spellings = [run.joined, digits];
  if (run.isInternational && digits.length >= internationalDigitsMin) {
    for (let code = 1; code <= countryCodeDigitsMax; code++) spellings.push(digits.slice(code));
  }
  return spellings;
}

/** Signs that touch belong together; every other token is a run of its own. */
function signRuns(text: string, tokens: readonly Token[]): readonly (readonly Token[])[] {
  const runs: Token[][] = [];
  for (const token of tokens) {
    const previous = runs.at(-1)?.at(-1);
    const continues =
      previous?.kind === "sign" && token.kind === "sign" && touch(text, previous, token);
    if (continues) runs.at(-1)?.push(token);
    else runs.push([token]);
  }
  return runs;
}

function clausesOf(units: readonly QueryUnit[]): readonly (readonly (readonly Term[])[])[] {
  const specific = units.some(isSpecific);
  return units.map((unit) => {
    if (unit.kind === "phrase") return phraseClauses(unit.steps, specific);
    return unit.isRequired ? [[...stepTerms(unit.step), ...stemTermsOf(unit.stems)]] : [];
  });
}

/** A phrase asks for each of its words; that they stand in a row only the text can tell. */
function phraseClauses(steps: readonly QueryStep[], leaveStopWords: boolean): Term[][] {
  const clauses: Term[][] = [];
  for (const [at, step] of steps.entries()) {
    if (leaveStopWords && isStopStep(step)) continue;
    const previous = steps[at - 1];
    const next = steps[at + 1];
    if (previous && step.touchesPrevious) {
      clauses.push([signPair(previous.forms[0] ?? "", step.forms[0] ?? "")]);
    } else if (!next?.touchesPrevious) {
      clauses.push([...stepTerms(step)]);
    }
  }
  return clauses;
}

function stepTerms(step: QueryStep): readonly Term[] {
  if (!step.isPrefix || step.kind === "sign") return wholeTerms(step);
  const prefixes = step.forms.map(prefixTerm).filter((term) => term !== undefined);
  return [...wholeTerms(step), ...prefixes];
}

function stemTermsOf(stems: ReadonlySet<string>): readonly Term[] {
  return [...stems].map((text) => ({ kind: "stem", text }));
}

/** Whether an index is sure to keep at least one of its words. */
function isSpecific(unit: QueryUnit): boolean {
  return unit.kind === "phrase" ? !unit.steps.every(isStopStep) : unit.isRequired;
}

function isStopStep(step: QueryStep): boolean {
  return step.kind === "word" && isStopWordOfAny(step.forms[0] ?? "");
}

function asRequired(unit: QueryUnit): QueryUnit {
  return { ...unit, isRequired: true };
}

function isInside(token: Token, span: { start: number; end: number }): boolean {
  return token.start >= span.start && token.end <= span.end;
}

function isEnd(text: string, end: number): boolean {
  return text.slice(end).trim() === "";
}
