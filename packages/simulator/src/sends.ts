import type { Faults, SendFault } from "./faults.ts";
import type { HotelMessages } from "./hotel-messages.ts";
import type { HotelMessage, Ledger, Phone } from "./ledger.ts";
import { answersKeptMax, sentKeptMax } from "./limits.ts";
import { e164Pattern } from "./numbers.ts";
import type { SentMessage } from "./protocol.ts";
import { type Account, CarrierRefusal, type LookUp, type Send } from "./protocol.ts";
import { digest } from "./signature.ts";
import type { Store } from "./store.ts";

/** How a send ends for the one who sent it. */
export type SendOutcome =
  | { readonly kind: "accepted"; readonly id: string }
  /** The connection is cut. */
  | { readonly kind: "cut" }
  /** The connection stays open, and nothing is said. */
  | { readonly kind: "silence" };

interface StoredAnswer {
  readonly key: string;
  readonly digest: string;
  readonly messageId: string;
}

interface SendsOptions {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly hotelMessages: HotelMessages;
  readonly isServed: (number: string) => boolean;
  /** The phone behind a number, made where there was none. */
  readonly phoneOf: (number: string) => Phone;
  readonly hasRoom: (account: string) => boolean;
}

/** The carrier's side of `/v1/messages`. */
export class Sends {
  readonly #options: SendsOptions;
  readonly #answers = new Map<string, StoredAnswer>();
  /** Identities of what was accepted, oldest first. */
  readonly #sent: HotelMessage[] = [];

  constructor(options: SendsOptions) {
    this.#options = options;
    for (const answer of options.store.load("answer") as StoredAnswer[]) {
      this.#answers.set(answer.key, answer);
    }
    for (const message of options.ledger.messages()) {
      if (message.direction === "to_guest") this.#sent.push(message);
    }
    this.#sent.sort((one, other) => one.acceptedAt - other.acceptedAt);
  }

  /** What Foyer sent and the carrier accepted, oldest first. */
  get sent(): SentMessage[] {
    return this.#sent.map((message) => this.#present(message));
  }

  /** @throws CarrierRefusal for what a carrier would answer with an error. */
  accept(account: Account, send: Send, idempotencyKey: string | undefined): SendOutcome {
    const fault = this.#options.faults.takeForSend();
    if (fault === "refuse") return { kind: "cut" };
    if (fault === "hang") return { kind: "silence" };
    this.#refuse(account, send, fault);
    const id = this.#acceptOnce(account, send, idempotencyKey);
    if (fault === "accept_then_drop") return { kind: "cut" };
    if (fault === "timeout") return { kind: "silence" };
    return { kind: "accepted", id };
  }

  /** One page of an account's messages, oldest first; `next` leads to the page after it. */
  lookUp(account: Account, query: LookUp): { messages: SentMessage[]; next: string | null } {
    const own = this.#sent.filter((message) => message.hotel === account.number);
    const start = own.findIndex((message) => message.id === query.after) + 1;
    const matching = own
      .slice(start)
      .filter(({ reference }) => query.reference === undefined || reference === query.reference);
    const page = matching.slice(0, query.limit);
    const next = matching.length > page.length ? (page.at(-1)?.id ?? null) : null;
    return { messages: page.map((message) => this.#present(message)), next };
  }

  #refuse(account: Account, send: Send, fault: SendFault | null): void {
    if (fault === "error") throw new CarrierRefusal("internal", "The carrier failed.");
    if (fault === "rate_limit") throw new CarrierRefusal("rate_limited", "Too many messages.");
    if (fault === "blocked") {
      throw new CarrierRefusal("blocked_by_recipient", "The recipient blocked this sender.");
    }
    if (send.from !== account.number) {
      throw new CarrierRefusal("number_not_yours", "`from` is not a number of this account.");
    }
    if (!e164Pattern.test(send.to)) {
      throw new CarrierRefusal("invalid_number", "`to` is not an E.164 number.");
    }
    if (!this.#options.isServed(send.to)) {
      throw new CarrierRefusal("number_not_simulated", "`to` is not reserved for fiction.");
    }
    if (this.#options.phoneOf(send.to).stopped.includes(account.number)) {
      throw new CarrierRefusal("opted_out", "The recipient has stopped texts of this number.");
    }
    if (!this.#options.hasRoom(account.number)) {
      throw new CarrierRefusal("queue_full", "Too many statuses wait for this account.");
    }
  }

  #acceptOnce(account: Account, send: Send, idempotencyKey: string | undefined): string {
    // Links are signed anew at every try, so they say nothing of whether it is the same message.
    const names = (send.media ?? []).map(({ name, mediaType }) => [name, mediaType]);
    const { from, to, text, reference } = send;
    const digested = digest(JSON.stringify([from, to, text, reference, names])).toString("hex");
    const key = JSON.stringify([account.number, idempotencyKey]);
    const known = idempotencyKey === undefined ? undefined : this.#answers.get(key);
    if (known !== undefined && known.digest !== digested) {
      throw new CarrierRefusal("idempotency_conflict", "This key was used for another message.");
    }
    if (known !== undefined) return known.messageId;
    const messageId = this.#acceptNew(send);
    if (idempotencyKey !== undefined) this.#keep({ key, digest: digested, messageId });
    return messageId;
  }

  #acceptNew(send: Send): string {
    const isReversed = this.#options.faults.take("statuses_out_of_order");
    const message = this.#options.hotelMessages.accept(send, isReversed);
    this.#sent.push(message);
    if (this.#sent.length > sentKeptMax) this.#sent.shift();
    return message.id;
  }

  #keep(answer: StoredAnswer): void {
    this.#answers.set(answer.key, answer);
    this.#options.store.put("answer", answer.key, answer);
    const oldest = this.#answers.keys().next().value;
    if (this.#answers.size <= answersKeptMax || oldest === undefined) return;
    this.#answers.delete(oldest);
    this.#options.store.remove("answer", oldest);
  }

  #present(accepted: HotelMessage): SentMessage {
    const found = this.#options.ledger.message(accepted.id);
    const message = found?.direction === "to_guest" ? found : accepted;
    const names = [...message.links, ...message.media].map(({ name }) => name ?? "");
    return {
      id: message.id,
      from: message.hotel,
      to: message.guest,
      text: message.text,
      ...(names.length === 0 ? {} : { media: names }),
      reference: message.reference,
      status: message.state,
      ...(message.error === null ? {} : { error: { code: message.error } }),
      acceptedAt: message.acceptedAt,
    };
  }
}
