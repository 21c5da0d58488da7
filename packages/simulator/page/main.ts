import type { PhoneMessage, PhoneSnapshot, PhoneSummary } from "../src/phone-wire.ts";
import { Banner, type BannerState } from "./banner.ts";
import { makeToken, post, tell } from "./client.ts";
import { Composer } from "./composer.ts";
import { byId } from "./element.ts";
import { formatNumber, initialsOf } from "./format.ts";
import { Guests } from "./guests.ts";
import { Layout } from "./layout.ts";
import { Settings } from "./settings.ts";
import { Stream } from "./stream.ts";
import { Thread } from "./thread.ts";

const noAnswer = "No answer from the hotel's system. It will be tried again.";

/** The page: one guest's phone, texting with one hotel. */
class Page {
  readonly #layout = new Layout();
  readonly #banner = new Banner();
  readonly #guests = new Guests((number) => this.#choose(number, this.#hotel));
  readonly #settings = new Settings((number) => this.#choose(this.#guest, number));
  readonly #composer = new Composer((text) => this.#write(text));
  readonly #thread = new Thread((key) => this.#sendAgain(key));
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
      const { guest, hotel } = readUrl();
      this.#stream.follow(guest, hotel);
    };
    window.addEventListener("popstate", follow);
    document.addEventListener("visibilitychange", () => this.#markSeen());
    follow();
  }

  #choose(guest: string | null, hotel: string | null): void {
    this.#layout.closeSheet();
    if (guest === this.#guest && hotel === this.#hotel) return;
    history.pushState(null, "", urlOf(guest, this.#isHotelNamed ? hotel : null));
    this.#stream.follow(guest, hotel);
  }

  #onSnapshot(snapshot: PhoneSnapshot): void {
    const { guest, hotel, hotels, phones } = snapshot;
    this.#isHotelNamed = hotels.length > 1;
    history.replaceState(null, "", urlOf(guest, this.#isHotelNamed ? hotel : null));
    this.#isCut = false;
    this.#guest = guest;
    this.#hotel = hotel;
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
      announce(`${this.#thread.hotelName}: ${message.text}`);
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

  #write(text: string): void {
    this.#postText(makeToken(), text);
  }

  #postText(token: string, text: string): void {
    const { guest, hotel } = { guest: this.#guest, hotel: this.#hotel };
    const conversation = this.#conversation;
    const at = Date.now();
    this.#thread.putPending({ token, text, at, state: "posting" });
    post("messages", { guest, hotel, text, token })
      .then(async (response) => {
        const message: PhoneMessage = await response.json();
        // The stream may have told a later state already.
        if (conversation === this.#conversation && this.#thread.pending(token) !== undefined) {
          this.#thread.put(message);
        }
      })
      .catch(() => {
        const isShown = this.#thread.pending(token) !== undefined;
        if (!isShown || conversation !== this.#conversation) return;
        this.#thread.putPending({ token, text, at, state: "unposted" });
        announce("Not sent.");
      });
  }

  #sendAgain(key: string): void {
    const pending = this.#thread.pending(key);
    if (pending === undefined) this.#retry();
    else this.#postText(pending.token, pending.text);
  }

  #retry(): void {
    tell("retry", { guest: this.#guest, hotel: this.#hotel });
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
    byId("empty-title", HTMLElement).textContent = `Text ${name}`;
  }

  #showPhones(): void {
    this.#guests.show([...this.#phones.values()], this.#guest);
    const phone = this.#phone();
    if (phone === undefined) return;
    this.#settings.show(phone);
    byId("owner-name", HTMLElement).textContent = phone.name;
    byId("owner-avatar", HTMLElement).textContent = initialsOf(phone.name, phone.number);
    byId("phone", HTMLElement).classList.toggle("is-offline", phone.offline);
    document.title = `${phone.name} · Guest phone · Demo`;
    this.#showBanner();
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
    if (phone?.refuses) {
      const onAction = () => this.#settings.set("refuses", false);
      return { words: "This phone refuses messages.", action: "Accept them", onAction };
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

/** A plus sign that nobody encoded arrives as a space. */
function readUrl(): { guest: string | null; hotel: string | null } {
  const query = new URLSearchParams(location.search);
  const read = (name: string) =>
    query
      .get(name)
      ?.trim()
      .replace(/^(?=\d)/, "+") || null;
  return { guest: read("guest"), hotel: read("hotel") };
}

function urlOf(guest: string | null, hotel: string | null): string {
  const query = new URLSearchParams();
  if (guest !== null) query.set("guest", guest);
  if (hotel !== null) query.set("hotel", hotel);
  return `?${query}`;
}

new Page().start();
