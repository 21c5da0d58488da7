import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type {
  AddressId,
  AgentId,
  AttachmentId,
  Contact,
  ContactId,
  ConversationId,
  DeliveryId,
  EntryId,
  FieldId,
  LabelId,
  SessionId,
  TemplateId,
} from "@foyer/contract";
import { png } from "../world/files.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";

/** A hotel with one of everything that an operation can name. */
export interface Stage {
  readonly hotel: Hotel;
  readonly guest: Guest;
  readonly conversationId: ConversationId;
  readonly contactId: ContactId;
  readonly addressId: AddressId;
  /** Somebody who never wrote. */
  readonly silentContactId: ContactId;
  readonly messageId: EntryId;
  readonly noteId: EntryId;
  /** A picture that the agent handed in and sent to nobody yet. */
  readonly attachmentId: AttachmentId;
  /** A delivery that was received and cannot be processed. */
  readonly deliveryId: DeliveryId;
  readonly agentId: AgentId;
  readonly templateId: TemplateId;
  readonly labelId: LabelId;
  readonly fieldId: FieldId;
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
  const attachmentId = randomUUID();
  const { propertyId } = hotel;
  await client.uploadAttachment({ propertyId, attachmentId, name: "Cot in 214" }, png());
  const session = await client.getSession({});
  return {
    hotel,
    guest,
    conversationId,
    contactId: contact.id,
    addressId: theAddress(contact),
    silentContactId: await makeContact(hotel),
    messageId: message.id,
    noteId: noteId as EntryId,
    attachmentId: attachmentId as AttachmentId,
    deliveryId: await leaveFailedDelivery(hotel),
    agentId: agent.id,
    templateId: await makeTemplate(hotel),
    labelId: await makeLabel(hotel),
    fieldId: await fieldForRooms(hotel),
    sessionId: session.id,
  };
}

async function makeTemplate(hotel: Hotel): Promise<TemplateId> {
  const client = await hotel.agent("supervisor").client();
  const { propertyId } = hotel;
  const texts = [{ language: "en", text: "Two towels are on their way." }];
  const given = { propertyId, templateId: randomUUID(), name: "Towels", shortcut: "towels" };
  return (await client.createTemplate({ ...given, texts })).template.id;
}

function theAddress({ addresses: [address] }: Contact): AddressId {
  assert.ok(address);
  return address.id;
}

async function makeContact(hotel: Hotel): Promise<ContactId> {
  const client = await hotel.agent("supervisor").client();
  const { propertyId } = hotel;
  const given = { propertyId, contactId: randomUUID(), name: "Never wrote", addresses: [] };
  return (await client.createContact(given)).contact.id;
}

async function makeLabel(hotel: Hotel): Promise<LabelId> {
  const { propertyId } = hotel;
  const client = await hotel.agent("supervisor").client();
  const given = { propertyId, labelId: randomUUID(), name: "Anniversary", colour: "red" } as const;
  return (await client.createLabel(given)).label.id;
}

async function fieldForRooms(hotel: Hotel): Promise<FieldId> {
  const client = await hotel.agent("supervisor").client();
  const { items } = await client.listFields({ propertyId: hotel.propertyId });
  const room = items.find(({ purpose }) => purpose === "room");
  assert.ok(room);
  return room.id;
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
