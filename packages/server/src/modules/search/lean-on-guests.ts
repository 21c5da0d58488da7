import type { Contact, ConversationId } from "@foyer/contract";
import { type Term, threadTerm } from "../../platform/search/analysis.ts";
import type { SearchableField } from "../../platform/search/field.ts";
import { matchFields } from "../../platform/search/matching.ts";
import { queryOfUnit, type SearchQuery } from "../../platform/search/query.ts";
import type { Candidate } from "../../platform/search/search-engine.ts";
import { threadsOf } from "../conversations/index.ts";
import {
  candidatesOf,
  type Opened,
  openGuests,
  type Place,
  requiredUnits,
} from "./find-candidates.ts";
import { type Judging, judge } from "./judge.ts";

/** So many of the newest guests may lend one word of a query to what was said with them. */
const guestsPerWordMax = 64;
/** Of a query with more words, no word is looked for among guests alone. */
const wordsMax = 6;
/** An engine's clause takes so many terms: the threads of guests, and the word's own. */
const threadsPerClauseMax = 64;

/** What a query's words find among guests, where the rest is looked for in what was said. */
export interface Leaning {
  /** For each unit of the query: the threads of guests who answer that one, and not all. */
  readonly threads: readonly (readonly ConversationId[])[];
  /** What of a thread's guest a message in it may lean on. */
  readonly beside: ReadonlyMap<ConversationId, readonly SearchableField[]>;
  readonly isPartial: boolean;
}

const nothing: Leaning = { threads: [], beside: new Map(), isPartial: false };

/**
 * `Lind towels` looks for the message of a guest called Lind that says towels. So each word is
 * looked for among guests alone, too; where some of the words find a guest, and not all, the
 * others may stand in what was said in that guest's thread. A guest whom all words find is the
 * hit: what was said with them must then stand for itself.
 */
export async function leanOnGuests(
  place: Place,
  query: SearchQuery,
  judging: Judging,
): Promise<Leaning> {
  const units = requiredUnits(query);
  if (units.length < 2 || units.length > wordsMax) return nothing;
  const found: (readonly Candidate[])[] = [];
  for (const at of units) {
    const { allOf } = queryOfUnit(query, at);
    found.push(await candidatesOf(place, "contact", allOf, guestsPerWordMax));
  }
  const opened = await openGuests(place, found.flat());
  const partly = opened.filter(({ fields }) => matchFields(fields, query) === null);
  const { propertyId, context } = place;
  const ids = partly.map(({ contact }) => contact.id);
  const threads = await threadsOf(context.read, propertyId, ids);
  const byContact = new Map([...threads].map(([thread, contactId]) => [contactId, thread]));
  const threadOf = ({ contact }: Answering) => byContact.get(contact.id) ?? [];
  const answering: ConversationId[][] = query.units.map(() => []);
  let isPartial = found.some((some) => some.length === guestsPerWordMax);
  for (const at of units) {
    const truly = await judge(partly, queryOfUnit(query, at), judging);
    answering[at] = truly.found.flatMap(threadOf).slice(0, threadsPerClauseMax);
    isPartial ||= truly.isPartial || truly.found.length > threadsPerClauseMax;
  }
  const beside = new Map(
    partly.flatMap((guest) => [threadOf(guest)].flat().map((id) => [id, guest.fields] as const)),
  );
  return { threads: answering, beside, isPartial };
}

type Answering = Opened & { readonly contact: Contact };

/** What the engine is asked of messages: each word, or a thread whose guest answers to it. */
export function clausesLeaning(
  { clauses, allOf }: SearchQuery,
  { threads }: Leaning,
): readonly (readonly Term[])[] {
  const leaning = clauses.flatMap((asked, at) => {
    const terms = (threads[at] ?? []).map(threadTerm);
    return asked.map((anyOf) => [...anyOf, ...terms]);
  });
  return leaning.slice(0, allOf.length);
}
