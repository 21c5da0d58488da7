import type { PhoneMessage } from "../src/phone-wire.ts";
import { arrange, byId, make, makeIcon } from "./element.ts";
import { formatDay, formatTime } from "./format.ts";

/** A text that the carrier does not have yet. */
export interface PendingText {
  readonly token: string;
  readonly text: string;
  readonly at: number;
  readonly state: "posting" | "unposted";
}

type State = PhoneMessage["state"] | PendingText["state"];

interface Item {
  readonly key: string;
  readonly own: boolean;
  readonly text: string;
  readonly at: number;
  readonly state: State;
}

interface Row {
  readonly element: HTMLLIElement;
  painted: string;
}

const groupMs = 3 * 60_000;
const nearBottomPx = 80;

const words: Record<State, string> = {
  posting: "Sending",
  unposted: "Not sent",
  waiting: "Waiting for signal",
  sending: "Sending",
  retrying: "No answer, trying again",
  delivered: "Delivered",
  undelivered: "Not delivered",
  received: "",
};

const clock = "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5.2V8l1.8 1.2";
const icons: Record<State, string> = {
  posting: clock,
  sending: clock,
  waiting: clock,
  retrying: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.7h-2.7",
  delivered: "m3 8.5 3.2 3L13 4.5",
  undelivered: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5.2v3.3M8 10.8v.01",
  unposted: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5.2v3.3M8 10.8v.01",
  received: "",
};

/** The messages of one conversation, painted anew only where something changed. */
export class Thread {
  readonly #scroller = byId("thread", HTMLElement);
  readonly #list = byId("messages", HTMLOListElement);
  readonly #newer = byId("newer", HTMLButtonElement);
  readonly #onAgain: (key: string) => void;
  readonly #rows = new Map<string, Row>();
  readonly #messages = new Map<string, PhoneMessage>();
  readonly #pending = new Map<string, PendingText>();
  hotelName = "";

  constructor(onAgain: (key: string) => void) {
    this.#onAgain = onAgain;
    // What scrolls has to be reachable by keyboard.
    this.#scroller.tabIndex = 0;
    this.#newer.addEventListener("click", () => this.#scrollDown());
    this.#scroller.addEventListener("scroll", () => {
      if (this.#isAtBottom()) this.#newer.hidden = true;
    });
    new ResizeObserver(() => {
      if (this.#newer.hidden) this.#scrollDown();
    }).observe(this.#scroller);
  }

  get isEmpty(): boolean {
    return this.#messages.size === 0 && this.#pending.size === 0;
  }

  /** Some text waits because the hotel's system did not answer. */
  get isRetrying(): boolean {
    return [...this.#messages.values()].some(({ state }) => state === "retrying");
  }

  reset(messages: readonly PhoneMessage[], isOther: boolean): void {
    if (isOther) this.#pending.clear();
    if (isOther) this.#rows.clear();
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

  #take(message: PhoneMessage): void {
    this.#messages.set(message.id, message);
    if (message.token !== null) this.#pending.delete(message.token);
  }

  #items(): Item[] {
    const placed = [...this.#messages.values()].sort((one, other) => one.position - other.position);
    const known = placed.map((message) => ({ ...message, key: message.token ?? message.id }));
    const pending = [...this.#pending.values()];
    return [...known, ...pending.map((text) => ({ ...text, key: text.token, own: true }))];
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
      elements.push(this.#messageRow(item, { isFirst, isLast, isStateShown, isLive }));
    }
    arrange(this.#list, elements);
    byId("phone", HTMLElement).dataset["state"] = this.isEmpty ? "empty" : "ready";
  }

  #dayRow(day: string): Element {
    const row = this.#rows.get(`day ${day}`) ?? {
      element: make("li", { class: "day", text: day }),
      painted: day,
    };
    this.#rows.set(`day ${day}`, row);
    return row.element;
  }

  #messageRow(item: Item, look: Look): Element {
    const known = this.#rows.get(item.key);
    const row = known ?? { element: make("li"), painted: "" };
    const painted = JSON.stringify([
      item.state,
      item.at,
      look.isFirst,
      look.isLast,
      look.isStateShown,
    ]);
    if (row.painted === painted) return row.element;
    const isFresh = known === undefined ? look.isLive : row.element.classList.contains("fresh");
    row.painted = painted;
    row.element.className = classesOf(item, look, isFresh);
    row.element.dataset["state"] = item.state;
    const [, bubble = this.#makeBubble(row.element, item)] = row.element.children;
    bubble.nextElementSibling?.remove();
    if (look.isLast || look.isStateShown) row.element.append(this.#makeMeta(item, look));
    this.#rows.set(item.key, row);
    return row.element;
  }

  #makeBubble(row: Element, item: Item): Element {
    const bubble = make("p", { class: "bubble", text: item.text, attributes: { dir: "auto" } });
    const speaker = item.own ? "You" : this.hotelName;
    row.append(make("span", { class: "visually-hidden", text: `${speaker}: ` }), bubble);
    return bubble;
  }

  #makeMeta(item: Item, look: Look): Element {
    const meta = make("div", { class: "meta" });
    if (look.isLast) meta.append(make("span", { text: formatTime(item.at) }));
    if (!look.isStateShown) return meta;
    if (look.isLast) meta.append(make("span", { text: "·" }));
    const state = make("span", { class: "state" }, [makeIcon(icons[item.state])]);
    state.append(words[item.state]);
    meta.append(state);
    if (item.state === "undelivered" || item.state === "unposted") {
      const again = make("button", { class: "link", text: "Send again" });
      again.type = "button";
      again.addEventListener("click", () => this.#onAgain(item.key));
      meta.append(again);
    }
    return meta;
  }

  #isAtBottom(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < nearBottomPx;
  }

  #scrollDown(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#newer.hidden = true;
  }
}

interface Look {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isStateShown: boolean;
  readonly isLive: boolean;
}

function isTogether(one: Item | undefined, other: Item | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.own === other.own && Math.abs(other.at - one.at) < groupMs;
}

function classesOf(item: Item, look: Look, isFresh: boolean): string {
  const classes = ["message", item.own ? "own" : "hotel"];
  if (look.isFirst) classes.push("first");
  if (look.isLast) classes.push("last");
  if (isFresh) classes.push("fresh");
  return classes.join(" ");
}
