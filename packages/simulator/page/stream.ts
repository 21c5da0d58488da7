import type { PhoneMessage, PhoneSnapshot, PhoneSummary } from "../src/phone-wire.ts";

export interface Listener {
  onSnapshot(snapshot: PhoneSnapshot): void;
  onMessage(message: PhoneMessage): void;
  onPhone(phone: PhoneSummary): void;
  onCut(): void;
}

const reconnectFirstMs = 1_000;
const reconnectLongestMs = 15_000;

/**
 * Follows one phone. Every connection begins with a snapshot, so a cut needs no more than a new
 * connection. A page that nobody sees lets go of its connection: a browser has only six.
 */
export class Stream {
  readonly #listener: Listener;
  #source: EventSource | null = null;
  #query = "";
  #reconnectMs = reconnectFirstMs;
  #timer = 0;

  constructor(listener: Listener) {
    this.#listener = listener;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.#stop();
      else this.#start();
    });
  }

  follow(guest: string | null, hotel: string | null): void {
    const query = new URLSearchParams();
    if (guest !== null) query.set("guest", guest);
    if (hotel !== null) query.set("hotel", hotel);
    this.#query = query.toString();
    this.#start();
  }

  #start(): void {
    this.#stop();
    const source = new EventSource(`phone/events?${this.#query}`);
    this.#source = source;
    source.addEventListener("snapshot", ({ data }) => {
      this.#reconnectMs = reconnectFirstMs;
      this.#listener.onSnapshot(JSON.parse(data));
    });
    source.addEventListener("message", ({ data }) => this.#listener.onMessage(JSON.parse(data)));
    source.addEventListener("phone", ({ data }) => this.#listener.onPhone(JSON.parse(data)));
    source.addEventListener("error", () => this.#retry());
  }

  #retry(): void {
    this.#stop();
    this.#listener.onCut();
    this.#timer = window.setTimeout(() => this.#start(), this.#reconnectMs);
    this.#reconnectMs = Math.min(this.#reconnectMs * 2, reconnectLongestMs);
  }

  #stop(): void {
    window.clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}
