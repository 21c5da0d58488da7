import * as limits from "./limits.ts";
import type { MediaItem } from "./media-shelf.ts";
import type { FailureCode, MediaLink, PhoneRefusal } from "./protocol.ts";
import type { Reaction } from "./reactions.ts";
import type { Store } from "./store.ts";

/** A guest's phone and how it behaves. */
export interface Phone {
  readonly number: string;
  /** Null for somebody whom nobody has named. */
  readonly name: string | null;
  /** No signal: texts wait on either side. */
  readonly offline: boolean;
  /** Messages to it fail, for this reason. */
  readonly refuses: PhoneRefusal | null;
  /** Tells the hotel when a message was looked at. */
  readonly readReceipts: boolean;
  /** Numbers whose texts it has stopped: the carrier takes no more of them. */
  readonly stopped: readonly string[];
}

interface MessageBase {
  readonly id: string;
  /** Order on the phone; renewed when a message arrives there. */
  readonly position: number;
  readonly hotel: string;
  readonly guest: string;
  readonly text: string;
  readonly media: readonly MediaItem[];
  readonly at: number;
}

/** What a guest wrote, on its way to the hotel. */
export interface GuestText extends MessageBase {
  readonly direction: "from_guest";
  readonly token: string | null;
  /** Says in words what the phone shows as a mark on another message. */
  readonly isReaction: boolean;
  readonly state: "waiting" | "sending" | "retrying" | "delivered" | "undelivered";
}

/** What the hotel wrote, on its way to a phone. */
export interface HotelMessage extends MessageBase {
  readonly direction: "to_guest";
  readonly reference: string;
  readonly acceptedAt: number;
  readonly state: "queued" | "sent" | "delivered" | "failed" | "read";
  readonly error: FailureCode | null;
  readonly seen: boolean;
  /** Its statuses are told in reverse (a fault). */
  readonly reversed: boolean;
  /** What the carrier has yet to fetch before it sends the message on. */
  readonly links: readonly MediaLink[];
  /** What the guest put on it. */
  readonly reaction: Reaction | null;
}

/** What the carrier itself answered to STOP, START or HELP; the hotel never hears of it. */
export interface CarrierAnswer extends MessageBase {
  readonly direction: "from_carrier";
  readonly state: "delivered";
}

export type Message = GuestText | HotelMessage | CarrierAnswer;

export type LedgerChange =
  | { readonly kind: "message"; readonly message: Message }
  | { readonly kind: "phone"; readonly phone: Phone }
  | { readonly kind: "hotels" };

/** Everything the carrier knows of phones and messages, bounded, and written through. */
export class Ledger {
  readonly #store: Store;
  readonly #messages = new Map<string, Message>();
  readonly #threads = new Map<string, Message[]>();
  readonly #phones = new Map<string, Phone>();
  readonly #listeners = new Set<(change: LedgerChange) => void>();
  readonly #onForget: (message: Message) => void;
  #lastPosition = 0;

  constructor(store: Store, onForget: (message: Message) => void) {
    this.#store = store;
    this.#onForget = onForget;
    for (const phone of store.load("phone") as Phone[]) this.#phones.set(phone.number, phone);
    const messages = store.load("message") as Message[];
    for (const message of messages.sort(byPosition)) this.#place(message);
  }

  nextPosition(): number {
    this.#lastPosition += 1;
    return this.#lastPosition;
  }

  message(id: string): Message | undefined {
    return this.#messages.get(id);
  }

  /** Oldest first. */
  messages(): IterableIterator<Message> {
    return this.#messages.values();
  }

  /** Every message of a phone, in the order in which the phone shows them. */
  messagesOf(guest: string): readonly Message[] {
    return this.#threads.get(guest) ?? [];
  }

  saveMessage(message: Message): void {
    this.#place(message);
    this.#store.put("message", message.id, message);
    this.#forgetOldest(message.guest);
    this.announce({ kind: "message", message });
  }

  phone(number: string): Phone | undefined {
    return this.#phones.get(number);
  }

  phones(): Phone[] {
    return [...this.#phones.values()];
  }

  savePhone(phone: Phone): void {
    this.#phones.set(phone.number, phone);
    this.#store.put("phone", phone.number, phone);
    this.announce({ kind: "phone", phone });
  }

  announce(change: LedgerChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** The answer ends the listening. */
  listen(listener: (change: LedgerChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #place(message: Message): void {
    this.#lastPosition = Math.max(this.#lastPosition, message.position);
    this.#messages.set(message.id, message);
    const thread = this.#threads.get(message.guest) ?? [];
    const known = thread.findIndex((placed) => placed.id === message.id);
    if (known >= 0) thread.splice(known, 1);
    const follower = thread.findLastIndex((placed) => placed.position < message.position) + 1;
    thread.splice(follower, 0, message);
    this.#threads.set(message.guest, thread);
  }

  /** What is still under way stays longer than what has come to its end, but not for ever. */
  #forgetOldest(guest: string): void {
    const thread = this.#threads.get(guest) ?? [];
    while (thread.length > limits.messagesPerGuestMax && thread.some(isOver)) {
      this.#forget(thread.find(isOver));
    }
    if (thread.length > limits.unsettledPerGuestMax) this.#forget(thread[0]);
    if (this.#messages.size > limits.messagesMax) {
      this.#forget(this.#messages.values().next().value);
    }
  }

  #forget(message: Message | undefined): void {
    if (message === undefined) return;
    this.#messages.delete(message.id);
    this.#store.remove("message", message.id);
    const thread = this.#threads.get(message.guest);
    const at = thread?.findIndex((placed) => placed.id === message.id) ?? -1;
    if (at >= 0) thread?.splice(at, 1);
    this.#onForget(message);
  }
}

const underWay: readonly Message["state"][] = ["waiting", "sending", "retrying", "queued", "sent"];

function isOver(message: Message): boolean {
  return !underWay.includes(message.state);
}

function byPosition(one: Message, other: Message): number {
  return one.position - other.position;
}
