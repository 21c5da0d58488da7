import { type Clock, systemClock } from "./clock.ts";
import { type Delivery, type DeliveryOutcome, DeliveryQueue } from "./delivery-queue.ts";
import { type ChanceOfFaults, type FaultKind, Faults } from "./faults.ts";
import { GuestTexts } from "./guest-texts.ts";
import { HotelMessages, type Pace } from "./hotel-messages.ts";
import { type GuestText, Ledger, type LedgerChange, type Phone } from "./ledger.ts";
import * as limits from "./limits.ts";
import { freeNumber, isFictionalNumber, type Region } from "./numbers.ts";
import { type PastText, pastMessage } from "./past.ts";
import { presentPhone, presentSnapshot, type Viewpoint } from "./phone-view.ts";
import type { HotelSummary, PhoneSnapshot, PhoneSummary } from "./phone-wire.ts";
import { httpPoster, type Poster } from "./post-delivery.ts";
import type { LookUp, Send, SentMessage } from "./protocol.ts";
import { type Account, accountSchema, CarrierRefusal } from "./protocol.ts";
import { type SendOutcome, Sends } from "./sends.ts";
import { sameSecret } from "./signature.ts";
import { fileStore, memoryStore, type Store } from "./store.ts";

export interface Guest {
  /** E.164, from a range reserved for fiction. */
  readonly number: string;
  readonly name: string;
}

export interface CarrierOptions {
  /** Phones that are there from the beginning. */
  readonly guests?: readonly Guest[];
  /** Where the state is kept over a restart; in memory only when left out. */
  readonly folder?: string;
  readonly clock?: Clock;
  readonly pace?: Pace;
  /** Attempts at one delivery before it is given up. */
  readonly deliveryTriesMax?: number;
  readonly faults?: ChanceOfFaults;
  /** How deliveries are posted; for tests without a network. */
  readonly fetch?: typeof fetch;
}

/** How a phone behaves; what is left out stays as it is. */
export type PhoneSwitches = Partial<Pick<Phone, "offline" | "refuses" | "readReceipts">>;

const defaultPace: Pace = {
  sentMs: limits.paceSentMs,
  deliveredMs: limits.paceDeliveredMs,
};

/** A carrier with no account yet; `open` one, then `listen` or register the plugin. */
export function createCarrier(options: CarrierOptions = {}): Carrier {
  return new Carrier(options);
}

/** A little SMS carrier with its guests' phones: Foyer carrier protocol 1, see README.md. */
export class Carrier {
  readonly clock: Clock;
  readonly #store: Store;
  readonly #faults: Faults;
  readonly #poster: Poster;
  readonly #ledger: Ledger;
  readonly #queue: DeliveryQueue;
  readonly #texts: GuestTexts;
  readonly #hotelMessages: HotelMessages;
  readonly #sends: Sends;
  readonly #accounts = new Map<string, Account>();
  readonly #settling = new Set<() => void>();
  #isClosed = false;

  constructor(options: CarrierOptions) {
    this.clock = options.clock ?? systemClock;
    this.#store = options.folder === undefined ? memoryStore() : fileStore(options.folder);
    this.#faults = new Faults(options.faults);
    this.#poster = httpPoster(this.clock, options.fetch ?? fetch);
    this.#ledger = new Ledger(this.#store);
    this.#queue = this.#makeQueue(options.deliveryTriesMax ?? limits.deliveryTriesMax);
    const parts = { clock: this.clock, ledger: this.#ledger, queue: this.#queue };
    this.#texts = new GuestTexts(parts);
    const pace = options.pace ?? defaultPace;
    this.#hotelMessages = new HotelMessages({ ...parts, pace, onStep: () => this.#checkSettled() });
    this.#sends = this.#makeSends();
    for (const guest of options.guests ?? []) this.#introduce(guest);
    this.#hotelMessages.resume();
  }

  /**
   * Opens a hotel's account, or changes it; what waited for it is delivered at once.
   *
   * @throws CarrierRefusal `invalid_request` naming the field that is wrong.
   */
  open(account: Account): void {
    const checked = accountSchema.safeParse(account);
    const field = checked.error?.issues[0]?.path.join(".");
    if (!checked.success) throw new CarrierRefusal("invalid_request", `Check \`${field}\`.`);
    if (this.#accounts.size >= limits.accountsMax && !this.#accounts.has(account.number)) {
      throw new CarrierRefusal("invalid_request", `At most ${limits.accountsMax} accounts.`);
    }
    this.#accounts.set(account.number, account);
    this.#ledger.announce({ kind: "hotels" });
    this.#queue.hurry(account.number);
  }

  /** Puts what was said long ago on the phones: it is over, nothing of it is delivered again. */
  remember(past: readonly PastText[]): void {
    for (const text of past)
      this.#ledger.saveMessage(pastMessage(text, this.#ledger.nextPosition()));
  }

  /**
   * A guest texts a hotel. The answer is there once the carrier has the text; see `settle`.
   *
   * @param token Makes the text once only, however often it is posted.
   * @throws CarrierRefusal for an unknown hotel, a number outside fiction, a text too long.
   */
  text(from: string, to: string, text: string, token: string | null = null): GuestText {
    const hotel = this.#accounts.get(to);
    if (hotel === undefined) throw new CarrierRefusal("not_found", "No hotel has this number.");
    if (text.length === 0 || text.length > limits.textCharsMax) {
      throw new CarrierRefusal(
        "invalid_request",
        `A text has 1 to ${limits.textCharsMax} letters.`,
      );
    }
    return this.#texts.write(this.#phoneOf(from), hotel, text, token);
  }

  /** Orders faults, which befall what comes next. */
  failNext(kind: FaultKind, times = 1): void {
    this.#faults.plan(kind, times);
  }

  /** What Foyer sent and the carrier accepted, oldest first. */
  get sent(): SentMessage[] {
    return this.#sends.sent;
  }

  /**
   * Resolves when every delivery has ended and every accepted message is where it can go. What
   * waits for a phone without signal does not count; what waits for its next try does.
   */
  settle(): Promise<void> {
    return new Promise((resolve) => {
      this.#settling.add(resolve);
      this.#checkSettled();
    });
  }

  /** Puts a new guest with a free fictional number on the list. */
  addGuest(region: Region, name = "New guest"): Phone {
    const number = freeNumber(region, (taken) => this.#ledger.phone(taken) !== undefined);
    if (number === null) throw new CarrierRefusal("guest_limit", "All numbers are taken.");
    return this.#introduce({ number, name });
  }

  /** Every text of a guest and every message that reached the phone, in order. */
  messagesOf(guest: string): readonly { text: string; direction: string; state: string }[] {
    return this.#ledger.messagesOf(guest);
  }

  switchPhone(number: string, switches: PhoneSwitches): Phone {
    const phone = { ...this.#phoneOf(number), ...switches };
    this.#ledger.savePhone(phone);
    if (!phone.offline) {
      this.#texts.sendWaiting(number);
      this.#hotelMessages.deliverWaiting(number);
    }
    return phone;
  }

  /** The guest looks at the thread with a hotel. */
  markSeen(guest: string, hotel: string): void {
    const phone = this.#phoneOf(guest);
    this.#hotelMessages.markSeen(phone, hotel);
    this.#ledger.announce({ kind: "phone", phone });
  }

  /** Tries a guest's texts at once, those too that had been given up. */
  retry(guest: string, hotel: string): void {
    this.#texts.sendAgain(guest, hotel);
    this.#queue.hurry(hotel, guest);
  }

  /** The account that a bearer token belongs to. */
  accountByKey(apiKey: string): Account | undefined {
    return [...this.#accounts.values()].find((account) => sameSecret(apiKey, account.apiKey));
  }

  /** @throws CarrierRefusal for what a carrier would answer with an error. */
  accept(account: Account, send: Send, idempotencyKey?: string): SendOutcome {
    return this.#sends.accept(account, send, idempotencyKey);
  }

  lookUp(account: Account, query: LookUp): ReturnType<Sends["lookUp"]> {
    return this.#sends.lookUp(account, query);
  }

  snapshot(wanted: Viewpoint): PhoneSnapshot {
    return presentSnapshot(this.#ledger, this.#hotels(), wanted);
  }

  summary(number: string, hotel: string | null): PhoneSummary | null {
    const phone = this.#ledger.phone(number);
    return phone === undefined ? null : presentPhone(this.#ledger, phone, hotel);
  }

  /** Hears every change; the answer ends it. */
  listen(listener: (change: LedgerChange) => void): () => void {
    return this.#ledger.listen(listener);
  }

  /** Stops timers and deliveries; what is queued stays in the folder. Closing twice is fine. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#queue.close();
    this.#hotelMessages.close();
    this.#poster.close();
    this.#store.close();
  }

  #makeQueue(triesMax: number): DeliveryQueue {
    return new DeliveryQueue({
      clock: this.clock,
      store: this.#store,
      triesMax,
      accountOf: (number) => this.#accounts.get(number),
      post: (delivery, account) => this.#post(delivery, account),
      onOutcome: (delivery, outcome) => this.#note(delivery, outcome),
    });
  }

  #makeSends(): Sends {
    return new Sends({
      store: this.#store,
      ledger: this.#ledger,
      faults: this.#faults,
      hotelMessages: this.#hotelMessages,
      isServed: isFictionalNumber,
      answerWithPhone: (number) => void this.#phoneOf(number),
      hasRoom: (account) => this.#queue.hasRoom(account),
    });
  }

  async #post(delivery: Delivery, account: Account): Promise<boolean> {
    const url = delivery.kind === "message" ? account.inboundUrl : account.statusUrl;
    const isAccepted = await this.#poster.post(url, account.signingSecret, delivery.body);
    if (isAccepted && this.#faults.take("duplicate_delivery")) {
      await this.#poster.post(url, account.signingSecret, delivery.body);
    }
    return isAccepted;
  }

  #note(delivery: Delivery, outcome: DeliveryOutcome): void {
    this.#texts.note(delivery, outcome);
    this.#checkSettled();
  }

  #phoneOf(number: string): Phone {
    return this.#ledger.phone(number) ?? this.#introduce({ number, name: "New guest" });
  }

  #introduce(guest: Guest): Phone {
    if (!isFictionalNumber(guest.number)) {
      throw new CarrierRefusal("number_not_simulated", "Use a number reserved for fiction.");
    }
    const known = this.#ledger.phone(guest.number);
    if (known === undefined && this.#ledger.phones().length >= limits.guestsMax) {
      throw new CarrierRefusal("guest_limit", `At most ${limits.guestsMax} phones.`);
    }
    const fresh = { offline: false, refuses: false, readReceipts: false };
    const phone: Phone = { ...fresh, ...known, number: guest.number, name: guest.name };
    this.#ledger.savePhone(phone);
    return phone;
  }

  #hotels(): HotelSummary[] {
    return [...this.#accounts.values()].map(({ number, name }) => ({
      number,
      name: name ?? number,
    }));
  }

  #checkSettled(): void {
    if (this.#queue.length > 0 || this.#hotelMessages.moving > 0) return;
    for (const resolve of this.#settling) resolve();
    this.#settling.clear();
  }
}
