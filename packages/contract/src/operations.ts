import * as contacts from "./operations/contacts.ts";
import * as conversations from "./operations/conversations.ts";
import * as deliveries from "./operations/deliveries.ts";
import * as properties from "./operations/properties.ts";
import * as search from "./operations/search.ts";
import * as sessions from "./operations/sessions.ts";
import * as stream from "./operations/stream.ts";

/** Every operation there is. What is not here does not exist for client, page or law test. */
export const operations = {
  signIn: sessions.signIn,
  getSession: sessions.getSession,
  signOut: sessions.signOut,
  listSessions: sessions.listSessions,
  revokeSession: sessions.revokeSession,
  getInstallation: sessions.getInstallation,
  getPropertyPeople: properties.getPropertyPeople,
  listChannels: properties.listChannels,
  listConversations: conversations.listConversations,
  countConversations: conversations.countConversations,
  getConversation: conversations.getConversation,
  getTimeline: conversations.getTimeline,
  reply: conversations.reply,
  addNote: conversations.addNote,
  assign: conversations.assign,
  close: conversations.close,
  reopen: conversations.reopen,
  markRead: conversations.markRead,
  setPresence: conversations.setPresence,
  createContact: contacts.createContact,
  getContact: contacts.getContact,
  updateContact: contacts.updateContact,
  lookUpContact: contacts.lookUpContact,
  search: search.search,
  listDeliveries: deliveries.listDeliveries,
  replayDelivery: deliveries.replayDelivery,
  followProperty: stream.followProperty,
} as const;

export type OperationKey = keyof typeof operations;
