import { urlOf } from "@foyer/client";
import { type ConversationId, operations, type PropertyId } from "@foyer/contract";
import { backoffMs } from "../outbox.ts";

export interface LineHandlers {
  readonly event: (data: string, cursor: string) => void;
  readonly up: (covered: readonly ConversationId[]) => void;
  readonly down: () => void;
  /** The server refused the stream with a status: 401, 403 or 404. */
  readonly refused: (status: number) => void;
}

/** One stream of server-sent events that mends itself. */
export interface Line {
  /** Begins, or begins again with other open conversations, from the newest cursor. */
  connect(cursor: string, conversations: readonly ConversationId[]): void;
  /** The network came back: do not wait for the next attempt. */
  hurry(): void;
  close(): void;
}

/**
 * A line that brought nothing for so long may be dead without an error (a laptop that slept, a
 * network that changed): it is opened again from the newest cursor, which costs one request.
 */
const silenceMsMax = 65_000;

/**
 * Opens an `EventSource`. A cut is mended here rather than by the browser, because the address
 * carries the newest cursor and the open conversations.
 */
export function openLine(propertyId: PropertyId, handlers: LineHandlers): Line {
  let source: EventSource | undefined;
  let wanted: { cursor: string; conversations: readonly ConversationId[] } | undefined;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  const heard = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(open, silenceMsMax);
  };
  const stop = () => {
    clearTimeout(retry);
    clearTimeout(watchdog);
    retry = undefined;
    source?.close();
    source = undefined;
  };
  const open = () => {
    stop();
    if (!wanted) return;
    const { cursor, conversations } = wanted;
    const opened = new EventSource(addressOf(propertyId, cursor, conversations));
    source = opened;
    let wasOpen = false;
    opened.onopen = () => {
      wasOpen = true;
      failures = 0;
      heard();
      handlers.up(conversations);
    };
    opened.onmessage = (message: MessageEvent<string>) => {
      heard();
      if (message.lastEventId !== "" && wanted) wanted = { ...wanted, cursor: message.lastEventId };
      handlers.event(message.data, message.lastEventId);
    };
    opened.onerror = () => {
      if (!wasOpen) void probe(addressOf(propertyId, cursor, conversations), handlers.refused);
      cut();
    };
  };
  const cut = () => {
    stop();
    handlers.down();
    retry = setTimeout(open, backoffMs(failures, Math.random()));
    failures += 1;
  };
  return {
    connect(cursor, conversations) {
      wanted = { cursor, conversations };
      open();
    },
    hurry: () => {
      if (!retry) return;
      failures = 0;
      open();
    },
    close: () => {
      wanted = undefined;
      stop();
    },
  };
}

function addressOf(
  propertyId: PropertyId,
  cursor: string,
  conversations: readonly ConversationId[],
): string {
  const open = conversations.length > 0 ? { conversations: conversations.join(",") } : {};
  return urlOf(operations.followProperty, { propertyId, cursor, ...open });
}

/** An `EventSource` does not say why it failed: ask once with a request that does. */
async function probe(address: string, refused: (status: number) => void): Promise<void> {
  const stop = new AbortController();
  try {
    const headers = { accept: "text/event-stream" };
    const response = await fetch(address, { headers, signal: stop.signal });
    if ([401, 403, 404].includes(response.status)) refused(response.status);
  } catch {
    // No answer at all: the line's own attempts go on.
  } finally {
    stop.abort();
  }
}
