import type { MessageArrived, Unit } from "../../platform/scope/index.ts";
import { expect } from "../attachments/index.ts";
import {
  assumeConsent,
  type Found,
  findOrCreateContact,
  lockContact,
  recordGuestWord,
} from "../contacts/index.ts";
import { ensureConversation, type Party } from "./ensure-conversation.ts";
import { receiveReaction } from "./receive-reaction.ts";
import { decideHearing, type Heard } from "./rules.ts";
import type { ConversationRow } from "./tables.ts";
import { reopen } from "./take-up.ts";
import { append, save } from "./timeline.ts";

/**
 * Takes in what a guest said: finds or makes the contact and the conversation, reopens a closed
 * one, and appends the message. Runs in the delivery's transaction, behind its savepoint.
 */
export async function receiveMessage(unit: Unit, arrived: MessageArrived): Promise<void> {
  const { propertyId, channelId } = arrived;
  const found = await findGuest(unit, arrived);
  const heard = decideHearing({ ...found, word: arrived.word });
  const party = { propertyId, channelId, ...found };
  const { row } = await ensureConversation(unit, party, heard.isQuiet ? "closed" : "open");
  if (await receiveReaction(unit, row, arrived)) return;
  await save(unit, await appendHeard(unit, row, arrived, heard));
  await noteConsent(unit, party, heard);
}

/**
 * Who wrote. Whoever changes what a guest agreed to takes the contact's lock before a
 * conversation's, and decides on what is known under it: of two words at once, the later is heard
 * as such. Texts without such a word, nearly all, need no lock.
 */
async function findGuest(unit: Unit, { propertyId, from, word }: MessageArrived): Promise<Found> {
  const found = await findOrCreateContact(unit, propertyId, from);
  if (word === null) return found;
  await lockContact(unit, found.contactId);
  const known = await findOrCreateContact(unit, propertyId, from);
  // Between look and lock the address became somebody else's: it cannot while theirs is held.
  if (known.contactId !== found.contactId) await lockContact(unit, known.contactId);
  return known;
}

async function appendHeard(
  unit: Unit,
  row: ConversationRow,
  arrived: MessageArrived,
  { isQuiet }: Heard,
): Promise<ConversationRow> {
  const { propertyId, channelId, media } = arrived;
  const open = isQuiet ? row : await reopen(unit, row, null);
  const id = unit.mint<"entry">();
  const after = await append(unit, open, {
    id,
    kind: "inbound",
    isQuiet,
    text: arrived.text,
    attachments: media.length,
    channel_id: channelId,
    state: "received",
    occurred_at: arrived.occurredAt,
  });
  if (media.length > 0) await expect(unit, { propertyId, channelId, entryId: id, media });
  return after;
}

/** What the guest's text says of being texted. Once per guest, but for those who change it. */
async function noteConsent(
  unit: Unit,
  { propertyId, contactId, addressId }: Party,
  { turned, agreesByWriting }: Heard,
): Promise<void> {
  const at = { propertyId, contactId, addressId };
  if (turned !== null) await recordGuestWord(unit, { ...at, word: turned });
  else if (agreesByWriting) await assumeConsent(unit, at);
}
