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
import { type Match, rank } from "../../platform/search/matching.ts";
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
import { beginJudging, judge } from "./judge.ts";

/** So many of the newest candidates are opened and judged; what lies behind them is not. */
const candidatesMax = 300;
const excerptCharactersMax = 160;

type Input = OperationParsed<(typeof operations)["search"]>;

/** A candidate that was opened: what of it can match. */
interface Opened {
  readonly subjectId: string;
  readonly at: number;
  readonly fields: readonly SearchableField[];
  readonly entry?: SearchableEntry;
  readonly contact?: Contact;
}

/** A candidate that truly matches. */
interface Found extends Opened {
  readonly score: number;
  readonly match: Match;
}

/**
 * Searches a property. The engine knows hashes only and gives the newest that have them; each is
 * opened, checked against what was truly typed, and ranked here.
 */
export function createSearch(engine: SearchEngine) {
  return async (context: Context, { propertyId, query, limit }: Input) => {
    const analysed = analyseQuery(query);
    const isUpToDate = await isIndexCurrent(engine, context, propertyId);
    if (analysed.allOf.length === 0) return { hits: [], isPartial: false, isUpToDate };
    const entries = await candidatesOf(engine, context, propertyId, "entry", analysed);
    const contacts = await candidatesOf(engine, context, propertyId, "contact", analysed);
    const judging = beginJudging();
    const called = await judge(await openContacts(context, contacts), analysed, judging);
    const said = await judge(await openEntries(context, entries), analysed, judging);
    const found = rank([...said.found, ...called.found]);
    const hits = await presentHits(context, propertyId, found, limit);
    const isCut = Math.max(entries.length, contacts.length) === candidatesMax;
    const isPartial = isCut || said.isPartial || called.isPartial;
    return { hits, isPartial, isUpToDate };
  };
}

async function isIndexCurrent(
  engine: SearchEngine,
  context: Context,
  propertyId: Input["propertyId"],
): Promise<boolean> {
  if (!(await engine.isFilled())) return false;
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

/** Newest first, as the engine gave them. */
async function openEntries(context: Context, candidates: readonly Candidate[]): Promise<Opened[]> {
  const ids = candidates.map(({ subjectId }) => subjectId as EntryId);
  const entries = await searchableEntries(context, ids);
  return entries
    .map((entry) => {
      const { id: subjectId, occurredAt: at } = entry;
      return { subjectId, at, fields: fieldsOfEntry(entry), entry };
    })
    .toSorted((one, other) => other.at - one.at);
}

async function openContacts(context: Context, candidates: readonly Candidate[]): Promise<Opened[]> {
  const ids = candidates.map(({ subjectId }) => subjectId as ContactId);
  const contacts = await hydrateContacts(context.read, context.cipher, ids);
  return [...contacts.values()].map((contact) => {
    const { id: subjectId, createdAt } = contact;
    return { subjectId, at: Date.parse(createdAt), fields: fieldsOfContact(contact), contact };
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
