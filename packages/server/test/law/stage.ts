import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type {
  AgentId,
  ContactId,
  ConversationId,
  DeliveryId,
  EntryId,
  SessionId,
} from "@foyer/contract";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";

/** A hotel with one of everything that an operation can name. */
export interface Stage {
  readonly hotel: Hotel;
  readonly guest: Guest;
  readonly conversationId: ConversationId;
  readonly contactId: ContactId;
  readonly messageId: EntryId;
  readonly noteId: EntryId;
  /** A delivery that was received and cannot be processed. */
  readonly deliveryId: DeliveryId;
  readonly agentId: AgentId;
  readonly sessionId: SessionId;
}

/** Plays a little of everything at a hotel, through the doors that everybody uses. */
export async function setStage(hotel: Hotel): Promise<Stage> {
  const guest = hotel.guest();
  await guest.texts("Do you have a cot for the little one?");
  const message = await hotel.reply(guest, "There is one in your room already.");
  const { conversationId } = message;
  const agent = hotel.agent("agent");
  const client = await agent.client();
  const noteId = randomUUID();
  await client.addNote({ conversationId, noteId, text: "Cot is in 214, not in 412." });
  const { contact } = await client.getConversation({ conversationId });
  const session = await client.getSession({});
  return {
    hotel,
    guest,
    conversationId,
    contactId: contact.id,
    messageId: message.id,
    noteId: noteId as EntryId,
    deliveryId: await leaveFailedDelivery(hotel),
    agentId: agent.id,
    sessionId: session.id,
  };
}

async function leaveFailedDelivery(hotel: Hotel): Promise<DeliveryId> {
  const sender = { ...hotel.received(hotel.guest(), "From a short number."), from: "MARKETING" };
  const posted = await hotel.post({ body: JSON.stringify(sender) });
  assert.equal(posted.status, 200);
  const client = await hotel.agent("supervisor").client();
  const { propertyId } = hotel;
  const { items } = await client.listDeliveries({ propertyId, state: "failed" });
  assert.ok(items[0]);
  return items[0].id;
}
