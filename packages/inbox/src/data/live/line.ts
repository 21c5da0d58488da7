import { urlOf } from "@foyer/client";
import { type ConversationId, operations, type PropertyId } from "@foyer/contract";

export interface LineHandlers {
  readonly event: (data: string, cursor: string) => void;
  readonly up: (covered: readonly ConversationId[]) => void;
  /** The line is cut; `isOffline` when the browser itself says that there is no network. */
  readonly down: (isOffline: boolean) => void;
  /** The server refused the stream with a status: 401, 403 or 404. */
  readonly refused: (status: number) => void;
}

/** One stream of server-sent events that mends itself. */
export interface Line {
  /** Begins, or begins again with other open conversations, from the newest cursor. */
  connect(cursor: string, conversations: readonly ConversationId[]): void;
  /** Somebody came back, or the network did: do not wait for the next attempt. */
  hurry(): void;
  /** The network went: do not wait until the silence is long enough. */
  drop(): void;
  close(): void;
}

/** What a line needs of the browser. */
export interface LineWorld {
  readonly connect: (address: string) => LineSource;
  /** Does something later; returns how to leave it. */
  readonly later: (work: () => void, ms: number) => () => void;
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Asks why a stream was refused: its status, if there was an answer. */
  readonly probe: (address: string) => Promise<number | undefined>;
}

/** The part of an `EventSource` that a line uses. */
export interface LineSource {
  onopen: (() => void) | null;
  onmessage: ((message: { readonly data: string; readonly lastEventId: string }) => void) | null;
  onerror: (() => void) | null;
  close(): void;
}

/**
 * A line that brought nothing for so long may be dead without an error (a laptop that slept, a
 * network that changed). The server says every sixteen seconds that it is alive: two such signs
 * are missing. Opening again from the newest cursor costs one request.
 */
const silenceMsMax = 35_000;
/** When somebody comes back to the screen, one missing sign is enough. */
const silenceOnReturnMsMax = 20_000;
/** An attempt that neither opened nor failed for so long hangs. */
const attemptMsMax = 10_000;
/** When somebody comes back, an attempt that is younger than this is left to itself. */
const attemptOnReturnMsMax = 5_000;
const retryMsMin = 500;
/** Nobody looks at "Offline" longer than this once the server answers again. */
const retryMsMax = 5_000;

/** How long to wait after so many failures in a row: doubling, capped low, jitter above half. */
export function retryMs(failures: number, random: number): number {
  const ceiling = Math.min(retryMsMax, retryMsMin * 2 ** Math.min(failures, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

/**
 * Opens an `EventSource`. A cut is mended here rather than by the browser, because the address
 * carries the newest cursor and the open conversations.
 */
export function openLine(
  propertyId: PropertyId,
  handlers: LineHandlers,
  world: LineWorld = browserWorld,
): Line {
  return new MendingLine(propertyId, handlers, world);
}

class MendingLine implements Line {
  readonly #propertyId: PropertyId;
  readonly #handlers: LineHandlers;
  readonly #world: LineWorld;
  #source: LineSource | undefined;
  #wanted: { cursor: string; conversations: readonly ConversationId[] } | undefined;
  #failures = 0;
  #isOpen = false;
  /** When the line was last heard, or last tried. */
  #heardAt = 0;
  #leaveRetry: (() => void) | undefined;
  #leaveWatch: (() => void) | undefined;

  constructor(propertyId: PropertyId, handlers: LineHandlers, world: LineWorld) {
    this.#propertyId = propertyId;
    this.#handlers = handlers;
    this.#world = world;
  }

  connect(cursor: string, conversations: readonly ConversationId[]): void {
    this.#wanted = { cursor, conversations };
    this.#open();
  }

  hurry(): void {
    const patienceMs = this.#isOpen ? silenceOnReturnMsMax : attemptOnReturnMsMax;
    const isFine = this.#source && this.#world.now() - this.#heardAt < patienceMs;
    if (!this.#wanted || isFine) return;
    this.#failures = 0;
    this.#open();
  }

  drop(): void {
    if (this.#wanted) this.#cut(true);
  }

  close(): void {
    this.#wanted = undefined;
    this.#stop();
  }

  #open(): void {
    this.#stop();
    if (!this.#wanted) return;
    const { cursor, conversations } = this.#wanted;
    const address = addressOf(this.#propertyId, cursor, conversations);
    const opened = this.#world.connect(address);
    this.#source = opened;
    this.#heardAt = this.#world.now();
    this.#watch(attemptMsMax, () => this.#cut(false));
    opened.onopen = () => {
      this.#isOpen = true;
      this.#failures = 0;
      this.#hear();
      this.#handlers.up(conversations);
    };
    opened.onmessage = ({ data, lastEventId }) => {
      this.#hear();
      if (lastEventId !== "" && this.#wanted) this.#wanted.cursor = lastEventId;
      this.#handlers.event(data, lastEventId);
    };
    opened.onerror = () => {
      if (!this.#isOpen) void this.#explain(address);
      this.#cut(false);
    };
  }

  #hear(): void {
    this.#heardAt = this.#world.now();
    this.#watch(silenceMsMax, () => this.#open());
  }

  #watch(ms: number, work: () => void): void {
    this.#leaveWatch?.();
    this.#leaveWatch = this.#world.later(work, ms);
  }

  #stop(): void {
    this.#leaveRetry?.();
    this.#leaveWatch?.();
    this.#leaveRetry = undefined;
    this.#leaveWatch = undefined;
    this.#isOpen = false;
    this.#source?.close();
    this.#source = undefined;
  }

  #cut(isOffline: boolean): void {
    this.#stop();
    this.#handlers.down(isOffline);
    const waitMs = retryMs(this.#failures, this.#world.random());
    this.#leaveRetry = this.#world.later(() => this.#open(), waitMs);
    this.#failures += 1;
  }

  async #explain(address: string): Promise<void> {
    const status = await this.#world.probe(address);
    if (status === 401 || status === 403 || status === 404) this.#handlers.refused(status);
  }
}

function addressOf(
  propertyId: PropertyId,
  cursor: string,
  conversations: readonly ConversationId[],
): string {
  const open = conversations.length > 0 ? { conversations: conversations.join(",") } : {};
  return urlOf(operations.followProperty, { propertyId, cursor, ...open });
}

const browserWorld: LineWorld = {
  connect: (address) => new EventSource(address) as LineSource,
  later(work, ms) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  now: () => performance.now(),
  random: Math.random,
  probe,
};

/** An `EventSource` does not say why it failed: ask once with a request that does. */
async function probe(address: string): Promise<number | undefined> {
  const stop = new AbortController();
  try {
    const headers = { accept: "text/event-stream" };
    const response = await fetch(address, { headers, signal: stop.signal });
    return response.status;
  } catch {
    // No answer at all: the line's own attempts go on.
    return undefined;
  } finally {
    stop.abort();
  }
}
