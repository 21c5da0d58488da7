import assert from "node:assert/strict";
import { type StreamEvent, streamEvent } from "@foyer/contract";

/** Longer than the server ever waits before it looks at the rows by itself. */
const patienceMs = 15_000;

/** One event as it came: what it says, and the cursor that a browser would resume from. */
export interface Followed {
  readonly event: StreamEvent;
  readonly id: string | undefined;
}

/** A stream of server-sent events, read into a list as it comes. */
export class Following {
  readonly response: Response;
  readonly followed: Followed[] = [];
  /** Resolves when the stream is over, whoever ended it. */
  readonly over: Promise<void>;
  readonly #abort: AbortController;
  readonly #waiting = new Set<() => void>();
  #isOver = false;

  constructor(response: Response, abort: AbortController) {
    this.response = response;
    this.#abort = abort;
    this.over = this.#read().finally(() => {
      this.#isOver = true;
      this.#wake();
    });
  }

  get events(): readonly StreamEvent[] {
    return this.followed.map(({ event }) => event);
  }

  /** What a browser would send as `last-event-id`. */
  get lastEventId(): string | undefined {
    return this.followed.findLast(({ id }) => id !== undefined)?.id;
  }

  /** The first event that fits, waited for; throws if the stream ends before it comes. */
  async until(isIt: (event: StreamEvent) => boolean): Promise<StreamEvent> {
    const deadline = AbortSignal.timeout(patienceMs);
    for (;;) {
      const found = this.events.find(isIt);
      if (found) return found;
      if (this.#isOver || deadline.aborted) this.#fail();
      await this.#next(deadline);
    }
  }

  /** Waits until the reader knows everything up to a cursor. */
  async caughtUp(cursor: string): Promise<void> {
    await this.until((event) => event.type === "caught_up" && event.cursor === cursor);
  }

  /** Waits for the end that the server makes. */
  async ended(): Promise<void> {
    const deadline = AbortSignal.timeout(patienceMs);
    while (!this.#isOver) {
      if (deadline.aborted) this.#fail();
      await this.#next(deadline);
    }
  }

  /** Cuts the line. */
  async cut(): Promise<void> {
    this.#abort.abort();
    await this.over;
  }

  #fail(): never {
    const seen = this.events.map(({ type }) => type).join(", ");
    assert.fail(
      `the stream ${this.#isOver ? "ended" : "stayed quiet"} after: ${seen || "nothing"}`,
    );
  }

  #next(deadline: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        deadline.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      deadline.addEventListener("abort", wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  async #read(): Promise<void> {
    if (!this.response.ok || this.response.body === null) return;
    const decoder = new TextDecoder();
    let text = "";
    try {
      for await (const chunk of this.response.body) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        const blocks = text.split("\n\n");
        text = blocks.pop() ?? "";
        for (const block of blocks) this.#take(block);
      }
    } catch {
      // The line was cut: what came before it stays.
    }
  }

  #take(block: string): void {
    const fields = new Map(block.split("\n").map((line) => splitField(line)));
    const data = fields.get("data");
    if (data === undefined) return;
    this.followed.push({ event: streamEvent.parse(JSON.parse(data)), id: fields.get("id") });
    this.#wake();
  }
}

function splitField(line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
}
