import { type Conversation, type PropertyId, type SearchHit, writeInstant } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import type { Match } from "../../platform/search/matching.ts";
import { snippet } from "../../platform/search/snippet.ts";
import { formatAddress } from "../contacts/index.ts";
import { presentableConversations } from "../conversations/index.ts";
import type { Opened } from "./find-candidates.ts";

const excerptCharactersMax = 160;

/** A candidate that truly matches. */
export interface Found extends Opened {
  readonly score: number;
  readonly match: Match;
}

/** Hits lead to a conversation at this property; a guest without one leads nowhere here. */
export async function presentHits(
  context: Context,
  propertyId: PropertyId,
  found: readonly Found[],
  limit: number,
): Promise<SearchHit[]> {
  const ids = found.flatMap(({ entry }) => (entry ? [entry.conversationId] : []));
  const contactIds = found.flatMap(({ contact }) => (contact ? [contact.id] : []));
  const { agentId } = context.caller;
  const wanted = { ids: [...new Set(ids)], contactIds };
  const conversations = await presentableConversations(context, agentId, propertyId, wanted);
  const byId = new Map(conversations.map((one) => [one.id, one]));
  const byContact = new Map(conversations.map((one) => [one.contactId, one]));
  const hits = found.flatMap((hit) => {
    const { entry, contact } = hit;
    const conversation = entry
      ? byId.get(entry.conversationId)
      : contact && byContact.get(contact.id);
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

/** The first field that matched, shortened around what matched there first. */
function excerptOf({ fields, match }: Found) {
  const matched = match.highlights.findIndex((ranges) => ranges.length > 0);
  const index = Math.max(matched, 0);
  const field = fields[index];
  if (field?.kind === "phone") return numberOf(field.text);
  return snippet(field?.text ?? "", match.highlights[index] ?? [], excerptCharactersMax);
}

/** A number as people write it. It matches by its end: all of it is what was looked for. */
function numberOf(value: string) {
  const text = formatAddress({ kind: "phone", value });
  return { text, ranges: [{ start: 0, end: text.length }] };
}
