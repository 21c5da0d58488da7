import { operations } from "@foyer/contract";
import { route } from "../../platform/access/index.ts";
import type { Bus } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import type { Adapters } from "../channels/index.ts";
import type { SignedIn } from "../tenancy/index.ts";
import { addNote } from "./add-note.ts";
import { assignConversation } from "./assign-conversation.ts";
import { closeConversation, reopenConversation, sayNoAnswerNeeded } from "./close-conversation.ts";
import { deliverMessageJob } from "./deliver-message.ts";
import { dropFirstAnswers } from "./first-answer-store.ts";
import { createFollowProperty } from "./follow-property.ts";
import { handOver, releaseJobs } from "./hand-over.ts";
import { countConversations, listConversations } from "./list-conversations.ts";
import { conversationListeners } from "./listeners.ts";
import { lookUpMessageJob } from "./look-up-message.ts";
import { markRead } from "./mark-read.ts";
import { createGetNow } from "./now.ts";
import { createPresence, type Presence } from "./presence.ts";
import { previewTemplate } from "./preview-template.ts";
import { reachConversation } from "./reach-conversation.ts";
import { getConversation, getTimeline } from "./read-conversation.ts";
import { createSendReply } from "./send-reply.ts";
import { createStartConversation } from "./start-conversation.ts";
import { conversationMigration, conversationTables } from "./tables.ts";

export {
  entryIdsAfter,
  presentableConversations,
  type SearchableEntry,
  searchableEntries,
  threadsOf,
} from "./searchable.ts";

/** How long guests waited is kept for so long. */
const firstAnswerRetentionMs = 90 * 24 * 60 * 60 * 1000;

export interface ConversationsParts {
  readonly adapters: Adapters;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly signedIn: SignedIn;
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
      route(operations.start, createStartConversation(parts.adapters)),
      route(operations.previewTemplate, previewTemplate),
      route(operations.addNote, addNote),
      route(operations.assign, assignConversation),
      route(operations.close, closeConversation),
      route(operations.reopen, reopenConversation),
      route(operations.noAnswerNeeded, sayNoAnswerNeeded),
      route(operations.getNow, createGetNow(parts.signedIn)),
      route(operations.handOver, handOver),
      route(operations.markRead, markRead),
      presenceRoute(presence),
    ],
    streams: [createFollowProperty({ bus: parts.bus, presence })],
    jobs: [deliverMessageJob(parts.adapters), lookUpMessageJob(parts.adapters), ...releaseJobs],
    listeners: conversationListeners,
    tidy: async (scope) => {
      const before = scope.now() - firstAnswerRetentionMs;
      await scope.transact((unit) => unit.db.run(dropFirstAnswers, { before }));
    },
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
