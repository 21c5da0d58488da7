import type { ConversationId, StreamEvent } from "@foyer/contract";
import { createStore } from "../store/store.ts";
import { call, callOnLeaving } from "./api.ts";

export type Presence = Extract<StreamEvent, { type: "presence" }>;
export type Activity = "viewing" | "typing_message" | "typing_note" | "left";

/** Who else looks at which conversation, as last told. Gone with the page. */
export const presence = createStore<ReadonlyMap<ConversationId, Presence>>(new Map());

const viewingEveryMs = 15_000;
const typingEveryMs = 3_000;
const typingEndsMs = 5_000;

/** Tells colleagues what I do in one conversation, no more often than they need. */
export interface PresenceSender {
  typing(kind: "message" | "note"): void;
  /** The text was sent or emptied. */
  idle(): void;
  leave(): void;
}

/** Begins to say that I look at a conversation, again and again while the page is in sight. */
export function sendPresence(conversationId: ConversationId): PresenceSender {
  let typedAt = 0;
  let typingKind: string | undefined;
  let ends: ReturnType<typeof setTimeout> | undefined;
  const say = (activity: Activity) => {
    // A lost presence is told again with the next one; nothing depends on it.
    call("setPresence", { conversationId, activity }).catch(() => undefined);
  };
  const view = () => {
    if (document.visibilityState === "visible" && typingKind === undefined) say("viewing");
  };
  const idle = () => {
    clearTimeout(ends);
    if (typingKind === undefined) return;
    typingKind = undefined;
    typedAt = 0;
    view();
  };
  const goodbye = () => callOnLeaving("setPresence", { conversationId, activity: "left" });
  const repeat = setInterval(view, viewingEveryMs);
  const turn = () => (document.visibilityState === "visible" ? view() : goodbye());
  document.addEventListener("visibilitychange", turn);
  view();
  return {
    typing(kind) {
      clearTimeout(ends);
      ends = setTimeout(idle, typingEndsMs);
      if (kind === typingKind && Date.now() - typedAt < typingEveryMs) return;
      typingKind = kind;
      typedAt = Date.now();
      say(kind === "note" ? "typing_note" : "typing_message");
    },
    idle,
    leave() {
      clearTimeout(ends);
      clearInterval(repeat);
      document.removeEventListener("visibilitychange", turn);
      say("left");
    },
  };
}
