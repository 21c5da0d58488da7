import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { MessageArrived, Unit } from "../../platform/scope/index.ts";
import { type Found, findOrCreateContact } from "../contacts/index.ts";
import { rankOf } from "./rules.ts";
import * as statements from "./store.ts";
import type { ConversationRow } from "./tables.ts";
import { append, save, tell } from "./timeline.ts";

/**
 * Takes in what a guest said: finds or makes the contact and the conversation, reopens a closed
 * one, and appends the message. Runs in the delivery's transaction, behind its savepoint.
 */
export async function receiveMessage(unit: Unit, arrived: MessageArrived): Promise<void> {
  const found = await findOrCreateContact(unit, arrived.from);
  const conversation = await lockOrCreate(unit, arrived, found);
  const reopened = await reopen(unit, conversation);
  const used = { ...reopened, channel_id: arrived.channelId, address_id: found.addressId };
  const after = await append(unit, used, {
    id: unit.mint<"entry">(),
    kind: "inbound",
    text: arrived.text,
    channel_id: arrived.channelId,
    state: "received",
    provider_index: unit.cipher.index(FIELD.entryProviderIdIndex, arrived.providerId),
    occurred_at: arrived.occurredAt,
  });
  await save(unit, after);
}

/** A closed conversation comes back to the list when the guest says something. */
async function reopen(unit: Unit, row: ConversationRow): Promise<ConversationRow> {
  if (row.state === "open") return row;
  const id = unit.mint<"entry">();
  return append(unit, { ...row, state: "open" }, { id, kind: "event", event: "reopened" });
}

async function lockOrCreate(
  unit: Unit,
  arrived: MessageArrived,
  found: Found,
): Promise<ConversationRow> {
  const key = { contactId: found.contactId, propertyId: arrived.propertyId };
  const known = await unit.db.first(statements.lockConversationOf, key);
  if (known) return known;
  const row = newConversation(unit, arrived, found);
  if (await unit.db.insert(statements.insertConversation, row)) {
    tell(unit, row, "contact.changed", null);
    return row;
  }
  // Two first messages of one guest at once: the other one made it.
  const theirs = await unit.db.first(statements.lockConversationOf, key);
  if (!theirs) throw new Error("A conversation is taken and cannot be found");
  return theirs;
}

function newConversation(unit: Unit, arrived: MessageArrived, found: Found): ConversationRow {
  return {
    tenant_id: unit.tenantId,
    id: unit.mint<"conversation">(),
    property_id: arrived.propertyId,
    contact_id: found.contactId,
    channel_id: arrived.channelId,
    address_id: found.addressId,
    state: "open",
    assigned_agent_id: null,
    assigned_team_id: null,
    last_position: 0,
    last_inbound_position: 0,
    preview_entry_id: null,
    last_at: unit.now,
    waiting_since: null,
    list_rank: rankOf(null, unit.now),
    created_at: unit.now,
    version: 1,
  };
}
