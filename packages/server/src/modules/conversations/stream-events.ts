import type {
  AgentId,
  ConversationId,
  PropertyId,
  StreamEvent,
  TimelineEntry,
} from "@foyer/contract";
import { type ChangeRow, writeCursor } from "../../platform/feed/index.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { hydrateGuests } from "../contacts/index.ts";
import * as entries from "./entry-store.ts";
import { presentConversations } from "./present.ts";
import { presentEntries } from "./present-entry.ts";
import * as statements from "./store.ts";

/** What a reader follows: a property, and the conversations that they have open there. */
interface Followed {
  readonly propertyId: PropertyId;
  readonly conversations: readonly ConversationId[];
}

/**
 * A page of changes as a reader sees it. The cursor is the one before this page until all of it
 * is sent: after a cut in the middle the page comes again, and the reader's versions make nothing
 * of it twice.
 */
export async function eventsOf(
  scope: Scope,
  agentId: AgentId,
  followed: Followed,
  changes: readonly ChangeRow[],
): Promise<StreamEvent[]> {
  const cursor = writeCursor((changes[0]?.sequence ?? 1) - 1);
  const isSetAnew = changes.some(({ kind }) => kind === "settings.changed");
  const settings = { type: "settings.changed", cursor } as const;
  const changed = await conversationsOf(scope, agentId, followed, changes);
  const events = changed.map((event) => ({ ...event, cursor }));
  // What names things comes before what is named: a label before the guest who has it.
  return isSetAnew ? [settings, ...events] : events;
}

/**
 * One event per conversation that changed, however often, with the entries that are new to a
 * reader who has it open: what it became is read now, so the newest version goes out once.
 */
async function conversationsOf(
  scope: Scope,
  agentId: AgentId,
  { propertyId, conversations: open }: Followed,
  changes: readonly ChangeRow[],
) {
  const ids = [...new Set(changes.flatMap((change) => change.conversation_id ?? []))];
  if (ids.length === 0) return [];
  const rows = await scope.read.all(statements.conversationsByIds, { ids });
  const conversations = await presentConversations(scope, agentId, rows);
  const news = await entriesOf(scope, open, changes);
  const renamed = changes.flatMap((change) =>
    change.kind === "contact.changed" && change.contact_id ? [change.contact_id] : [],
  );
  const guests = await hydrateGuests(scope, propertyId, [...new Set(renamed)]);
  return conversations.map((conversation) => ({
    type: "conversation.changed" as const,
    conversation,
    contact: guests.get(conversation.contactId)?.contact ?? null,
    entries: news.filter((entry) => entry.conversationId === conversation.id),
  }));
}

async function entriesOf(
  scope: Scope,
  open: readonly ConversationId[],
  changes: readonly ChangeRow[],
): Promise<TimelineEntry[]> {
  const ids = changes.flatMap((change) =>
    change.entry_id && change.conversation_id && open.includes(change.conversation_id)
      ? [change.entry_id]
      : [],
  );
  if (ids.length === 0) return [];
  const rows = await scope.read.all(entries.entriesByIds, { ids: [...new Set(ids)] });
  return presentEntries(
    scope,
    rows.toSorted((one, other) => one.position - other.position),
  );
}
