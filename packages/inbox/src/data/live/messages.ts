import type { ConversationId } from "@foyer/contract";

/** What the tabs of one browser tell each other about the one stream that they share. */
export type TabMessage =
  /** A tab came, or the leader changed: everybody says what they have open. */
  | { readonly type: "who" }
  /** A tab's open conversations; also said every now and then, so that a dead tab is forgotten. */
  | { readonly type: "open"; readonly tab: string; readonly conversations: ConversationId[] }
  | { readonly type: "left"; readonly tab: string }
  /** Somebody looks at a tab, and the line is down: the leader tries at once. */
  | { readonly type: "hurry" }
  /** The leader passes an event on. */
  | { readonly type: "event"; readonly data: string; readonly cursor: string }
  /** The leader says how the line is and whose entries travel on it. */
  | {
      readonly type: "line";
      readonly isConnected: boolean;
      readonly cutAtMs: number | null;
      readonly isOffline: boolean;
      readonly covered: ConversationId[];
    };

/** Conversations that tabs have open, forgetting tabs that fell silent. */
export interface OpenTabs {
  said(tab: string, conversations: readonly ConversationId[], nowMs: number): void;
  left(tab: string): void;
  conversations(nowMs: number, max: number): ConversationId[];
}

export const tabSpeaksEveryMs = 30_000;
const tabSilentMs = 150_000;

export function createOpenTabs(): OpenTabs {
  const tabs = new Map<string, { at: number; conversations: readonly ConversationId[] }>();
  return {
    said: (tab, conversations, nowMs) => {
      tabs.delete(tab);
      tabs.set(tab, { at: nowMs, conversations });
    },
    left: (tab) => void tabs.delete(tab),
    conversations(nowMs, max) {
      for (const [tab, { at }] of tabs) if (nowMs - at > tabSilentMs) tabs.delete(tab);
      const all = [...tabs.values()].reverse().flatMap((tab) => tab.conversations);
      return [...new Set(all)].slice(0, max).sort();
    },
  };
}
