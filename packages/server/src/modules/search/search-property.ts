import {
  type Contact,
  type ContactId,
  type Conversation,
  type EntryId,
  type OperationParsed,
  type operations,
  type SearchHit,
  writeInstant,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { consumerCursor, headOf } from "../../platform/feed/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { SearchableField } from "../../platform/search/field.ts";
import { type Match, matchFields, rank } from "../../platform/search/matching.ts";
import { analyseQuery, type SearchQuery } from "../../platform/search/query.ts";
import type { Candidate, SearchEngine, SearchKind } from "../../platform/search/search-engine.ts";
import { snippet } from "../../platform/search/snippet.ts";
import { hashQuery } from "../../platform/search/term-hash.ts";
import { hydrateContacts } from "../contacts/index.ts";
import {
  presentableConversations,
  type SearchableEntry,
  searchableEntries,
} from "../conversations/index.ts";
import { fieldsOfContact, fieldsOfEntry } from "./documents.ts";
import { searchConsumer } from "./indexer.ts";

/** So many of the newest candidates are opened and judged; what lies behind them is not. */
const candidatesMax = 300;
const excerptCharactersMax = 160;

type Input = OperationParsed<(typeof operations)["search"]>;

/** A candidate that was opened and truly matches. */
interface Found {
  readonly subjectId: string;
  readonly at: number;
  readonly score: number;
  readonly match: Match;
  readonly fields: readonly SearchableField[];
  readonly entry?: SearchableEntry;
  readonly contact?: Contact;
}

/**
 * Searches a property. The engine knows hashes only and gives the newest that have them; each is
 * opened, checked against what was truly typed, and ranked here.
 */
export function createSearch(engine: SearchEngine) {
  return async (context: Context, { propertyId, query, limit }: Input) => {
    const analysed = analyseQuery(query);
    const isUpToDate = await isIndexCurrent(context, propertyId);
    if (analysed.allOf.length === 0) return { hits: [], isPartial: false, isUpToDate };
    const entries = await candidatesOf(engine, context, propertyId, "entry", analysed);
    const contacts = await candidatesOf(engine, context, propertyId, "contact", analysed);
    const found = [
      ...(await judgeEntries(context, entries, analysed)),
      ...(await judgeContacts(context, contacts, analysed)),
    ];
    const hits = await presentHits(context, propertyId, rank(found), limit);
    const isPartial = Math.max(entries.length, contacts.length) === candidatesMax;
    return { hits, isPartial, isUpToDate };
  };
}

async function isIndexCurrent(context: Context, propertyId: Input["propertyId"]): Promise<boolean> {
  const { last } = await headOf(context.read, propertyId);
  return (await consumerCursor(context.read, propertyId, searchConsumer)) >= last;
}

function candidatesOf(
  engine: SearchEngine,
  context: Context,
  propertyId: Input["propertyId"],
  kind: SearchKind,
  query: SearchQuery,
): Promise<readonly Candidate[]> {
  const field = kind === "entry" ? FIELD.searchText : FIELD.searchAddress;
  return engine.candidates({
    tenantId: context.tenantId,
    propertyIds: [propertyId],
    kinds: [kind],
    allOf: hashQuery([context.cipher.searchKey(field)], query.allOf),
    limit: candidatesMax,
  });
}

async function judgeEntries(
  context: Context,
  candidates: readonly Candidate[],
  query: SearchQuery,
): Promise<Found[]> {
  const ids = candidates.map(({ subjectId }) => subjectId as EntryId);
  const entries = await searchableEntries(context, ids);
  return entries.flatMap((entry) => {
    const fields = fieldsOfEntry(entry);
    const match = matchFields(fields, query);
    const { id: subjectId, occurredAt: at } = entry;
    return match ? [{ subjectId, at, score: match.score, match, fields, entry }] : [];
  });
}

async function judgeContacts(
  context: Context,
  candidates: readonly Candidate[],
  query: SearchQuery,
): Promise<Found[]> {
  const ids = candidates.map(({ subjectId }) => subjectId as ContactId);
  const contacts = await hydrateContacts(context.read, context.cipher, ids);
  return [...contacts.values()].flatMap((contact) => {
    const fields = fieldsOfContact(contact);
    const match = matchFields(fields, query);
    const at = Date.parse(contact.createdAt);
    return match ? [{ subjectId: contact.id, at, score: match.score, match, fields, contact }] : [];
  });
}

/** Hits lead to a conversation at this property; a contact without one leads nowhere here. */
async function presentHits(
  context: Context,
  propertyId: Input["propertyId"],
  found: readonly Found[],
  limit: number,
): Promise<SearchHit[]> {
  const ids = found.flatMap(({ entry }) => (entry ? [entry.conversationId] : []));
  const contactIds = found.flatMap(({ contact }) => (contact ? [contact.id] : []));
  const { agentId } = context.caller;
  const wanted = { ids: [...new Set(ids)], contactIds };
  const conversations = await presentableConversations(context, agentId, propertyId, wanted);
  const hits = found.flatMap((hit) => {
    const conversation = conversations.find(({ id, contactId }) =>
      hit.entry ? id === hit.entry.conversationId : contactId === hit.contact?.id,
    );
    return conversation ? [presentHit(hit, conversation)] : [];
  });
  return hits.slice(0, limit);
}

function presentHit(hit: Found, conversation: Conversation): SearchHit {
  const { text, ranges } = excerptOf(hit);
  return {
    kind: hit.entry?.kind ?? "contact",
    conversation,
    entryId: hit.entry?.id ?? null,
    position: hit.entry?.position ?? null,
    at: writeInstant(hit.at),
    excerpt: text,
    ranges: ranges.map(({ start: from, end: to }) => ({ from, to })),
  };
}

/** The field that matched, shortened around the first match. */
function excerptOf({ fields, match }: Found) {
  const matched = match.highlights.findIndex((ranges) => ranges.length > 0);
  const index = Math.max(matched, 0);
  return snippet(fields[index]?.text ?? "", match.highlights[index] ?? [], excerptCharactersMax);
}
