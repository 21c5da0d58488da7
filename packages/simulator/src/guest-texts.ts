import { randomUUID } from "node:crypto";
import type { Clock } from "./clock.ts";
import type { Delivery, DeliveryOutcome, DeliveryQueue } from "./delivery-queue.ts";
import type { GuestText, Ledger, Phone } from "./ledger.ts";
import { type Account, CarrierRefusal, type MessageReceived } from "./protocol.ts";

interface GuestTextsOptions {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly queue: DeliveryQueue;
}

/** What guests write: from their phones into the queue, and what became of it. */
export class GuestTexts {
  readonly #clock: Clock;
  readonly #ledger: Ledger;
  readonly #queue: DeliveryQueue;

  constructor({ clock, ledger, queue }: GuestTextsOptions) {
    this.#clock = clock;
    this.#ledger = ledger;
    this.#queue = queue;
  }

  /** Writes a text; one token makes one text, however often it comes. */
  write(phone: Phone, hotel: Account, text: string, token: string | null): GuestText {
    const known = token === null ? undefined : this.#byToken(phone.number, token);
    if (known !== undefined) return known;
    if (!this.#queue.hasRoom(hotel.number)) {
      throw new CarrierRefusal("queue_full", "Too many texts wait for the hotel's system.");
    }
    const message: GuestText = {
      id: randomUUID(),
      position: this.#ledger.nextPosition(),
      hotel: hotel.number,
      guest: phone.number,
      text,
      at: this.#clock.now(),
      direction: "from_guest",
      token,
      state: phone.offline ? "waiting" : "sending",
    };
    this.#ledger.saveMessage(message);
    if (!phone.offline) this.#hand(message);
    return message;
  }

  /** The phone has signal again: what waited goes out in the order in which it was written. */
  sendWaiting(guest: string): void {
    for (const message of [...this.#ledger.messagesOf(guest)]) {
      if (message.direction === "from_guest" && message.state === "waiting") this.#send(message);
    }
  }

  /** Sends once more what had been given up. */
  sendAgain(guest: string, hotel: string): void {
    for (const message of [...this.#ledger.messagesOf(guest)]) {
      if (message.direction !== "from_guest" || message.hotel !== hotel) continue;
      if (message.state === "undelivered") this.#send(message);
    }
  }

  /** Notes what became of one attempt. */
  note(delivery: Delivery, outcome: DeliveryOutcome): void {
    const message = this.#ledger.message(delivery.messageId);
    if (message?.direction !== "from_guest") return;
    const state = stateAfter[outcome];
    if (message.state !== state) this.#ledger.saveMessage({ ...message, state });
  }

  #send(message: GuestText): void {
    if (!this.#queue.hasRoom(message.hotel)) return;
    this.#ledger.saveMessage({ ...message, state: "sending" });
    this.#hand(message);
  }

  #hand(message: GuestText): void {
    const body: MessageReceived = {
      type: "message.received",
      id: message.id,
      from: message.guest,
      to: message.hotel,
      text: message.text,
      sentAt: message.at,
    };
    this.#queue.add({
      id: message.id,
      account: message.hotel,
      kind: "message",
      guest: message.guest,
      messageId: message.id,
      body: JSON.stringify(body),
    });
  }

  #byToken(guest: string, token: string): GuestText | undefined {
    return this.#ledger
      .messagesOf(guest)
      .filter((message) => message.direction === "from_guest")
      .find((message) => message.token === token);
  }
}

const stateAfter = {
  accepted: "delivered",
  retrying: "retrying",
  given_up: "undelivered",
} as const satisfies Record<DeliveryOutcome, GuestText["state"]>;
