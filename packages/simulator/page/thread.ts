import type { PhoneMessage } from "../src/phone-wire.ts";
import type { Reaction } from "../src/reactions.ts";
import { arrange, byId, make } from "./element.ts";
import { formatDay } from "./format.ts";
import { LocalPictures, shownPicture } from "./media-view.ts";
import { type Item, MessageRow, type RowEvents } from "./message-row.ts";
import type { ChosenPicture } from "./picture.ts";
import { ReactionBar } from "./reaction-bar.ts";
import { Viewer } from "./viewer.ts";

/** A text that the carrier does not have yet. */
export interface PendingText {
  readonly token: string;
  readonly text: string;
  readonly pictures: readonly ChosenPicture[];
  readonly at: number;
  readonly state: "posting" | "unposted";
}

export interface ThreadEvents {
  onAgain(key: string): void;
  onReaction(messageId: string, reaction: Reaction | null): void;
}

const groupMs = 3 * 60_000;
const nearBottomPx = 80;

/** The messages of one conversation, painted anew only where something changed. */
export class Thread {
  readonly localPictures = new LocalPictures();
  readonly #scroller = byId("thread", HTMLElement);
  readonly #list = byId("messages", HTMLOListElement);
  readonly #newer = byId("newer", HTMLButtonElement);
  readonly #viewer = new Viewer();
  readonly #rowEvents: RowEvents;
  readonly #rows = new Map<string, MessageRow>();
  readonly #days = new Map<string, Element>();
  readonly #messages = new Map<string, PhoneMessage>();
  readonly #pending = new Map<string, PendingText>();
  hotelName = "";
  /** Whether the newest message is in sight, and is to stay there when the room changes. */
  #isFollowing = true;

  constructor(events: ThreadEvents) {
    const bar = new ReactionBar(events.onReaction);
    this.#rowEvents = {
      onAgain: events.onAgain,
      onPicture: (url) => this.#viewer.open(url),
      onBody: (body, id) => bar.attach(body, id, () => this.#messages.get(id)?.reaction ?? null),
    };
    // What scrolls has to be reachable by keyboard.
    this.#scroller.tabIndex = 0;
    this.#newer.addEventListener("click", () => this.#scrollDown());
    this.#scroller.addEventListener("scroll", () => {
      this.#isFollowing = this.#isAtBottom();
      if (this.#isFollowing) this.#newer.hidden = true;
    });
    const resized = new ResizeObserver(() => {
      if (this.#isFollowing) this.#scrollDown();
    });
    resized.observe(this.#scroller);
    resized.observe(this.#list);
  }

  get isEmpty(): boolean {
    return this.#messages.size === 0 && this.#pending.size === 0;
  }

  /** Some text waits because the hotel's system did not answer. */
  get isRetrying(): boolean {
    return [...this.#messages.values()].some(({ state }) => state === "retrying");
  }

  reset(messages: readonly PhoneMessage[], isOther: boolean): void {
    if (isOther) {
      this.#pending.clear();
      this.#rows.clear();
      this.#days.clear();
    }
    this.#messages.clear();
    for (const message of messages) this.#take(message);
    this.#paint(false);
    this.#scrollDown();
  }

  /** Answers what there was before under this identity. */
  put(message: PhoneMessage): PhoneMessage | undefined {
    const before = this.#messages.get(message.id);
    const wasAtBottom = this.#isAtBottom();
    this.#take(message);
    this.#paint(true);
    if (wasAtBottom) this.#scrollDown();
    else if (before === undefined) this.#newer.hidden = false;
    return before;
  }

  putPending(pending: PendingText): void {
    this.#pending.set(pending.token, pending);
    this.#paint(true);
    this.#scrollDown();
  }

  pending(token: string): PendingText | undefined {
    return this.#pending.get(token);
  }

  /** The carrier has it, and shows it in another way than as a message. */
  dropPending(token: string): void {
    if (this.#pending.delete(token)) this.#paint(true);
  }

  #take(message: PhoneMessage): void {
    this.#messages.set(message.id, message);
    if (message.token !== null) this.#pending.delete(message.token);
  }

  #items(): Item[] {
    const placed = [...this.#messages.values()].sort((one, other) => one.position - other.position);
    const known = placed.map((message) => ({
      ...message,
      key: message.token ?? message.id,
      media: message.media.map((media) => this.localPictures.shown(media)),
    }));
    return [...known, ...[...this.#pending.values()].map(pendingItem)];
  }

  #paint(isLive: boolean): void {
    const items = this.#items();
    const lastOwn = items.findLast(({ own }) => own);
    const now = Date.now();
    const elements: Element[] = [];
    for (const [at, item] of items.entries()) {
      const before = items[at - 1];
      const day = formatDay(item.at, now);
      const isNewDay = before === undefined || formatDay(before.at, now) !== day;
      if (isNewDay) elements.push(this.#dayRow(day));
      const isFirst = isNewDay || !isTogether(before, item);
      const isLast = !isTogether(item, items[at + 1]);
      const isStateShown = item.own && (item === lastOwn || item.state !== "delivered");
      const row = this.#rows.get(item.key) ?? new MessageRow(this.#rowEvents);
      this.#rows.set(item.key, row);
      const speaker = item.own ? "You" : this.hotelName;
      row.paint(item, { isFirst, isLast, isStateShown, isLive }, speaker);
      elements.push(row.element);
    }
    arrange(this.#list, elements);
    byId("phone", HTMLElement).dataset["state"] = this.isEmpty ? "empty" : "ready";
  }

  #dayRow(day: string): Element {
    const row = this.#days.get(day) ?? make("li", { class: "day", text: day });
    this.#days.set(day, row);
    return row;
  }

  #isAtBottom(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < nearBottomPx;
  }

  #scrollDown(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#newer.hidden = true;
    this.#isFollowing = true;
  }
}

function pendingItem({ token, text, pictures, at, state }: PendingText): Item {
  const media = pictures.map(shownPicture);
  const common = { reaction: null, automatic: false, own: true } as const;
  return { ...common, key: token, id: null, text, media, at, state };
}

function isTogether(one: Item | undefined, other: Item | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const isOneVoice = one.own === other.own && one.automatic === other.automatic;
  return isOneVoice && Math.abs(other.at - one.at) < groupMs;
}
