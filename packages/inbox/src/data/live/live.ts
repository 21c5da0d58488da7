import { readStreamEvent } from "@foyer/client";
import { type ConversationId, limits, type StreamEvent } from "@foyer/contract";
import type { Feed } from "../feed.ts";
import { connection } from "./connection.ts";
import { type Line, openLine } from "./line.ts";
import { createOpenTabs, type TabMessage, tabSpeaksEveryMs } from "./messages.ts";
import { receive } from "./receive.ts";

/** This tab's part in the one stream of the browser. */
export interface Live {
  /** Says which conversations this tab has open. */
  open(conversations: readonly ConversationId[]): void;
  stop(): void;
}

const regroupMs = 30;

/**
 * Follows a property with ONE stream for all tabs of the browser: a Web Lock makes one tab the
 * leader, a broadcast channel carries its events to the others, and they tell it what they have
 * open. When the leader goes, the next tab goes on from the cursor that it knows. Where a browser
 * lacks either, each tab has a stream of its own.
 */
export function followLive(feed: Feed): Live {
  const name = `foyer.stream.${feed.me}.${feed.propertyId}`;
  const tab = crypto.randomUUID();
  const tabs = createOpenTabs();
  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : undefined;
  const given = new AbortController();
  let mine: readonly ConversationId[] = [];
  let line: Line | undefined;
  let covered: readonly ConversationId[] = [];
  let regroup: ReturnType<typeof setTimeout> | undefined;

  const post = (message: TabMessage) => channel?.postMessage(message);
  const sayMine = () => {
    tabs.said(tab, mine, Date.now());
    post({ type: "open", tab, conversations: [...mine] });
  };
  const sayLine = () => post({ type: "line", ...connection.get(), covered: [...covered] });
  const take = (data: string, cursor: string) => {
    if (cursor !== "") feed.cursor = cursor;
    const event = readStreamEvent(data);
    if (event?.type === "read_anew") line?.forgetCursor();
    if (event?.type === "ended") line?.close();
    if (event) receive(event);
  };
  const tell = (event: StreamEvent) => {
    const data = JSON.stringify(event);
    take(data, "");
    post({ type: "event", data, cursor: "" });
  };
  const regroupSoon = () => {
    if (!line || feed.cursor === null) return;
    clearTimeout(regroup);
    regroup = setTimeout(() => {
      const open = tabs.conversations(Date.now(), limits.streamConversationsMax);
      if (open.join() !== covered.join()) line?.connect(feed.cursor, open);
    }, regroupMs);
  };
  const setCovered = (conversations: readonly ConversationId[]) => {
    covered = conversations;
    feed.covered = new Set(conversations);
  };
  const lead = () => {
    line = openLine(feed.propertyId, {
      event: (data, cursor) => {
        take(data, cursor);
        post({ type: "event", data, cursor });
      },
      up: (conversations) => {
        setCovered(conversations);
        connection.set({ isConnected: true, cutAtMs: null });
        sayLine();
        regroupSoon();
      },
      down: () => {
        connection.update((now) => ({ isConnected: false, cutAtMs: now.cutAtMs ?? Date.now() }));
        sayLine();
      },
      anew: () => tell({ type: "read_anew" }),
      refused: (status) => {
        if (status === 410) line?.forgetCursor();
        else tell({ type: "ended", reason: status === 401 ? "session" : "property" });
      },
    });
    post({ type: "who" });
    void feed.begun.then(() => {
      line?.connect(feed.cursor, tabs.conversations(Date.now(), limits.streamConversationsMax));
    });
  };
  const listen = (message: TabMessage) => {
    if (message.type === "who") {
      sayMine();
      if (line) sayLine();
    } else if (message.type === "open") {
      tabs.said(message.tab, message.conversations, Date.now());
      regroupSoon();
    } else if (message.type === "left") {
      tabs.left(message.tab);
      regroupSoon();
    } else if (!line && message.type === "event") {
      take(message.data, message.cursor);
    } else if (!line && message.type === "line") {
      setCovered(message.covered);
      connection.set({ isConnected: message.isConnected, cutAtMs: message.cutAtMs });
    }
  };
  const hurry = () => line?.hurry();
  const leave = () => post({ type: "left", tab });
  const speaking = setInterval(sayMine, tabSpeaksEveryMs);

  channel?.addEventListener("message", (event: MessageEvent<TabMessage>) => listen(event.data));
  addEventListener("online", hurry);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", sayMine);
  post({ type: "who" });
  if (channel && navigator.locks) void holdLead(name, given.signal, lead);
  else lead();

  return {
    open(conversations) {
      mine = conversations;
      sayMine();
      regroupSoon();
    },
    stop() {
      leave();
      given.abort();
      line?.close();
      channel?.close();
      clearInterval(speaking);
      clearTimeout(regroup);
      removeEventListener("online", hurry);
      removeEventListener("pagehide", leave);
      removeEventListener("pageshow", sayMine);
    },
  };
}

/** Waits until no other tab leads, then leads until this tab goes or stops. */
async function holdLead(name: string, signal: AbortSignal, lead: () => void): Promise<void> {
  try {
    await navigator.locks.request(name, { signal }, () => {
      lead();
      return new Promise<void>((done) => signal.addEventListener("abort", () => done()));
    });
  } catch {
    // Stopped while waiting for the lead.
  }
}
