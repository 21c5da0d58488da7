import { operations } from "@foyer/contract";
import { route } from "../../platform/access/index.ts";
import type { Bus } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import type { Adapters } from "../channels/index.ts";
import { addNote } from "./add-note.ts";
import { assignConversation } from "./assign-conversation.ts";
import { closeConversation, reopenConversation } from "./close-conversation.ts";
import { deliverMessageJob } from "./deliver-message.ts";
import { createFollowProperty } from "./follow-property.ts";
import { countConversations, listConversations } from "./list-conversations.ts";
import { conversationListeners } from "./listeners.ts";
import { markRead } from "./mark-read.ts";
import { createPresence, type Presence } from "./presence.ts";
import { reachConversation } from "./reach-conversation.ts";
import { getConversation, getTimeline } from "./read-conversation.ts";
import { createSendReply } from "./send-reply.ts";
import { conversationMigration, conversationTables } from "./tables.ts";

export {
  entryIdsAfter,
  presentableConversations,
  type SearchableEntry,
  searchableEntries,
} from "./searchable.ts";

export interface ConversationsParts {
  readonly adapters: Adapters;
  readonly bus: Bus;
  readonly clock: Clock;
}

/** The thread between a guest and a property. The exemplar: other modules are made like this. */
export function createConversations(parts: ConversationsParts): ModuleManifest {
  const presence = createPresence(parts.bus, parts.clock);
  return {
    name: "conversations",
    tables: conversationTables,
    migrations: [conversationMigration],
    routes: [
      route(operations.listConversations, listConversations),
      route(operations.countConversations, countConversations),
      route(operations.getConversation, getConversation),
      route(operations.getTimeline, getTimeline),
      route(operations.reply, createSendReply(parts.adapters)),
      route(operations.addNote, addNote),
      route(operations.assign, assignConversation),
      route(operations.close, closeConversation),
      route(operations.reopen, reopenConversation),
      route(operations.markRead, markRead),
      presenceRoute(presence),
    ],
    streams: [createFollowProperty({ bus: parts.bus, presence })],
    jobs: [deliverMessageJob(parts.adapters)],
    listeners: conversationListeners,
  };
}

function presenceRoute(presence: Presence) {
  return route(operations.setPresence, async (context, { conversationId, activity }) => {
    const { tenantId, caller } = context;
    const { property_id: propertyId } = await reachConversation(context, conversationId);
    presence.tell({ tenantId, propertyId, conversationId }, caller.agentId, activity);
    return undefined;
  });
}
