import type { PhoneMessage, PhoneSnapshot, PhoneSummary } from "../src/phone-wire.ts";
import type { Reaction } from "../src/reactions.ts";
import { type Address, readAddress, readWish, writeAddress } from "./address.ts";
import { Banner, type BannerState } from "./banner.ts";
import { makeToken, tell } from "./client.ts";
import { Composer } from "./composer.ts";
import { byId } from "./element.ts";
import { formatNumber, initialsOf } from "./format.ts";
import { Guests } from "./guests.ts";
import { Layout } from "./layout.ts";
import { Outbox } from "./outbox.ts";
import type { ChosenPicture } from "./picture.ts";
import { refusalWords, Settings } from "./settings.ts";
import { Stream } from "./stream.ts";
import { Thread } from "./thread.ts";

const noAnswer = "No answer from the hotel's system. It will be tried again.";

/** The page: one guest's phone, texting with one hotel. */
class Page {
  readonly #address: Address = readAddress(location.search);
  readonly #layout = new Layout(this.#address);
  readonly #banner = new Banner();
  readonly #guests = new Guests((number) => this.#choose(number, this.#hotel));
  readonly #settings = new Settings((number) => this.#choose(this.#guest, number));
  readonly #composer = new Composer((text, pictures) => this.#write(text, pictures));
  readonly #thread = new Thread({
    onAgain: (key) => this.#sendAgain(key),
    onReaction: (messageId, reaction) => this.#react(messageId, reaction),
  });
  readonly #outbox = new Outbox(this.#thread, () => announce("Not sent."));
  readonly #stream = new Stream({
    onSnapshot: (snapshot) => this.#onSnapshot(snapshot),
    onMessage: (message) => this.#onMessage(message),
    onPhone: (phone) => this.#onPhone(phone),
    onCut: () => this.#onCut(),
  });
  readonly #phones = new Map<string, PhoneSummary>();
  #guest: string | null = null;
  #hotel: string | null = null;
  #conversation = "";
  #isHotelNamed = false;
  #isCut = false;

  start(): void {
    const follow = () => {
      const { guest, hotel } = readAddress(location.search);
      this.#stream.follow(guest, hotel);
    };
    window.addEventListener("popstate", follow);
    window.addEventListener("message", (event) => this.#onWish(event));
    document.addEventListener("visibilitychange", () => this.#markSeen());
    follow();
  }

  /** The page around this one changes whose phone it is. */
  #onWish({ origin, source, data }: MessageEvent): void {
    if (origin !== location.origin || source !== window.parent || source === window) return;
    const wish = readWish(data);
    if (wish !== null) this.#choose(wish.guest, wish.hotel ?? this.#hotel);
  }

  #choose(guest: string | null, hotel: string | null): void {
    this.#layout.closeSheet();
    if (guest === this.#guest && hotel === this.#hotel) return;
    const url = this.#urlOf(guest, hotel, this.#isHotelNamed);
    // In a frame, a step back belongs to the page around it.
    if (this.#address.isDocked) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    this.#stream.follow(guest, hotel);
  }

  #urlOf(guest: string | null, hotel: string | null, isHotelNamed: boolean): string {
    return writeAddress({ ...this.#address, guest, hotel: isHotelNamed ? hotel : null });
  }

  #onSnapshot(snapshot: PhoneSnapshot): void {
    const { guest, hotel, hotels, phones } = snapshot;
    this.#isHotelNamed = hotels.length > 1;
    this.#isCut = false;
    this.#guest = guest;
    this.#hotel = hotel;
    if (guest !== null) {
      history.replaceState(null, "", this.#urlOf(guest, hotel, this.#isHotelNamed));
    }
    this.#phones.clear();
    for (const phone of phones) this.#phones.set(phone.number, phone);
    const name = hotels.find(({ number }) => number === hotel)?.name ?? "the hotel";
    this.#showHotel(name, hotel);
    this.#settings.showHotels(hotels, hotel);
    const conversation = `${guest} ${hotel}`;
    this.#thread.reset(snapshot.messages, conversation !== this.#conversation);
    this.#conversation = conversation;
    this.#composer.open(conversation, name);
    this.#showPhones();
    this.#guests.reveal(guest);
    this.#markSeen();
  }

  #onMessage(message: PhoneMessage): void {
    const before = this.#thread.put(message);
    if (!message.own && before === undefined) {
      announce(`${this.#thread.hotelName}: ${message.text || "Picture or file"}`);
      this.#markSeen();
    }
    if (message.own && before?.state !== message.state) announceState(message.state);
    this.#showBanner();
  }

  #onPhone(phone: PhoneSummary): void {
    this.#phones.set(phone.number, phone);
    this.#showPhones();
    if (phone.number === this.#guest) this.#markSeen();
  }

  #onCut(): void {
    this.#isCut = true;
    this.#showBanner();
  }

  #write(text: string, pictures: readonly ChosenPicture[]): void {
    this.#send(makeToken(), text, pictures);
  }

  #send(token: string, text: string, pictures: readonly ChosenPicture[]): void {
    const conversation = this.#conversation;
    const ends = { guest: this.#guest, hotel: this.#hotel };
    const isCurrent = () => conversation === this.#conversation;
    void this.#outbox.send(ends, { token, text, pictures }, isCurrent);
  }

  #sendAgain(key: string): void {
    const pending = this.#thread.pending(key);
    if (pending === undefined) this.#retry();
    else this.#send(pending.token, pending.text, pending.pictures);
  }

  #retry(): void {
    tell("retry", { guest: this.#guest, hotel: this.#hotel });
  }

  #react(message: string, reaction: Reaction | null): void {
    tell("reactions", { guest: this.#guest, hotel: this.#hotel, message, reaction });
  }

  #markSeen(): void {
    const phone = this.#phone();
    if (document.hidden || phone === undefined || phone.unread === 0) return;
    tell("seen", { guest: this.#guest, hotel: this.#hotel });
  }

  #phone(): PhoneSummary | undefined {
    return this.#guest === null ? undefined : this.#phones.get(this.#guest);
  }

  #showHotel(name: string, number: string | null): void {
    this.#thread.hotelName = name;
    const initial = [...name][0] ?? "";
    byId("hotel-name", HTMLElement).textContent = name;
    byId("hotel-number", HTMLElement).textContent = formatNumber(number ?? "");
    byId("hotel-mark", HTMLElement).textContent = initial;
    byId("empty-mark", HTMLElement).textContent = initial;
  }

  #showPhones(): void {
    this.#guests.show([...this.#phones.values()], this.#guest);
    const phone = this.#phone();
    this.#showEmpty(phone);
    if (phone === undefined) return;
    this.#settings.show(phone);
    const called = phone.name ?? formatNumber(phone.number);
    byId("owner-name", HTMLElement).textContent = called;
    byId("owner-avatar", HTMLElement).textContent = initialsOf(phone.name, phone.number);
    byId("caption-owner", HTMLElement).textContent = `Phone of ${called}`;
    byId("phone", HTMLElement).classList.toggle("is-offline", phone.offline);
    document.title = `${called} · Guest phone · Demo`;
    this.#showBanner();
  }

  /** A thread without texts, and a number that can have no phone here. */
  #showEmpty(phone: PhoneSummary | undefined): void {
    const isThere = phone !== undefined;
    const title = isThere ? `Text ${this.#thread.hotelName}` : "No phone has this number";
    const words = isThere
      ? "What you send arrives in the hotel's Team Inbox."
      : "Guests of the demo have numbers of fiction only, such as +1 312 555 0160.";
    byId("empty-title", HTMLElement).textContent = title;
    byId("empty-words", HTMLElement).textContent = words;
    byId("phone", HTMLElement).classList.toggle("is-nobodys", !isThere);
    byId("caption-owner", HTMLElement).textContent = "Guest phone";
    for (const id of ["plus", "text", "open-settings"])
      byId(id, HTMLElement).toggleAttribute("disabled", !isThere);
  }

  #showBanner(): void {
    this.#banner.show(this.#bannerState());
  }

  #bannerState(): BannerState | null {
    const phone = this.#phone();
    if (this.#isCut) return { words: "Connection lost. It will be tried again." };
    if (phone?.offline) {
      const onAction = () => this.#settings.set("offline", false);
      return { words: "No signal. Texts wait until it is back.", action: "Go online", onAction };
    }
    if (this.#thread.isRetrying) {
      return { words: noAnswer, action: "Try now", onAction: () => this.#retry() };
    }
    if (phone?.stopped) {
      const words = `You have stopped texts from ${this.#thread.hotelName}.`;
      return { words, action: "Text START", onAction: () => this.#write("START", []) };
    }
    if (phone && phone.refuses !== null) {
      const onAction = () => this.#settings.refuse(null);
      const words = `Messages fail. ${refusalWords[phone.refuses].sentence}`;
      return { words, action: "Accept them", onAction };
    }
    return null;
  }
}

function announce(words: string): void {
  byId("announcer", HTMLElement).textContent = words;
}

function announceState(state: PhoneMessage["state"]): void {
  if (state === "delivered") announce("Delivered.");
  if (state === "retrying") announce(noAnswer);
  if (state === "undelivered") announce("Not delivered.");
  if (state === "waiting") announce("Waiting for signal.");
}

new Page().start();
