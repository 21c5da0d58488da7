import { readStreamEvent } from "@foyer/client";
import { type ConversationId, limits, type StreamEvent } from "@foyer/contract";
import { call, isTemporary, refusalCodeOf } from "../api.ts";
import type { Feed } from "../feed.ts";
import { backoffMs } from "../outbox.ts";
import { readFailedAgain } from "../query-client.ts";
import { connection } from "./connection.ts";
import { type Line, openLine } from "./line.ts";
import { createOpenTabs, type OpenTabs, type TabMessage, tabSpeaksEveryMs } from "./messages.ts";
import { receive } from "./receive.ts";

/** This tab's part in the one stream of the browser. */
export interface Live {
  /** Says which conversations this tab has open. */
  open(conversations: readonly ConversationId[]): void;
  stop(): void;
}

/** What one tab knows and holds while it follows. */
interface Part {
  readonly feed: Feed;
  readonly tab: string;
  readonly tabs: OpenTabs;
  readonly channel: BroadcastChannel | undefined;
  mine: readonly ConversationId[];
  /** Conversations whose entries travel on the line as it stands. */
  covered: readonly ConversationId[];
  /** The stream itself, in the tab that leads. */
  line: Line | undefined;
  /** The line begins anew: once it stands, every tab must read again. */
  isAnew: boolean;
  readonly signal: AbortSignal;
  regroup: ReturnType<typeof setTimeout> | undefined;
}

const regroupMs = 30;
const hurryEveryMs = 10_000;

/**
 * Follows a property with ONE stream for all tabs of the browser: a Web Lock makes one tab the
 * leader, a broadcast channel carries its events to the others, and they tell it what they have
 * open. When the leader goes, the next tab goes on from the cursor that it knows. Where a browser
 * lacks either, each tab has a stream of its own.
 */
export function followLive(feed: Feed): Live {
  const name = `foyer.stream.${feed.me}.${feed.propertyId}`;
  const given = new AbortController();
  const { signal } = given;
  const part = partOf(feed, name, signal);
  const { channel } = part;
  const unwatch = connection.subscribe(() => connection.get().isConnected && readFailedAgain());
  signal.addEventListener("abort", unwatch);
  const speaking = setInterval(() => sayMine(part), tabSpeaksEveryMs);
  channel?.addEventListener("message", (event: MessageEvent<TabMessage>) =>
    listen(part, event.data),
  );
  hearNetwork(part);
  addEventListener("pagehide", () => post(part, { type: "left", tab: part.tab }), { signal });
  addEventListener("pageshow", () => sayMine(part), { signal });
  post(part, { type: "who" });
  if (channel && navigator.locks) void holdLead(name, signal, () => lead(part));
  else lead(part);
  return {
    open(conversations) {
      part.mine = conversations;
      sayMine(part);
      regroupSoon(part);
    },
    stop() {
      post(part, { type: "left", tab: part.tab });
      given.abort();
      part.line?.close();
      channel?.close();
      clearInterval(speaking);
      clearTimeout(part.regroup);
    },
  };
}

/** The browser hears of the network, and of whoever comes back, before the line does. */
function hearNetwork(part: Part): void {
  const { signal } = part;
  const hurry = () => (part.line ? part.line.hurry() : post(part, { type: "hurry" }));
  addEventListener("online", hurry, { signal });
  addEventListener("focus", hurry, { signal });
  addEventListener("pageshow", hurry, { signal });
  addEventListener("offline", () => part.line?.drop(), { signal });
  const look = () => document.visibilityState === "visible" && hurry();
  document.addEventListener("visibilitychange", look, { signal });
  // The tab that leads may be out of sight, where browsers slow its clock down: this one's runs.
  const asking = setInterval(() => connection.get().isConnected || look(), hurryEveryMs);
  signal.addEventListener("abort", () => clearInterval(asking));
}

function partOf(feed: Feed, name: string, signal: AbortSignal): Part {
  return {
    feed,
    tab: crypto.randomUUID(),
    tabs: createOpenTabs(),
    channel: typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : undefined,
    mine: [],
    covered: [],
    line: undefined,
    isAnew: false,
    signal,
    regroup: undefined,
  };
}

/** Waits until no other tab leads, then leads until this tab goes or stops. */
async function holdLead(name: string, signal: AbortSignal, begin: () => void): Promise<void> {
  try {
    await navigator.locks.request(name, { signal }, () => {
      begin();
      return new Promise<void>((done) => signal.addEventListener("abort", () => done()));
    });
  } catch {
    // Stopped while waiting for the lead.
  }
}

/** Opens the stream and passes on what it brings. */
function lead(part: Part): void {
  part.line = openLine(part.feed.propertyId, {
    event: (data, cursor) => {
      if (readStreamEvent(data)?.type === "read_anew") return void beginAnew(part);
      take(part, data, cursor);
      post(part, { type: "event", data, cursor });
    },
    up: (conversations) => {
      setCovered(part, conversations);
      connection.set({ isConnected: true, cutAtMs: null, isOffline: false });
      sayLine(part);
      if (part.isAnew) tell(part, { type: "read_anew" });
      part.isAnew = false;
      regroupSoon(part);
    },
    down: (isOffline) => {
      const { cutAtMs } = connection.get();
      connection.set({ isConnected: false, cutAtMs: cutAtMs ?? Date.now(), isOffline });
      sayLine(part);
    },
    refused: (status) =>
      tell(part, { type: "ended", reason: status === 401 ? "session" : "property" }),
  });
  post(part, { type: "who" });
  void part.feed.begun.then(() => connect(part));
}

function connect(part: Part): void {
  if (part.feed.cursor !== null) part.line?.connect(part.feed.cursor, openNow(part));
}

/**
 * The cursor is past what the feed remembers. A new one is read first; what the tabs read once
 * the line stands on it is then as new or newer, so that nothing falls between.
 */
async function beginAnew(part: Part): Promise<void> {
  const { propertyId } = part.feed;
  part.isAnew = true;
  part.line?.close();
  for (let failures = 0; !part.signal.aborted; failures += 1) {
    try {
      part.feed.cursor = (await call("countConversations", { propertyId })).cursor;
      return connect(part);
    } catch (error) {
      if (!isTemporary(error)) return tell(part, { type: "ended", reason: endOf(error) });
      const waitMs = backoffMs(failures, Math.random());
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

function endOf(error: unknown): "session" | "property" {
  return refusalCodeOf(error) === "session.required" ? "session" : "property";
}

function listen(part: Part, message: TabMessage): void {
  if (message.type === "who") {
    sayMine(part);
    if (part.line) sayLine(part);
  } else if (message.type === "hurry") {
    part.line?.hurry();
  } else if (message.type === "open") {
    part.tabs.said(message.tab, message.conversations, Date.now());
    regroupSoon(part);
  } else if (message.type === "left") {
    part.tabs.left(message.tab);
    regroupSoon(part);
  } else if (!part.line && message.type === "event") {
    take(part, message.data, message.cursor);
  } else if (!part.line && message.type === "line") {
    setCovered(part, message.covered);
    const { isConnected, cutAtMs, isOffline } = message;
    connection.set({ isConnected, cutAtMs, isOffline });
  }
}

/** Does what an event asks for, in this tab. */
function take(part: Part, data: string, cursor: string): void {
  if (cursor !== "") part.feed.cursor = cursor;
  const event = readStreamEvent(data);
  if (event?.type === "ended") part.line?.close();
  if (event) receive(event);
}

/** Takes an event of our own making in every tab. */
function tell(part: Part, event: StreamEvent): void {
  const data = JSON.stringify(event);
  take(part, data, "");
  post(part, { type: "event", data, cursor: "" });
}

/** Opens the line again when other conversations are open than it covers. */
function regroupSoon(part: Part): void {
  clearTimeout(part.regroup);
  part.regroup = setTimeout(() => {
    if (part.line && !part.isAnew && openNow(part).join() !== part.covered.join()) connect(part);
  }, regroupMs);
}

function openNow(part: Part): ConversationId[] {
  return part.tabs.conversations(Date.now(), limits.streamConversationsMax);
}

function setCovered(part: Part, conversations: readonly ConversationId[]): void {
  part.covered = conversations;
  part.feed.covered = new Set(conversations);
}

function sayMine(part: Part): void {
  part.tabs.said(part.tab, part.mine, Date.now());
  post(part, { type: "open", tab: part.tab, conversations: [...part.mine] });
}

function sayLine(part: Part): void {
  post(part, { type: "line", ...connection.get(), covered: [...part.covered] });
}

function post(part: Part, message: TabMessage): void {
  part.channel?.postMessage(message);
}
