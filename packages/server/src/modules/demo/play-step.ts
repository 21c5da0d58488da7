import {
  type ContactId,
  type ConversationId,
  type EntryId,
  operations,
  writeInstant,
} from "@foyer/contract";
import { consentWordOf } from "../channels/index.ts";
import { threadsOf } from "../conversations/index.ts";
import type { DemoAgent, DemoTeam } from "./script/cast.ts";
import type { Stay, Step, Story } from "./script/story.ts";
import { named, perform, type Stage } from "./stage.ts";

const dayMs = 24 * 60 * 60_000;

/** By this address the demo's past fetches a picture: there is no carrier any more to ask. */
export const pastPicturePrefix = "demo:";

/** Plays one step of a story, by the use-cases that serve everybody. */
export async function play(stage: Stage, story: Story, step: Step): Promise<void> {
  if ("guest" in step) return hear(stage, story, step);
  const conversationId = await conversationOf(stage, story);
  if ("reply" in step) await reply(stage, story, conversationId, step);
  else if ("note" in step) await note(stage, conversationId, step);
  else if ("assign" in step) {
    const assignee = teamOrAgent(stage, step.assign);
    await perform(stage, step.by, operations.assign, { conversationId, assignee });
  } else if ("label" in step) {
    const { propertyId, labelIds } = named(stage.hotels, story.hotel);
    const contactId = await contactOf(stage, story);
    const labelId = named(labelIds, step.label);
    await perform(stage, step.by, operations.addContactLabel, { propertyId, contactId, labelId });
  } else if ("close" in step) {
    await perform(stage, step.by, operations.close, { conversationId });
  } else {
    await perform(stage, step.by, operations.noAnswerNeeded, { conversationId });
  }
}

/** A guest texts: the same notice that a channel gives when a provider brings one. */
async function hear(
  stage: Stage,
  story: Story,
  { guest: text, picture }: Extract<Step, { guest: string }>,
): Promise<void> {
  const { propertyId, channelId } = named(stage.hotels, story.hotel);
  const scope = await stage.parts.openScope(stage.tenantId);
  await scope.transact((unit) =>
    unit.notify({
      name: "message.arrived",
      propertyId,
      channelId,
      from: { kind: "phone", value: story.number },
      text,
      providerId: `demo ${scope.mint<"entry">()}`,
      occurredAt: unit.now,
      media: picture ? [{ url: pastPicturePrefix + picture, mediaType: "image/jpeg" }] : [],
      word: consentWordOf(text),
    }),
  );
}

/** The front desk writes down who it is, and what it knows of the stay, after the first text. */
export async function beginStory(stage: Stage, story: Story): Promise<void> {
  const { propertyId } = named(stage.hotels, story.hotel);
  const by = deskOf(story);
  const { name, language = null } = story;
  const address = { propertyId, kind: "phone", value: story.number } as const;
  const { contact } = await perform(stage, by, operations.lookUpContact, address);
  if (!contact) throw new Error("A guest of the script has texted and is not known");
  const { id: contactId, version } = contact;
  if (name !== null) {
    const change = { propertyId, contactId, name, language, version };
    await perform(stage, by, operations.updateContact, change);
  }
  if (story.stay && name !== null)
    await writeStay(stage, story, contactId as ContactId, story.stay);
}

async function writeStay(stage: Stage, story: Story, contactId: ContactId, stay: Stay) {
  const { propertyId, fieldIds } = named(stage.hotels, story.hotel);
  const dateOf = (days: number) => localDate(stage.parts.now + days * dayMs, stage.parts.timeZone);
  const values = {
    room: stay.room,
    arrival: dateOf(stay.arrival),
    departure: dateOf(stay.departure),
    vip: stay.isVip,
    title: stay.title,
  };
  for (const [purpose, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const fieldId = named(fieldIds, purpose as keyof typeof values);
    const field = { propertyId, contactId, fieldId, value };
    await perform(stage, deskOf(story), operations.setContactField, field);
  }
}

/** The date that the calendar on a wall shows there: `2026-11-24`. */
function localDate(at: number, timeZone: string): string {
  return new Date(writeInstant(at)).toLocaleDateString("sv", { timeZone });
}

async function reply(
  stage: Stage,
  story: Story,
  conversationId: ConversationId,
  { reply: text, by, end }: Extract<Step, { reply: string }>,
): Promise<void> {
  const scope = await stage.parts.openScope(stage.tenantId);
  const messageId = scope.mint<"entry">();
  await perform(stage, by, operations.reply, { conversationId, messageId, text });
  await stage.parts.settle();
  const { propertyId, channelId } = named(stage.hotels, story.hotel);
  const isFailed = end === "unreachable";
  await scope.transact((unit) =>
    unit.notify({
      name: "status.arrived",
      propertyId,
      channelId,
      entryId: messageId as EntryId,
      providerId: `demo ${messageId}`,
      state: isFailed ? "failed" : end === "read" ? "read" : "delivered",
      failure: isFailed ? "unreachable" : null,
    }),
  );
}

async function note(
  stage: Stage,
  conversationId: ConversationId,
  { note: text, by, calls }: Extract<Step, { note: string }>,
): Promise<void> {
  const scope = await stage.parts.openScope(stage.tenantId);
  const noteId = scope.mint<"entry">();
  const mentions = calls ? [teamOrAgent(stage, calls)] : [];
  await perform(stage, by, operations.addNote, { conversationId, noteId, text, mentions });
}

function teamOrAgent(stage: Stage, name: DemoAgent | DemoTeam) {
  const teamId = stage.teams.get(name as DemoTeam);
  return teamId ? { teamId } : { agentId: named(stage.agents, name as DemoAgent).id };
}

async function contactOf(stage: Stage, story: Story): Promise<ContactId> {
  const known = stage.contactIds.get(story);
  if (known) return known;
  const { propertyId } = named(stage.hotels, story.hotel);
  const address = { propertyId, kind: "phone", value: story.number } as const;
  const { contact } = await perform(stage, deskOf(story), operations.lookUpContact, address);
  if (!contact) throw new Error("A guest of the script has not texted yet");
  stage.contactIds.set(story, contact.id as ContactId);
  return contact.id as ContactId;
}

async function conversationOf(stage: Stage, story: Story): Promise<ConversationId> {
  const { propertyId } = named(stage.hotels, story.hotel);
  const scope = await stage.parts.openScope(stage.tenantId);
  const [id] = (await threadsOf(scope.read, propertyId, [await contactOf(stage, story)])).keys();
  if (!id) throw new Error("A guest of the script has no conversation yet");
  return id;
}

/** Who is at the desk of the story's hotel. */
function deskOf({ hotel }: Story): DemoAgent {
  return hotel === "house" ? "mia" : "lena";
}
