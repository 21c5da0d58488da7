import { assertHashedTerm } from "../search-engine.ts";

/**
 * An FTS5 query for documents with one term of every inner list. Nothing but hashes can get in, so
 * neither a readable word nor an operator of the query language does.
 *
 * @throws TypeError when a term is not a hash, or a list is empty
 */
export function matchExpression(allOf: readonly (readonly string[])[]): string {
  if (allOf.length === 0) throw new TypeError("A search has no terms.");
  return allOf.map(anyOf).join(" AND ");
}

function anyOf(terms: readonly string[]): string {
  if (terms.length === 0) throw new TypeError("A clause of a search has no terms.");
  for (const term of terms) assertHashedTerm(term);
  return `(${terms.map((term) => `"${term}"`).join(" OR ")})`;
}
