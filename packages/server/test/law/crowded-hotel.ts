import { randomUUID } from "node:crypto";
import type { Client } from "@foyer/client";
import type { Conversation, ConversationId, LabelId } from "@foyer/contract";
import { picture } from "@foyer/simulator";
import { png } from "../world/files.ts";
import type { Hotel } from "../world/hotel.ts";
import type { World } from "../world/world.ts";

const guests = 130;
/** More than a page holds. */
const more = 110;
const richEntries = 30;
const settingsOfEach = 12;

/** Where everything is more than a page. */
export interface CrowdedHotel {
  /** Of one who asked and asked. */
  readonly longId: ConversationId;
  /** Of notes that call somebody, and answers that bring something. */
  readonly richId: ConversationId;
  /** On every other guest. */
  readonly labelId: LabelId;
}

/** Lets guests write and the team be busy. From here on the carrier is down: nothing leaves. */
export async function crowd(world: World, hotel: Hotel): Promise<CrowdedHotel> {
  for (let number = 0; number < guests; number += 1) {
    const media = number % 4 === 0 ? [picture("lamp")] : [];
    world.carrier.text(hotel.guest().number, hotel.number, "Is the bar open?", { media });
  }
  const talkative = hotel.guest();
  for (let number = 0; number < more; number += 1) talkative.sends(`Question ${number}`);
  const lively = hotel.guest();
  lively.sends("Is the bar open?");
  await world.settle();
  for (let number = 0; number < more; number += 1) await hotel.post({ body: `broken ${number}` });
  const { id: longId } = await hotel.conversationWith(talkative);
  const { id: richId } = await hotel.conversationWith(lively);
  await world.carrierLine.down();
  await talkRichly(hotel, richId);
  return { longId, richId, labelId: await fillRows(hotel) };
}

/** More of everything that leaders set up. */
export async function setUpMore(world: World, hotel: Hotel): Promise<void> {
  const owner = await hotel.agent("owner").client();
  const { propertyId } = hotel;
  for (let number = 0; number < settingsOfEach; number += 1) {
    const name = `Number ${number}`;
    const id = randomUUID();
    await owner.createLabel({ propertyId, labelId: id, name, colour: "red" });
    await owner.createField({ propertyId, fieldId: id, name, kind: "text" });
    const texts = [{ language: "en", text: "Until ten tonight." }];
    const shortcut = `number-${number}`;
    await owner.createTemplate({ propertyId, templateId: id, name, shortcut, texts });
    const account = { accountSid: `AC${"a".repeat(32)}`, authToken: "b".repeat(32) };
    const channel = { channelId: id, address: world.freeHotelNumber(), ...account };
    await owner.createChannel({ propertyId, kind: "twilio", ...channel });
    const person = { email: `${number}@aurora.example`, password: "four words and more" };
    const agent = { agentId: id, name, propertyIds: [propertyId], ...person };
    await owner.createAgent({ role: "agent", ...agent });
    await owner.createTeam({ propertyId, teamId: id, name, colour: "red", agentIds: [id] });
  }
}

async function talkRichly(hotel: Hotel, conversationId: ConversationId): Promise<void> {
  const { propertyId, teamId } = hotel;
  const client = await hotel.agent("supervisor").client();
  for (let number = 0; number < richEntries; number += 1) {
    const [noteId, messageId, attachmentId] = [randomUUID(), randomUUID(), randomUUID()];
    const text = `Number ${number}`;
    await client.addNote({ conversationId, noteId, text, mentions: [{ teamId }] });
    await client.uploadAttachment({ propertyId, attachmentId, name: "Map" }, png());
    await client.reply({ conversationId, messageId, text, attachmentIds: [attachmentId] });
  }
}

/** Guests of whom something is known, in every view of the list. */
async function fillRows(hotel: Hotel): Promise<LabelId> {
  const { propertyId } = hotel;
  const client = await hotel.agent("supervisor").client();
  const given = { labelId: randomUUID(), name: "Anniversary", colour: "red" } as const;
  const { id: labelId } = (await client.createLabel({ propertyId, ...given })).label;
  const { items: fields } = await client.listFields({ propertyId });
  const fieldId = fields.find(({ purpose }) => purpose === "room")?.id ?? "";
  const { items } = await client.listConversations({ propertyId, view: "all", limit: 100 });
  for (const [at, row] of items.entries()) {
    await movers[at % movers.length]?.(client, hotel, row);
    if (at % 2 === 1) continue;
    const guest = { propertyId, contactId: row.contactId };
    await client.setContactField({ ...guest, fieldId, value: `${at}` });
    await client.addContactLabel({ ...guest, labelId });
  }
  return labelId;
}

type Mover = (client: Client, hotel: Hotel, row: Conversation) => Promise<unknown>;

/** What brings a conversation into each view; the first leaves it where it is. */
const movers: readonly Mover[] = [
  async () => undefined,
  (client, hotel, { id: conversationId }) =>
    client.assign({ conversationId, assignee: { agentId: hotel.agent("supervisor").id } }),
  (client, { teamId }, { id: conversationId }) =>
    client.assign({ conversationId, assignee: { teamId } }),
  (client, hotel, { id: conversationId }) =>
    client.assign({ conversationId, assignee: { agentId: hotel.agent().id } }),
  (client, _hotel, { id: conversationId }) =>
    client.reply({ conversationId, messageId: randomUUID(), text: "Until two." }),
  (client, _hotel, { id: conversationId }) => client.close({ conversationId }),
];
