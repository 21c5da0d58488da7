import { randomUUID } from "node:crypto";
import type { Clock } from "./clock.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";
import type { HotelMessage, Ledger, Phone } from "./ledger.ts";
import type { FetchedMedia, MediaFetcher } from "./media-fetcher.ts";
import type { MediaShelf } from "./media-shelf.ts";
import { CarrierRefusal, type MessageStatus, type Send } from "./protocol.ts";

/** How long the network takes over each step; zero for tests that look at other things. */
export interface Pace {
  readonly sentMs: number;
  readonly deliveredMs: number;
}

interface HotelMessagesOptions {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly queue: DeliveryQueue;
  readonly pace: Pace;
  readonly shelf: MediaShelf;
  readonly fetcher: MediaFetcher;
  /** Called whenever a step is done, for whoever waits until nothing moves. */
  readonly onStep: () => void;
}

/** What Foyer sends: from acceptance to a guest's phone, with a status told at every step. */
export class HotelMessages {
  readonly #options: HotelMessagesOptions;
  readonly #steps = new Set<() => void>();
  #fetching = 0;
  #isClosed = false;

  constructor(options: HotelMessagesOptions) {
    this.#options = options;
  }

  /** Steps that are on their way by themselves; what waits for a phone is not. */
  get moving(): number {
    return this.#steps.size + this.#fetching;
  }

  accept(send: Send, reversed: boolean): HotelMessage {
    const { clock, ledger } = this.#options;
    const now = clock.now();
    const message: HotelMessage = {
      id: randomUUID(),
      position: ledger.nextPosition(),
      hotel: send.from,
      guest: send.to,
      text: send.text,
      media: [],
      links: send.media ?? [],
      reaction: null,
      at: now,
      direction: "to_guest",
      reference: send.reference,
      acceptedAt: now,
      state: "queued",
      error: null,
      seen: false,
      reversed,
    };
    ledger.saveMessage(message);
    this.#later(this.#options.pace.sentMs, () => this.#hand(message.id));
    return message;
  }

  /** Takes up after a restart what was under way. */
  resume(): void {
    for (const message of [...this.#options.ledger.messages()]) {
      if (message.direction !== "to_guest") continue;
      if (message.state === "queued") this.#later(0, () => this.#hand(message.id));
      if (message.state === "sent") this.#later(0, () => this.#arrive(message.id));
    }
  }

  /** The phone has signal again: what waited arrives in the order in which it was sent. */
  deliverWaiting(guest: string): void {
    for (const message of [...this.#options.ledger.messagesOf(guest)]) {
      if (message.direction !== "to_guest" || message.state !== "sent") continue;
      this.#later(this.#options.pace.deliveredMs, () => this.#arrive(message.id));
    }
  }

  /** The guest looks at the thread. */
  markSeen(phone: Phone, hotel: string): void {
    for (const message of [...this.#options.ledger.messagesOf(phone.number)]) {
      if (message.direction !== "to_guest" || message.hotel !== hotel || message.seen) continue;
      if (message.state !== "delivered") continue;
      const isTold = phone.readReceipts && !phone.offline;
      const seen: HotelMessage = { ...message, seen: true };
      if (isTold) this.#advance(seen, "read");
      else this.#options.ledger.saveMessage(seen);
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#steps) cancel();
    this.#steps.clear();
  }

  #hand(id: string): void {
    const message = this.#message(id, "queued");
    if (message === undefined) return;
    if (message.links.length > 0) {
      void this.#fetchThenHand(message);
      return;
    }
    this.#advance(message, "sent");
    this.#later(this.#options.pace.deliveredMs, () => this.#arrive(id));
  }

  /** Links live for an hour only, so what they lead to is fetched before anything else. */
  async #fetchThenHand({ id, links }: HotelMessage): Promise<void> {
    this.#fetching += 1;
    const fetched = await this.#options.fetcher.fetchAll(links);
    this.#fetching -= 1;
    const message = this.#isClosed ? undefined : this.#message(id, "queued");
    if (message !== undefined) this.#take(message, fetched);
    this.#options.onStep();
  }

  #take(message: HotelMessage, fetched: FetchedMedia): void {
    if (fetched.kind === "failed") {
      this.#advance({ ...message, error: fetched.code }, "failed");
      return;
    }
    try {
      const media = fetched.media.map((given) => this.#options.shelf.keep(given));
      this.#options.ledger.saveMessage({ ...message, media, links: [] });
      this.#hand(message.id);
    } catch (error) {
      if (!(error instanceof CarrierRefusal)) throw error;
      this.#advance({ ...message, error: "media_refused" }, "failed");
    }
  }

  #arrive(id: string): void {
    const { ledger, clock } = this.#options;
    const message = this.#message(id, "sent");
    const phone = message === undefined ? undefined : ledger.phone(message.guest);
    if (message === undefined || phone === undefined) return;
    if (phone.refuses !== null) {
      this.#advance({ ...message, error: phone.refuses }, "failed");
    } else if (!phone.offline) {
      const arrived = { ...message, position: ledger.nextPosition(), at: clock.now() };
      this.#advance(arrived, "delivered");
    }
  }

  #advance(message: HotelMessage, state: MessageStatus["status"]): void {
    const advanced: HotelMessage = { ...message, state };
    this.#options.ledger.saveMessage(advanced);
    if (!message.reversed || state === "read") {
      this.#tell(advanced, state);
    } else if (state !== "sent") {
      this.#tell(advanced, state);
      this.#tell({ ...advanced, error: null }, "sent");
    }
  }

  #tell(message: HotelMessage, status: MessageStatus["status"]): void {
    const body: MessageStatus = {
      type: "message.status",
      id: message.id,
      reference: message.reference,
      status,
      ...(message.error === null ? {} : { error: { code: message.error } }),
      at: this.#options.clock.now(),
    };
    this.#options.queue.add({
      id: `${message.id}/${status}`,
      account: message.hotel,
      kind: "status",
      guest: message.guest,
      messageId: message.id,
      body: JSON.stringify(body),
    });
  }

  #message(id: string, state: HotelMessage["state"]): HotelMessage | undefined {
    const message = this.#options.ledger.message(id);
    return message?.direction === "to_guest" && message.state === state ? message : undefined;
  }

  /** Never at once, even without a delay: an answer leaves before what follows from it. */
  #later(delayMs: number, run: () => void): void {
    let isCancelled = false;
    let cancelTimer = () => {};
    const cancel = () => {
      isCancelled = true;
      cancelTimer();
    };
    const step = () => {
      this.#steps.delete(cancel);
      if (!isCancelled) run();
      this.#options.onStep();
    };
    this.#steps.add(cancel);
    if (delayMs > 0) cancelTimer = this.#options.clock.after(delayMs, step);
    else setImmediate(step);
  }
}
