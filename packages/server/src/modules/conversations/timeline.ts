import type { AgentId, ConversationId } from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import * as entries from "./entry-store.ts";
import { advance } from "./rules.ts";
import * as statements from "./store.ts";
import type { ConversationRow, EntryRow } from "./tables.ts";

/** An entry that is about to be written: what the writer knows; the rest follows from it. */
export type NewEntry = Pick<EntryRow, "id" | "kind"> &
  Partial<
    Pick<
      EntryRow,
      | "agent_id"
      | "channel_id"
      | "address_id"
      | "state"
      | "provider_index"
      | "attachments"
      | "event"
      | "assignee_agent_id"
      | "assignee_team_id"
      | "label_id"
      | "occurred_at"
    >
  > & {
    readonly text?: string;
    /** An inbound message that asks nobody for an answer. */
    readonly isQuiet?: boolean;
  };

/** Takes a conversation's lock: the first statement of whoever changes it. */
export async function lock(unit: Unit, id: ConversationId): Promise<ConversationRow> {
  const row = await unit.db.first(statements.lockConversation, { id });
  if (!row) throw notFound();
  return row;
}

/**
 * Appends an entry to a conversation whose lock the unit holds. Returns the conversation as it
 * is after that; the caller writes it with `save` when all is said.
 *
 * @throws Refusal `entry.id_taken` where another entry has the id
 */
export async function append(
  unit: Unit,
  row: ConversationRow,
  entry: NewEntry,
): Promise<ConversationRow> {
  const { id, kind, text, isQuiet = false, occurred_at: occurredAt = unit.now } = entry;
  const next = { entry: { id, kind, occurred_at: occurredAt }, now: unit.now, isQuiet };
  const after = advance(row, next);
  const isNew = await unit.db.insert(entries.insertEntry, {
    id,
    conversation_id: row.id,
    position: after.last_position,
    kind,
    body: text === undefined ? null : unit.cipher.seal(FIELD.entryBody, id, text),
    agent_id: entry.agent_id ?? null,
    channel_id: entry.channel_id ?? null,
    address_id: entry.address_id ?? null,
    state: entry.state ?? null,
    failure: null,
    provider_index: entry.provider_index ?? null,
    attachments: entry.attachments ?? 0,
    reaction: null,
    retried_by_id: null,
    event: entry.event ?? null,
    assignee_agent_id: entry.assignee_agent_id ?? null,
    assignee_team_id: entry.assignee_team_id ?? null,
    label_id: entry.label_id ?? null,
    occurred_at: occurredAt,
    recorded_at: unit.now,
    version: 1,
  });
  // Under the lock the position is free: it is the caller's id that stands for something already.
  if (!isNew) throw new Refusal("entry.id_taken");
  tell(unit, after, "entry.added", entry.agent_id ?? null, id);
  return after;
}

/** Appends what happened; see `append`. */
export function appendEvent(
  unit: Unit,
  row: ConversationRow,
  event: Omit<NewEntry, "id" | "kind" | "text"> & Pick<EntryRow, "event">,
): Promise<ConversationRow> {
  return append(unit, row, { ...event, id: unit.mint<"entry">(), kind: "event" });
}

/** Writes a conversation's row under its next version; returns it as it is then. */
export async function save(unit: Unit, row: ConversationRow): Promise<ConversationRow> {
  await unit.db.run(statements.updateConversation, row);
  return { ...row, version: row.version + 1 };
}

/** Tells the feed of a change to a conversation. */
export function tell(
  unit: Unit,
  row: Pick<ConversationRow, "id" | "property_id" | "contact_id">,
  kind: "conversation.changed" | "entry.added" | "entry.changed" | "contact.changed",
  agentId: AgentId | null,
  entryId: EntryRow["id"] | null = null,
): void {
  unit.change({
    kind,
    property_id: row.property_id,
    conversation_id: row.id,
    entry_id: entryId,
    contact_id: row.contact_id,
    agent_id: agentId,
  });
}
