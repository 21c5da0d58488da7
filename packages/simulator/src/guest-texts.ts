import { randomUUID } from "node:crypto";
import type { Clock } from "./clock.ts";
import type { Delivery, DeliveryOutcome, DeliveryQueue } from "./delivery-queue.ts";
import type { GuestText, Ledger, Phone } from "./ledger.ts";
import type { MediaItem } from "./media-shelf.ts";
import { type Account, CarrierRefusal, type MessageReceived } from "./protocol.ts";

interface GuestTextsOptions {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly queue: DeliveryQueue;
  /** Called when a text leaves the phone for the first time. */
  readonly onLeaving: (text: GuestText) => void;
}

/** What a guest writes. */
export interface Written {
  readonly text: string;
  readonly media: readonly MediaItem[];
  readonly token: string | null;
  readonly isReaction: boolean;
}

/** What guests write: from their phones into the queue, and what became of it. */
export class GuestTexts {
  readonly #options: GuestTextsOptions;

  constructor(options: GuestTextsOptions) {
    this.#options = options;
  }

  /** Writes a text; one token makes one text, however often it comes. */
  write(phone: Phone, hotel: Account, written: Written): GuestText {
    const { ledger, queue, clock } = this.#options;
    const known = this.byToken(phone.number, written.token);
    if (known !== undefined) return known;
    if (!queue.hasRoom(hotel.number)) {
      throw new CarrierRefusal("queue_full", "Too many texts wait for the hotel's system.");
    }
    const message: GuestText = {
      ...written,
      id: randomUUID(),
      position: ledger.nextPosition(),
      hotel: hotel.number,
      guest: phone.number,
      at: clock.now(),
      direction: "from_guest",
      state: phone.offline ? "waiting" : "sending",
    };
    ledger.saveMessage(message);
    if (!phone.offline) this.#leave(message);
    return message;
  }

  byToken(guest: string, token: string | null): GuestText | undefined {
    if (token === null) return undefined;
    return this.#options.ledger
      .messagesOf(guest)
      .filter((message) => message.direction === "from_guest")
      .find((message) => message.token === token);
  }

  /** The phone has signal again: what waited goes out in the order in which it was written. */
  sendWaiting(guest: string): void {
    for (const message of [...this.#options.ledger.messagesOf(guest)]) {
      if (message.direction !== "from_guest" || message.state !== "waiting") continue;
      if (this.#send(message)) this.#options.onLeaving(message);
    }
  }

  /** Sends once more what had been given up. */
  sendAgain(guest: string, hotel: string): void {
    for (const message of [...this.#options.ledger.messagesOf(guest)]) {
      if (message.direction !== "from_guest" || message.hotel !== hotel) continue;
      if (message.state === "undelivered") this.#send(message);
    }
  }

  /** Notes what became of one attempt. */
  note(delivery: Delivery, outcome: DeliveryOutcome): void {
    const message = this.#options.ledger.message(delivery.messageId);
    if (message?.direction !== "from_guest") return;
    const state = stateAfter[outcome];
    if (message.state !== state) this.#options.ledger.saveMessage({ ...message, state });
  }

  #send(message: GuestText): boolean {
    if (!this.#options.queue.hasRoom(message.hotel)) return false;
    this.#options.ledger.saveMessage({ ...message, state: "sending" });
    this.#hand(message);
    return true;
  }

  #leave(message: GuestText): void {
    this.#hand(message);
    this.#options.onLeaving(message);
  }

  #hand(message: GuestText): void {
    const { id, guest, hotel, text, media, at } = message;
    const links = media.map((item) => ({ url: `v1/media/${item.id}`, mediaType: item.mediaType }));
    const body: MessageReceived = {
      type: "message.received",
      id,
      from: guest,
      to: hotel,
      text,
      ...(links.length > 0 ? { media: links } : {}),
      sentAt: at,
    };
    const delivery = { id, account: hotel, kind: "message", guest, messageId: id } as const;
    this.#options.queue.add({ ...delivery, body: JSON.stringify(body) });
  }
}

const stateAfter = {
  accepted: "delivered",
  retrying: "retrying",
  given_up: "undelivered",
} as const satisfies Record<DeliveryOutcome, GuestText["state"]>;
