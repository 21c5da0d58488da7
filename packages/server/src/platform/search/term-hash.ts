import { createHmac, type KeyObject } from "node:crypto";
import { BoundedCache } from "../bounded-cache.ts";
import {
  ANALYSIS_VERSION,
  analyseField,
  findableParts,
  type Term,
  termsOfToken,
  tokensNeverCutMax,
} from "./analysis.ts";
import type { SearchableField } from "./field.ts";

/** How much of the HMAC is kept. Truncation saves space; false hits are dropped by `matching`. */
const termHashBitsMax = 64;

/**
 * People say the same words again and again, and a HMAC costs more than all else that is done to a
 * term. What is kept here goes with the key's lease: nothing else holds on to either.
 */
const known = new WeakMap<KeyObject, Known>();
const wordsPerKeyMax = 8_192;
/** Combinations of languages that a text may be in, as far as they are kept apart. */
const languagesMax = 64;

interface Known {
  readonly terms: BoundedCache<string, string>;
  /** By the languages of the stems, then by a token's forms, which are one object per word. */
  readonly tokens: BoundedCache<string, WeakMap<readonly string[], readonly string[]>>;
}

/**
 * One term as the index may see it: HMAC-SHA-256 under the tenant's key for the field, truncated
 * to 64 bits, as 16 hex digits. Analysis version and kind are hashed along, so that a word never
 * meets the same letters as a prefix.
 *
 * @param key what `searchKey(field)` gives for the tenant
 * @param bits fewer bits, in multiples of four, to provoke false hits in a test
 */
export function hashTerm(key: KeyObject, term: Term, bits = termHashBitsMax): string {
  const identity = `${term.kind}:${term.text}`;
  const hash = knownOf(key).terms.get(identity, () => hashAnew(key, term));
  return bits === termHashBitsMax ? hash : hash.slice(0, bits / 4).padEnd(hash.length, "0");
}

function hashAnew(key: KeyObject, term: Term): string {
  return createHmac("sha256", key)
    .update(`foyer search term:${ANALYSIS_VERSION}:${term.kind}:${term.text}`, "utf8")
    .digest("hex")
    .slice(0, termHashBitsMax / 4);
}

function knownOf(key: KeyObject): Known {
  const ours = known.get(key);
  if (ours) return ours;
  const made = {
    terms: new BoundedCache<string, string>(wordsPerKeyMax),
    tokens: new BoundedCache<string, WeakMap<readonly string[], readonly string[]>>(languagesMax),
  };
  known.set(key, made);
  return made;
}

/**
 * The hashes of all terms by which some fields can be found, each once, in an order that says
 * nothing of the text: the same as of `analyseField`'s terms, word by word from what is known.
 */
export function hashFields(key: KeyObject, fields: readonly SearchableField[]): string[] {
  const hashes = new Set<string>();
  for (const field of fields) addField(hashes, key, field);
  return [...hashes].sort();
}

function addField(hashes: Set<string>, key: KeyObject, field: SearchableField): void {
  const { tokens, pairs, stemLanguages } = findableParts(field);
  if (tokens.length > tokensNeverCutMax) {
    for (const term of analyseField(field).terms) hashes.add(hashTerm(key, term));
    return;
  }
  const hashesOf = knownOf(key).tokens.get(stemLanguages.join(), () => new WeakMap());
  for (const token of tokens) {
    let own = hashesOf.get(token.forms);
    if (!own) {
      own = termsOfToken(token, stemLanguages).map((term) => hashTerm(key, term));
      hashesOf.set(token.forms, own);
    }
    for (const hash of own) hashes.add(hash);
  }
  for (const pair of pairs) hashes.add(hashTerm(key, pair));
}

/** The hashes of a document's terms, each once, in an order that says nothing of the text. */
export function hashTerms(key: KeyObject, terms: Iterable<Term>, bits?: number): string[] {
  const hashes = new Set<string>();
  for (const term of terms) hashes.add(hashTerm(key, term, bits));
  return [...hashes].sort();
}

/**
 * A query as the engine takes it: of every inner list, one hash must be there.
 *
 * @param keys those of all the fields in which the words may stand
 */
export function hashQuery(
  keys: readonly KeyObject[],
  allOf: readonly (readonly Term[])[],
  bits?: number,
): string[][] {
  return allOf.map((anyOf) => [...new Set(keys.flatMap((key) => hashTerms(key, anyOf, bits)))]);
}
