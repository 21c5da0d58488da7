import { createHmac, type KeyObject } from "node:crypto";
import { BoundedCache } from "../bounded-cache.ts";
import { ANALYSIS_VERSION, type Term } from "./analysis.ts";

/** How much of the HMAC is kept. Truncation saves space; false hits are dropped by `matching`. */
const termHashBitsMax = 64;

/**
 * People say the same words again and again, and a HMAC costs more than all else that is done to a
 * term. What is kept here goes with the key's lease: nothing else holds on to either.
 */
const hashesOf = new WeakMap<KeyObject, BoundedCache<string, string>>();
const hashesPerKeyMax = 8_192;

/**
 * One term as the index may see it: HMAC-SHA-256 under the tenant's key for the field, truncated
 * to 64 bits, as 16 hex digits. Analysis version and kind are hashed along, so that a word never
 * meets the same letters as a prefix.
 *
 * @param key what `searchKey(field)` gives for the tenant
 * @param bits fewer bits, in multiples of four, to provoke false hits in a test
 */
export function hashTerm(key: KeyObject, term: Term, bits = termHashBitsMax): string {
  const hash = hashesFor(key).get(`${term.kind}:${term.text}`, () => hashAnew(key, term));
  return hash.slice(0, bits / 4).padEnd(termHashBitsMax / 4, "0");
}

function hashAnew(key: KeyObject, term: Term): string {
  return createHmac("sha256", key)
    .update(`foyer search term:${ANALYSIS_VERSION}:${term.kind}:${term.text}`, "utf8")
    .digest("hex")
    .slice(0, termHashBitsMax / 4);
}

function hashesFor(key: KeyObject): BoundedCache<string, string> {
  const known = hashesOf.get(key);
  if (known) return known;
  const made = new BoundedCache<string, string>(hashesPerKeyMax);
  hashesOf.set(key, made);
  return made;
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
