import { Accounts } from "./accounts.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type Delivery, type DeliveryOutcome, DeliveryQueue } from "./delivery-queue.ts";
import { type ChanceOfFaults, type FaultKind, Faults } from "./faults.ts";
import { GuestTexts } from "./guest-texts.ts";
import { Handsets, type PhoneSwitches, type TextOptions } from "./handsets.ts";
import { HotelMessages, type Pace } from "./hotel-messages.ts";
import { type GuestText, Ledger, type LedgerChange, type Phone } from "./ledger.ts";
import * as limits from "./limits.ts";
import { httpMediaFetcher, type MediaFetcher } from "./media-fetcher.ts";
import { type MediaItem, MediaShelf } from "./media-shelf.ts";
import { isFictionalNumber, type Region } from "./numbers.ts";
import { OptOuts } from "./opt-outs.ts";
import type { PastText } from "./past.ts";
import { presentPhone, presentSnapshot, type Viewpoint } from "./phone-view.ts";
import type { PhoneSnapshot, PhoneSummary } from "./phone-wire.ts";
import { type Guest, Phones } from "./phones.ts";
import { type Play, type PlayedText, Plays } from "./plays.ts";
import { httpPoster, type Poster } from "./post-delivery.ts";
import type { Account, LookUp, Send, SentMessage } from "./protocol.ts";
import type { Reaction } from "./reactions.ts";
import { type SendOutcome, Sends } from "./sends.ts";
import { fileStore, memoryStore, type Store } from "./store.ts";

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
  /** How links are fetched that messages of the hotel bring; for the same. */
  readonly fetchMedia?: typeof fetch;
}

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
  readonly #handsets: Handsets;
  readonly #hotelMessages: HotelMessages;
  readonly #sends: Sends;
  readonly #shelf: MediaShelf;
  readonly #fetcher: MediaFetcher;
  readonly #phones: Phones;
  readonly #plays: Plays;
  readonly #accounts = new Accounts();
  readonly #settling = new Set<() => void>();
  #isClosed = false;

  constructor(options: CarrierOptions) {
    this.clock = options.clock ?? systemClock;
    this.#store = options.folder === undefined ? memoryStore() : fileStore(options.folder);
    this.#faults = new Faults(options.faults);
    this.#poster = httpPoster(this.clock, options.fetch ?? fetch);
    this.#shelf = new MediaShelf(this.#store);
    this.#fetcher = httpMediaFetcher(this.clock, options.fetchMedia ?? fetch);
    this.#ledger = new Ledger(this.#store, ({ media }) => {
      for (const { id } of media) this.#shelf.forget(id);
    });
    this.#phones = new Phones(this.#ledger);
    this.#queue = this.#makeQueue(options.deliveryTriesMax ?? limits.deliveryTriesMax);
    const optOuts = new OptOuts(this.#ledger, (number) => this.#accounts.nameOf(number));
    this.#texts = new GuestTexts({
      clock: this.clock,
      ledger: this.#ledger,
      queue: this.#queue,
      onLeaving: (text) => optOuts.hear(text),
    });
    this.#hotelMessages = this.#makeHotelMessages(options.pace ?? defaultPace);
    this.#handsets = this.#makeHandsets(optOuts);
    this.#sends = this.#makeSends();
    this.#plays = new Plays(this.clock, (text) => this.#handsets.play(text));
    for (const guest of options.guests ?? []) this.#phones.introduce(guest);
    this.#hotelMessages.resume();
  }

  /**
   * Opens a hotel's account, or changes it; what waited for it is delivered at once.
   *
   * @throws CarrierRefusal `invalid_request` naming the field that is wrong.
   */
  open(account: Account): void {
    this.#accounts.open(account);
    this.#ledger.announce({ kind: "hotels" });
    this.#queue.hurry(account.number);
  }

  /** Puts what was said long ago on the phones: it is over, nothing of it is delivered again. */
  remember(past: readonly PastText[]): void {
    this.#handsets.remember(past);
  }

  /**
   * A guest texts a hotel. The answer is there once the carrier has the text; see `settle`.
   *
   * @throws CarrierRefusal for an unknown hotel, a number outside fiction, a text too long.
   */
  text(from: string, to: string, text: string, options: TextOptions = {}): GuestText {
    return this.#handsets.text(from, to, text, options);
  }

  /**
   * A guest puts a reaction on a message, or takes it away with null; it goes out as a text.
   *
   * @throws CarrierRefusal for a message that this phone does not show.
   */
  react(guest: string, hotel: string, messageId: string, reaction: Reaction | null): void {
    this.#handsets.react(guest, hotel, messageId, reaction);
  }

  /** Takes a picture from a phone; a text names it afterwards. */
  upload(bytes: Uint8Array): MediaItem {
    return this.#handsets.uploads.add(bytes);
  }

  /** A picture or file for a phone's eyes. */
  mediaForPhone(id: string): Uint8Array | undefined {
    return this.#shelf.read(id);
  }

  /** A picture or file that a guest sent to this account, and to no other. */
  mediaForAccount(
    account: Account,
    id: string,
  ): { item: MediaItem; bytes: Uint8Array } | undefined {
    for (const message of this.#ledger.messages()) {
      if (message.direction !== "from_guest" || message.hotel !== account.number) continue;
      const item = message.media.find((candidate) => candidate.id === id);
      const bytes = item === undefined ? undefined : this.#shelf.read(id);
      if (item !== undefined && bytes !== undefined) return { item, bytes };
    }
    return undefined;
  }

  /**
   * Has guests write by themselves, each at its time, through the same deliveries as from their
   * phones.
   *
   * @throws CarrierRefusal for too many texts, times beyond an hour, or too many plays at once.
   */
  playTexts(texts: readonly PlayedText[]): Play {
    return this.#plays.start(texts);
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

  /** Puts a new guest on the list, under a number that was typed or under a free one. */
  addGuest(region: Region, name?: string, typed?: string): Phone {
    return this.#phones.add(region, typed, name);
  }

  /** Every text of a guest and every message that reached the phone, in order. */
  messagesOf(guest: string): readonly { text: string; direction: string; state: string }[] {
    return this.#ledger.messagesOf(guest);
  }

  switchPhone(number: string, switches: PhoneSwitches): Phone {
    return this.#handsets.switch(number, switches);
  }

  /** The guest looks at the thread with a hotel. */
  markSeen(guest: string, hotel: string): void {
    this.#handsets.markSeen(guest, hotel);
  }

  /** Tries a guest's texts at once, those too that had been given up. */
  retry(guest: string, hotel: string): void {
    this.#handsets.retry(guest, hotel);
  }

  /** The account that a bearer token belongs to. */
  accountByKey(apiKey: string): Account | undefined {
    return this.#accounts.byKey(apiKey);
  }

  /** @throws CarrierRefusal for what a carrier would answer with an error. */
  accept(account: Account, send: Send, idempotencyKey?: string): SendOutcome {
    return this.#sends.accept(account, send, idempotencyKey);
  }

  lookUp(account: Account, query: LookUp): ReturnType<Sends["lookUp"]> {
    return this.#sends.lookUp(account, query);
  }

  snapshot(wanted: Viewpoint): PhoneSnapshot {
    return presentSnapshot(this.#ledger, this.#accounts.hotels(), wanted);
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
    this.#fetcher.close();
    this.#plays.close();
    this.#store.close();
  }

  #makeQueue(triesMax: number): DeliveryQueue {
    return new DeliveryQueue({
      clock: this.clock,
      store: this.#store,
      triesMax,
      accountOf: (number) => this.#accounts.find(number),
      post: (delivery, account) => this.#post(delivery, account),
      onOutcome: (delivery, outcome) => this.#note(delivery, outcome),
    });
  }

  #makeHotelMessages(pace: Pace): HotelMessages {
    return new HotelMessages({
      clock: this.clock,
      ledger: this.#ledger,
      queue: this.#queue,
      shelf: this.#shelf,
      fetcher: this.#fetcher,
      pace,
      onStep: () => this.#checkSettled(),
    });
  }

  #makeHandsets(optOuts: OptOuts): Handsets {
    return new Handsets({
      ledger: this.#ledger,
      phones: this.#phones,
      shelf: this.#shelf,
      queue: this.#queue,
      texts: this.#texts,
      hotelMessages: this.#hotelMessages,
      optOuts,
      accountOf: (number) => this.#accounts.of(number),
    });
  }

  #makeSends(): Sends {
    return new Sends({
      store: this.#store,
      ledger: this.#ledger,
      faults: this.#faults,
      hotelMessages: this.#hotelMessages,
      isServed: isFictionalNumber,
      phoneOf: (number) => this.#phones.of(number),
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

  #checkSettled(): void {
    if (this.#queue.length > 0 || this.#hotelMessages.moving > 0) return;
    for (const resolve of this.#settling) resolve();
    this.#settling.clear();
  }
}
