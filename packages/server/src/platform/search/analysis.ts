import { type SearchableField, tokeniseField } from "./field.ts";
import { codePointCount, firstCodePoints } from "./fold.ts";
import { stemsOf } from "./stem.ts";
import type { Language } from "./stop-words.ts";
import { type Token, touch } from "./tokenise.ts";

/**
 * Goes up whenever the same text gives other terms: another folding, stemmer, stop word. It is
 * part of every hash, so terms of two versions never meet, and all content is indexed anew.
 */
export const ANALYSIS_VERSION = 1;

export type TermKind = "word" | "stem" | "prefix" | "digits" | "signs" | "thread";

/** What the index knows of a text, before it is hashed. Readable: never to be stored or logged. */
export interface Term {
  readonly kind: TermKind;
  readonly text: string;
}

export interface Analysis {
  /** Without repetition. */
  readonly terms: readonly Term[];
  /** False when the text had more terms than are kept. */
  readonly isComplete: boolean;
}

export const prefixCharactersMin = 3;
export const prefixCharactersMax = 12;
const termCharactersMax = 64;
const termsPerFieldMax = 8192;

/** Terms of running text. Without `language` it is guessed from the stop words. */
export function analyseText(text: string, language?: Language): Analysis {
  return analyseField({ kind: "text", text, ...(language && { language }) });
}

/** Terms of a person's or company's name: every word counts, none is reduced to a stem. */
export function analyseName(name: string): Analysis {
  return analyseField({ kind: "name", text: name });
}

/** Terms of a phone number (E.164): its endings from the last four digits to all of them. */
export function analysePhone(e164: string): Analysis {
  return analyseField({ kind: "phone", text: e164 });
}

/** Terms of an e-mail address: the whole, its two halves, their words, and prefixes of all. */
export function analyseEmail(address: string): Analysis {
  return analyseField({ kind: "email", text: address });
}

/**
 * The terms by which a field can be found. Where they are more than are kept, words go first, then
 * stems, then prefixes.
 */
export function analyseField(field: SearchableField): Analysis {
  const { tokens, pairs, stemLanguages } = findableParts(field);
  const collected = new TermCollection(termsPerFieldMax);
  for (const token of tokens) collected.addAll(wholeTerms(token));
  collected.addAll(pairs);
  for (const token of tokens) collected.addAll(stemTerms(token, stemLanguages));
  for (const token of tokens) collected.addAll(prefixTerms(token));
  return collected.result();
}

/** What of a field can be found: its tokens without those left out, and pairs of signs. */
export interface FindableParts {
  readonly tokens: readonly Token[];
  readonly pairs: readonly Term[];
  readonly stemLanguages: readonly Language[];
}

export function findableParts(field: SearchableField): FindableParts {
  const { tokens, compounds, stemLanguages, isDropped } = tokeniseField(field);
  return {
    tokens: [...tokens, ...compounds].filter((token) => !isDropped(token.forms[0] ?? "")),
    pairs: [...signPairs(field.text, tokens)],
    stemLanguages,
  };
}

/** So many tokens never have more terms than a field keeps. */
export const tokensNeverCutMax = 64;

/** All terms of one token, wherever it stands. */
export function termsOfToken(token: Token, stemLanguages: readonly Language[]): readonly Term[] {
  return [...wholeTerms(token), ...stemTerms(token, stemLanguages), ...prefixTerms(token)];
}

/** The terms that stand for the token as it is written. */
export function wholeTerms({ kind, forms }: Pick<Token, "kind" | "forms">): readonly Term[] {
  const termKind = kind === "sign" ? "signs" : kind;
  return forms.map((form) => ({ kind: termKind, text: firstCodePoints(form, termCharactersMax) }));
}

/** The terms of a token's stems, each marked with its language: "kind" is not German "Kind". */
export function stemTerms(
  { stemSources }: Pick<Token, "stemSources">,
  stemLanguages: readonly Language[],
): readonly Term[] {
  return stemLanguages.flatMap((language) =>
    stemSources
      .flatMap((source) => stemsOf(source, language))
      .map((stem) => ({ kind: "stem" as const, text: `${language}:${stem}` })),
  );
}

/**
 * The term of everything that stands in one thread: words that are spread over a guest and what
 * was said with them are looked for together.
 */
export function threadTerm(id: string): Term {
  return { kind: "thread", text: id };
}

/** The term of two characters that follow each other, in a script without spaces. */
export function signPair(left: string, right: string): Term {
  return { kind: "signs", text: left + right };
}

/** The term under which words that start with `form` are found, if it is long enough. */
export function prefixTerm(form: string): Term | undefined {
  if (codePointCount(form) < prefixCharactersMin) return undefined;
  return { kind: "prefix", text: firstCodePoints(form, prefixCharactersMax) };
}

function prefixTerms({ kind, forms }: Token): readonly Term[] {
  if (kind !== "word") return [];
  return forms.flatMap((form) => {
    const letters = Array.from(firstCodePoints(form, prefixCharactersMax + 1));
    const lengths = Math.max(0, letters.length - prefixCharactersMin);
    return Array.from({ length: lengths }, (_, at) => ({
      kind: "prefix" as const,
      text: letters.slice(0, prefixCharactersMin + at).join(""),
    }));
  });
}

function* signPairs(text: string, tokens: readonly Token[]): Generator<Term> {
  for (const [at, right] of tokens.entries()) {
    const left = tokens[at - 1];
    if (left?.kind !== "sign" || right.kind !== "sign" || !touch(text, left, right)) continue;
    yield signPair(left.forms[0] ?? "", right.forms[0] ?? "");
  }
}

/** Distinct terms, up to a limit. */
class TermCollection {
  readonly #terms = new Map<string, Term>();
  readonly #max: number;
  #isComplete = true;

  constructor(max: number) {
    this.#max = max;
  }

  addAll(terms: Iterable<Term>): void {
    for (const term of terms) {
      const identity = `${term.kind}:${term.text}`;
      if (this.#terms.has(identity)) continue;
      if (this.#terms.size < this.#max) this.#terms.set(identity, term);
      else this.#isComplete = false;
    }
  }

  result(): Analysis {
    return { terms: [...this.#terms.values()], isComplete: this.#isComplete };
  }
}
