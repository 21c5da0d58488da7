import type { PhoneMessage } from "../src/phone-wire.ts";
import type { Reaction } from "../src/reactions.ts";
import { make, makeIcon } from "./element.ts";
import { formatTime, isJumbo } from "./format.ts";
import { makeMedia, type ShownMedia } from "./media-view.ts";
import { makeReactionMark } from "./reaction-bar.ts";

export type State = PhoneMessage["state"] | "posting" | "unposted";

/** One message as the thread shows it. */
export interface Item {
  readonly key: string;
  /** The carrier's; null while it does not have the message. */
  readonly id: string | null;
  readonly own: boolean;
  readonly text: string;
  readonly media: readonly ShownMedia[];
  readonly reaction: Reaction | null;
  readonly automatic: boolean;
  readonly at: number;
  readonly state: State;
}

/** How a message stands among its neighbours. */
export interface Look {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isStateShown: boolean;
  readonly isLive: boolean;
}

export interface RowEvents {
  onAgain(key: string): void;
  onPicture(url: string): void;
  /** A body that can be reacted to was made. */
  onBody(body: HTMLElement, messageId: string): void;
}

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
const warning = "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5.2v3.3M8 10.8v.01";
const icons: Record<State, string> = {
  posting: clock,
  sending: clock,
  waiting: clock,
  retrying: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.7h-2.7",
  delivered: "m3 8.5 3.2 3L13 4.5",
  undelivered: warning,
  unposted: warning,
  received: "",
};

/** The row of one message: its body stays while its state moves on. */
export class MessageRow {
  readonly element = make("li");
  readonly #events: RowEvents;
  #body: HTMLElement | null = null;
  #bodyPainted = "";
  #metaPainted = "";

  constructor(events: RowEvents) {
    this.#events = events;
  }

  paint(item: Item, look: Look, speaker: string): void {
    const isFresh = this.#body === null ? look.isLive : this.element.matches(".fresh");
    this.element.className = classesOf(item, look, isFresh);
    this.element.dataset["state"] = item.state;
    const bodyPainted = JSON.stringify([item.text, item.media.map(({ url }) => url), speaker]);
    if (bodyPainted !== this.#bodyPainted) this.#paintBody(item, speaker);
    this.#bodyPainted = bodyPainted;
    this.#paintReaction(item.reaction);
    const metaPainted = JSON.stringify([item.state, item.at, look, item.automatic]);
    if (metaPainted !== this.#metaPainted) this.#paintMeta(item, look);
    this.#metaPainted = metaPainted;
  }

  #paintBody(item: Item, speaker: string): void {
    const body = make("div", { class: "body" });
    for (const media of item.media) {
      body.append(makeMedia(media, (url) => this.#events.onPicture(url)));
    }
    if (item.text !== "") {
      const look = isJumbo(item.text) ? "bubble jumbo" : "bubble";
      body.append(make("p", { class: look, text: item.text, attributes: { dir: "auto" } }));
    }
    const name = make("span", { class: "visually-hidden", text: `${speaker}: ` });
    this.element.replaceChildren(name, body);
    this.#body = body;
    this.#metaPainted = "";
    if (!item.own && !item.automatic && item.id !== null) this.#events.onBody(body, item.id);
  }

  #paintReaction(reaction: Reaction | null): void {
    const mark = this.#body?.querySelector<HTMLElement>(".reaction") ?? null;
    if ((mark?.dataset["reaction"] ?? null) === reaction) return;
    mark?.remove();
    this.element.classList.toggle("marked", reaction !== null);
    if (reaction === null) return;
    const fresh = makeReactionMark(reaction);
    fresh.dataset["reaction"] = reaction;
    this.#body?.append(fresh);
  }

  #paintMeta(item: Item, look: Look): void {
    this.element.querySelector(":scope > .meta")?.remove();
    if (look.isLast || look.isStateShown) this.element.append(this.#makeMeta(item, look));
  }

  #makeMeta(item: Item, look: Look): Element {
    const meta = make("div", { class: "meta" });
    const parts: Node[] = [];
    if (item.automatic) parts.push(make("span", { text: "Automatic reply" }));
    if (look.isLast) parts.push(make("span", { text: formatTime(item.at) }));
    if (look.isStateShown) {
      const state = make("span", { class: "state" }, [makeIcon(icons[item.state])]);
      state.append(words[item.state]);
      parts.push(state);
    }
    for (const [at, part] of parts.entries()) {
      if (at > 0) meta.append(make("span", { text: "·" }));
      meta.append(part);
    }
    if (item.state === "undelivered" || item.state === "unposted") {
      const again = make("button", { class: "link", text: "Send again" });
      again.type = "button";
      again.addEventListener("click", () => this.#events.onAgain(item.key));
      meta.append(again);
    }
    return meta;
  }
}

function classesOf(item: Item, look: Look, isFresh: boolean): string {
  const classes = ["message", item.own ? "own" : "hotel"];
  if (look.isFirst) classes.push("first");
  if (look.isLast) classes.push("last");
  if (item.automatic) classes.push("automatic");
  if (item.reaction !== null) classes.push("marked");
  if (isFresh) classes.push("fresh");
  return classes.join(" ");
}
