/** What can be found: an entry of a conversation (message or note), or a contact. */
export type SearchKind = "entry" | "contact";

/** One subject as the index knows it: where it belongs, when it was, and hashed terms. */
export interface SearchDocument {
  /** Lower-case UUID, like all ids here. */
  readonly tenantId: string;
  /** Null only for contacts, which belong to the tenant as a whole. */
  readonly propertyId: string | null;
  readonly kind: SearchKind;
  readonly subjectId: string;
  /** Milliseconds UTC: by this instant the newest are found first. */
  readonly at: number;
  readonly analysisVersion: number;
  /** Hashes of 16 lower-case hex digits, as `hashTerms` makes them. */
  readonly terms: readonly string[];
}

export interface CandidateQuery {
  readonly tenantId: string;
  /** Entries are found in these properties only; contacts without a property always. */
  readonly propertyIds: readonly string[];
  readonly kinds: readonly SearchKind[];
  /** Of every inner list one term must be there. Empty finds nothing. */
  readonly allOf: readonly (readonly string[])[];
  /** Only what is older than this instant, in milliseconds UTC. */
  readonly before?: number;
  readonly limit: number;
}

export interface Candidate {
  readonly subjectId: string;
  readonly kind: SearchKind;
  readonly propertyId: string | null;
  readonly at: number;
}

/**
 * Stores and matches hashed terms. It never sees a word, so it can neither rank nor check phrases:
 * its candidates are decrypted and judged by `matching`. Every engine passes the same suite,
 * `test/conformance/search-engine.ts`.
 *
 * What breaks the limits or shapes below is a mistake of the caller and throws a `TypeError` or
 * `RangeError` before anything is stored.
 */
export interface SearchEngine {
  /** Puts documents in, each in place of an earlier one of the same tenant, kind and subject. */
  index(documents: readonly SearchDocument[]): Promise<void>;
  /** Takes documents out. Those that are not there are no error. */
  remove(tenantId: string, kind: SearchKind, subjectIds: readonly string[]): Promise<void>;
  /** Takes everything of a tenant out, also from what is stored behind the live index. */
  removeTenant(tenantId: string): Promise<void>;
  /** The newest documents that have the terms, newest first. */
  candidates(query: CandidateQuery): Promise<readonly Candidate[]>;
  /** False from its making until it was filled: what was said before is not all in it yet. */
  isFilled(): Promise<boolean>;
  /** How many documents a tenant has. */
  count(tenantId: string): Promise<number>;
  close(): Promise<void>;
}

/** What one call may carry, for every engine. */
export const searchLimits = {
  documentsPerBatchMax: 200,
  termsPerDocumentMax: 16_384,
  subjectsPerRemovalMax: 1000,
  clausesPerQueryMax: 32,
  termsPerClauseMax: 128,
  propertiesPerQueryMax: 1000,
  candidatesMax: 500,
} as const;

const hashedTerm = /^[0-9a-f]{16}$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Throws unless the term is a hash. No engine stores or matches anything that is not. */
export function assertHashedTerm(term: string): void {
  if (!hashedTerm.test(term)) throw new TypeError("A search term is not a hash.");
}

/** Throws unless the id is a lower-case UUID. */
export function assertSearchId(id: string): void {
  if (!uuid.test(id)) throw new TypeError("A search id is not a lower-case UUID.");
}

/** Throws if a batch breaks a limit or a shape. */
export function assertDocuments(documents: readonly SearchDocument[]): void {
  assertAtMost(documents.length, searchLimits.documentsPerBatchMax, "documents in a batch");
  for (const document of documents) {
    assertSearchId(document.tenantId);
    assertSearchId(document.subjectId);
    if (document.propertyId !== null) assertSearchId(document.propertyId);
    else if (document.kind !== "contact") throw new TypeError("An entry has no property.");
    assertInstant(document.at);
    assertAtMost(document.terms.length, searchLimits.termsPerDocumentMax, "terms of a document");
    for (const term of document.terms) assertHashedTerm(term);
  }
}

/** Throws if a removal breaks a limit or a shape. */
export function assertRemoval(tenantId: string, subjectIds: readonly string[]): void {
  assertSearchId(tenantId);
  assertAtMost(subjectIds.length, searchLimits.subjectsPerRemovalMax, "subjects in a removal");
  for (const subjectId of subjectIds) assertSearchId(subjectId);
}

/** Throws if a query breaks a limit or a shape. */
export function assertQuery(query: CandidateQuery): void {
  assertSearchId(query.tenantId);
  assertAtMost(query.propertyIds.length, searchLimits.propertiesPerQueryMax, "properties");
  for (const propertyId of query.propertyIds) assertSearchId(propertyId);
  assertAtMost(query.allOf.length, searchLimits.clausesPerQueryMax, "clauses of a query");
  for (const anyOf of query.allOf) {
    assertAtMost(anyOf.length, searchLimits.termsPerClauseMax, "terms of a clause");
    for (const term of anyOf) assertHashedTerm(term);
  }
  if (query.before !== undefined) assertInstant(query.before);
  assertAtMost(query.limit, searchLimits.candidatesMax, "candidates");
  if (!Number.isInteger(query.limit) || query.limit < 1) throw new RangeError("No candidates.");
}

/** The last instant that every engine can keep, about the year 2248. */
export const searchInstantMax = 2 ** 43 - 1;

function assertInstant(at: number): void {
  if (!Number.isInteger(at) || at < 0 || at > searchInstantMax) {
    throw new RangeError("A search instant is not in milliseconds since 1970.");
  }
}

function assertAtMost(count: number, max: number, what: string): void {
  if (count > max) throw new RangeError(`Too many ${what}: at most ${max} are taken.`);
}
