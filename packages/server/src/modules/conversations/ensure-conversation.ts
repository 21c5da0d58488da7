import type { AddressId, ChannelId, ContactId, PropertyId } from "@foyer/contract";
import type { Unit } from "../../platform/scope/index.ts";
import { rankOf } from "./rules.ts";
import * as statements from "./store.ts";
import type { ConversationRow } from "./tables.ts";
import { tell } from "./timeline.ts";

/** Who speaks with which property, and by what. */
export interface Party {
  readonly propertyId: PropertyId;
  readonly contactId: ContactId;
  readonly channelId: ChannelId;
  readonly addressId: AddressId;
}

/**
 * The one conversation of a contact and a property, with its lock; a new one in the given state
 * where there is none. An answer goes where the guest was met last.
 */
export async function ensureConversation(
  unit: Unit,
  party: Party,
  state: ConversationRow["state"],
): Promise<{ readonly row: ConversationRow; readonly isNew: boolean }> {
  const { contactId, propertyId, channelId, addressId } = party;
  const key = { contactId, propertyId };
  const known = await unit.db.first(statements.lockConversationOf, key);
  if (known) {
    return { row: { ...known, channel_id: channelId, address_id: addressId }, isNew: false };
  }
  const row = newConversation(unit, party, state);
  if (await unit.db.insert(statements.insertConversation, row)) {
    tell(unit, row, "contact.changed", null);
    return { row, isNew: true };
  }
  // Two first messages of one guest at once: the other one made it.
  const theirs = await unit.db.first(statements.lockConversationOf, key);
  if (!theirs) throw new Error("A conversation is taken and cannot be found");
  return { row: { ...theirs, channel_id: channelId, address_id: addressId }, isNew: false };
}

function newConversation(
  unit: Unit,
  party: Party,
  state: ConversationRow["state"],
): ConversationRow {
  return {
    tenant_id: unit.tenantId,
    id: unit.mint<"conversation">(),
    property_id: party.propertyId,
    contact_id: party.contactId,
    channel_id: party.channelId,
    address_id: party.addressId,
    state,
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
