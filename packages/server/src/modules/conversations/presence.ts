import type { AgentId, ConversationId, PropertyId, StreamEvent, TenantId } from "@foyer/contract";
import { type Bus, presenceTopic } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";

export type Activity = "viewing" | "typing_message" | "typing_note" | "left";

/** Who says nothing for so long is taken to be gone; a screen says it again sooner. */
const viewingMs = 45_000;
const typingMs = 6_000;
const conversationsMax = 10_000;

interface Sign {
  readonly activity: Exclude<Activity, "left">;
  readonly at: number;
}

type PresenceEvent = Extract<StreamEvent, { type: "presence" }>;

export interface Place {
  readonly tenantId: TenantId;
  readonly propertyId: PropertyId;
  readonly conversationId: ConversationId;
}

/**
 * Who looks at a conversation now, and who types. Ephemeral: it is kept in memory, heard over the
 * bus by every process, and gone when nobody says it any more. No row knows of it.
 */
export interface Presence {
  tell(place: Place, agentId: AgentId, activity: Activity): void;
  /** Everybody but the one who asks. */
  at(place: Place, asking: AgentId): PresenceEvent;
  /** Calls back with the conversation whenever somebody's presence at a property changes. */
  subscribe(
    tenantId: TenantId,
    propertyId: PropertyId,
    listener: (conversationId: ConversationId) => void,
  ): () => void;
}

export function createPresence(bus: Bus, clock: Clock): Presence {
  const places = new Map<string, Map<AgentId, Sign>>();
  const signsAt = (key: string) => {
    const known = places.get(key) ?? new Map<AgentId, Sign>();
    places.delete(key);
    if (places.size >= conversationsMax) places.delete(places.keys().next().value as string);
    places.set(key, known);
    return known;
  };
  return {
    tell: (place, agentId, activity) => {
      const signs = signsAt(keyOf(place));
      if (activity === "left") signs.delete(agentId);
      else signs.set(agentId, { activity, at: clock.now() });
      bus.publish(presenceTopic(place.tenantId, place.propertyId), place.conversationId);
    },
    at: (place, asking) => {
      const now = clock.now();
      const signs = [...(places.get(keyOf(place)) ?? [])].filter(
        ([agentId, sign]) => agentId !== asking && now - sign.at < viewingMs,
      );
      return {
        type: "presence",
        conversationId: place.conversationId,
        viewing: signs.map(([agentId]) => agentId),
        typing: signs.flatMap(([agentId, sign]) => typingOf(agentId, sign, now)),
      };
    },
    subscribe: (tenantId, propertyId, listener) =>
      bus.subscribe(presenceTopic(tenantId, propertyId), (message) =>
        listener(message as ConversationId),
      ),
  };
}

function typingOf(agentId: AgentId, sign: Sign, now: number): PresenceEvent["typing"] {
  if (sign.activity === "viewing" || now - sign.at >= typingMs) return [];
  return [{ agentId, kind: sign.activity === "typing_note" ? "note" : "message" }];
}

/** With the property: who follows one property learns nothing of who looks at another's. */
function keyOf({ tenantId, propertyId, conversationId }: Place): string {
  return `${tenantId} ${propertyId} ${conversationId}`;
}
