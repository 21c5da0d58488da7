import type { AgentId, Conversation } from "@foyer/contract";
import { isInView, listKeyOf } from "./model.ts";

/** A wait that began longer ago than this is no news, whenever it is first heard of. */
const newForMs = 60_000;
const heardMax = 500;

/** Remembers for whom it rang: once for each wait. */
export interface Rings {
  /** Whether a conversation, as it is now, is worth a sound to somebody. */
  hears(conversation: Conversation, me: AgentId, nowMs: number): boolean;
}

/**
 * A guest who begins to wait rings for whoever may answer them: for me where the conversation is
 * mine, for everybody where it is a team's or nobody's. What I did myself never rings.
 */
export function createRings(): Rings {
  let heard: readonly string[] = [];
  return {
    hears(conversation, me, nowMs) {
      const { id, waitingSince, preview } = conversation;
      if (waitingSince === null || conversation.state !== "open") return false;
      const wait = `${id} ${waitingSince}`;
      if (heard.includes(wait)) return false;
      heard = [...heard.slice(-heardMax + 1), wait];
      const isOwn = preview?.agentId === me;
      const isNew = Math.abs(nowMs - Date.parse(waitingSince)) <= newForMs;
      return isNew && !isOwn && concernsMe(conversation, me);
    },
  };
}

function concernsMe(conversation: Conversation, me: AgentId): boolean {
  const { assignee } = conversation;
  if (assignee === null || "teamId" in assignee) return true;
  return isInView(conversation, listKeyOf("mine"), me) === true;
}
