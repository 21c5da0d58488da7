import { type ContactId, type EntryId, type FieldPurpose, operations } from "@foyer/contract";
import { consentWordOf } from "../channels/index.ts";
import { threadsOf } from "../conversations/index.ts";
import { localDate } from "./local-date.ts";
import type { DemoAgent, DemoTeam } from "./script/cast.ts";
import type { Stay, Step, Story } from "./script/story.ts";
import { named, perform, type Stage, type StagedGuest } from "./stage.ts";

/** By this address the demo's past fetches a picture: there is no carrier any more to ask. */
export const pastPicturePrefix = "demo:";

/** The desk writes down whom it expects, and what it knows of the stay. */
export async function welcome(stage: Stage, story: Story): Promise<void> {
  const { hotel, name, language = null, number, stay } = story;
  if (name === null) return;
  const { propertyId } = named(stage.hotels, hotel);
  const scope = await stage.parts.openScope(stage.tenantId);
  const contactId = scope.mint<"contact">();
  const addresses = [{ kind: "phone" as const, value: number }];
  const guest = { propertyId, contactId, name, language, addresses };
  await perform(stage, deskOf(story), operations.createContact, guest);
  stage.guests.set(story, { contactId });
  if (stay) await writeStay(stage, story, contactId, stay);
}

/** All fields at once: they come to share a transaction. */
async function writeStay(stage: Stage, story: Story, contactId: ContactId, stay: Stay) {
  const { propertyId, fieldIds } = named(stage.hotels, story.hotel);
  const { now, timeZone } = stage.parts;
  const values: [FieldPurpose, string | boolean | undefined][] = [
    ["room", stay.room],
    ["arrival", localDate(now, timeZone, stay.arrival)],
    ["departure", localDate(now, timeZone, stay.departure)],
    ["vip", stay.isVip],
    ["title", stay.title],
  ];
  const written = values.map(([purpose, value]) => {
    if (value === undefined) return undefined;
    const field = { propertyId, contactId, fieldId: named(fieldIds, purpose), value };
    return perform(stage, deskOf(story), operations.setContactField, field);
  });
  await Promise.all(written);
}

/** Plays one step of a story, by the use-cases that serve everybody. */
export async function play(stage: Stage, story: Story, step: Step): Promise<void> {
  if ("guest" in step) return hear(stage, story, step);
  const { contactId, conversationId } = await guestOf(stage, story);
  if ("reply" in step) await reply(stage, story, conversationId, step);
  else if ("note" in step) await note(stage, conversationId, step);
  else if ("assign" in step) {
    const assignee = teamOrAgent(stage, step.assign);
    await perform(stage, step.by, operations.assign, { conversationId, assignee });
  } else if ("label" in step) {
    const { propertyId, labelIds } = named(stage.hotels, story.hotel);
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

type InConversation = Required<StagedGuest>;

async function reply(
  stage: Stage,
  story: Story,
  conversationId: InConversation["conversationId"],
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
  conversationId: InConversation["conversationId"],
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

/** Who has texted, and where. Looked for once: neither changes in a story. */
async function guestOf(stage: Stage, story: Story): Promise<InConversation> {
  const known = stage.guests.get(story);
  const { contactId = await lookUp(stage, story), conversationId } = known ?? {};
  if (conversationId) return { contactId, conversationId };
  const { propertyId } = named(stage.hotels, story.hotel);
  const scope = await stage.parts.openScope(stage.tenantId);
  const [id] = (await threadsOf(scope.read, propertyId, [contactId])).keys();
  if (!id) throw new Error("A guest of the script has no conversation yet");
  stage.guests.set(story, { contactId, conversationId: id });
  return { contactId, conversationId: id };
}

/** Whom nobody expected is known by the number. */
async function lookUp(stage: Stage, story: Story): Promise<ContactId> {
  const { propertyId } = named(stage.hotels, story.hotel);
  const address = { propertyId, kind: "phone", value: story.number } as const;
  const { contact } = await perform(stage, deskOf(story), operations.lookUpContact, address);
  if (!contact) throw new Error("A guest of the script has not texted yet");
  return contact.id as ContactId;
}

/** Who is at the desk of the story's hotel. */
function deskOf({ hotel }: Story): DemoAgent {
  return hotel === "house" ? "mia" : "lena";
}
