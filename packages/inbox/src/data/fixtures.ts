import type {
  AgentId,
  Attachment,
  AttachmentId,
  Contact,
  Conversation,
  ConversationId,
  EntryId,
  Message,
  Note,
  Occurrence,
  TeamId,
} from "@foyer/contract";

/** Made-up things of the contract for tests of pure logic. */
export const me = idFrom<AgentId>(1);
export const colleague = idFrom<AgentId>(2);
export const housekeeping = idFrom<TeamId>(3);

/** An id that reads as its number. */
export function idFrom<Kind extends string>(number: number): Kind {
  return `00000000-0000-7000-8000-${String(number).padStart(12, "0")}` as Kind;
}

export function conversationOf(number: number, change: Partial<Conversation> = {}): Conversation {
  return {
    id: idFrom<ConversationId>(number),
    propertyId: idFrom(900),
    contactId: idFrom(number + 1000),
    channelId: idFrom(901),
    title: `Guest ${number}`,
    hasName: true,
    state: "open",
    assignee: null,
    waitingSince: null,
    isUnread: false,
    isMentioned: false,
    stay: { room: null, arrivalOn: null, departureOn: null, isVip: false, title: null },
    labelIds: [],
    isBlocked: false,
    isOptedOut: false,
    preview: null,
    lastAt: "2026-11-22T12:00:00.000Z",
    lastPosition: 0,
    rank: number,
    version: 1,
    ...change,
  };
}

export function contactOf(number: number, change: Partial<Contact> = {}): Contact {
  return {
    id: idFrom(number + 1000),
    name: `Guest ${number}`,
    language: null,
    addresses: [],
    labelIds: [],
    fields: [],
    blockedAt: null,
    createdAt: "2026-11-01T12:00:00.000Z",
    version: 1,
    ...change,
  };
}

const baseMs = Date.parse("2026-11-22T12:00:00.000Z");

export function messageOf(position: number, change: Partial<Message> = {}): Message {
  const at = new Date(baseMs + position * 1000).toISOString();
  return {
    kind: "message",
    id: idFrom<EntryId>(5000 + position),
    conversationId: idFrom(1),
    position,
    occurredAt: at,
    recordedAt: at,
    version: 1,
    direction: "inbound",
    text: `Line ${position}`,
    state: "received",
    failure: null,
    agentId: null,
    channelId: idFrom(901),
    attachments: [],
    reaction: null,
    retriedBy: null,
    ...change,
  };
}

export function noteOf(position: number, change: Partial<Note> = {}): Note {
  const { id, conversationId, occurredAt, recordedAt, version } = messageOf(position);
  const entry = { id, conversationId, position, occurredAt, recordedAt, version };
  return { ...entry, kind: "note", text: `Note ${position}`, agentId: me, mentions: [], ...change };
}

export function attachmentOf(number: number, change: Partial<Attachment> = {}): Attachment {
  return {
    id: idFrom<AttachmentId>(7000 + number),
    name: `Picture ${number}.jpg`,
    mediaType: "image/jpeg",
    bytes: 1_000,
    width: 400,
    height: 300,
    state: "ready",
    url: `https://files.example/${number}`,
    ...change,
  };
}

export function occurrenceOf(position: number, change: Partial<Occurrence> = {}): Occurrence {
  const at = new Date(baseMs + position * 1000).toISOString();
  return {
    kind: "event",
    id: idFrom<EntryId>(5000 + position),
    conversationId: idFrom(1),
    position,
    occurredAt: at,
    recordedAt: at,
    version: 1,
    event: "closed",
    agentId: me,
    assignee: null,
    labelId: null,
    ...change,
  };
}
