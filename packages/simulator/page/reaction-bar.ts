import type { Reaction } from "../src/reactions.ts";
import { byId, make, makeIcon } from "./element.ts";

const longPressMs = 450;
const slipPx = 10;
const gapPx = 6;

interface Look {
  readonly label: string;
  readonly path: string;
}

const heart =
  "M8 13.2S2.6 10 2.6 6.2A2.8 2.8 0 0 1 8 5.2a2.8 2.8 0 0 1 5.4 1C13.4 10 8 13.2 8 13.2z";
const thumb =
  "M5 7.2 7.6 2.6c1 0 1.6.8 1.4 1.8L8.6 6.6h3.8q1 .2.8 1.2l-1 4.4q-.2.8-1 .8H5zM5 7.2H3V13h2";
const thumbDown =
  "M5 8.8l2.6 4.6c1 0 1.6-.8 1.4-1.8l-.4-2.2h3.8q1-.2.8-1.2l-1-4.4q-.2-.8-1-.8H5zM5 8.8H3V3h2";

/** In the order in which phones offer them. */
const looks: Record<Reaction, Look> = {
  love: { label: "Love", path: heart },
  like: { label: "Like", path: thumb },
  dislike: { label: "Dislike", path: thumbDown },
  laugh: {
    label: "Laugh",
    path: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M5 8.6h6q-.4 3-3 3t-3-3M6 5.8v.01M10 5.8v.01",
  },
  emphasize: { label: "Emphasize", path: "M5.4 3v6.4M5.4 12.8v.01M10.6 3v6.4M10.6 12.8v.01" },
  question: {
    label: "Question",
    path: "M5.4 5.6Q5.6 3 8 3t2.6 2.3Q10.6 7 8.8 7.8 8 8.2 8 9.6M8 12.8v.01",
  },
};

/** The mark on a bubble. */
export function makeReactionMark(reaction: Reaction): HTMLElement {
  const { label, path } = looks[reaction];
  const words = make("span", { class: "visually-hidden", text: `Your reaction: ${label}` });
  return make("div", { class: "reaction" }, [makeIcon(path), words]);
}

/** What a guest can put on a message: six marks over its bubble. */
export class ReactionBar {
  readonly #bar = byId("reactions", HTMLElement);
  readonly #buttons = new Map<Reaction, HTMLButtonElement>();
  readonly #onChoose: (messageId: string, reaction: Reaction | null) => void;
  #messageId = "";

  constructor(onChoose: (messageId: string, reaction: Reaction | null) => void) {
    this.#onChoose = onChoose;
    for (const reaction of Object.keys(looks) as Reaction[]) {
      const button = this.#makeButton(reaction);
      this.#buttons.set(reaction, button);
      this.#bar.append(button);
    }
    byId("thread", HTMLElement).addEventListener("scroll", () => this.#bar.hidePopover());
    // A popover of kind auto would close under the finger that a long press lifts.
    document.addEventListener("pointerdown", ({ target }) => {
      if (!(target instanceof Node && this.#bar.contains(target))) this.#bar.hidePopover();
    });
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.#bar.hidePopover();
    });
  }

  /** Opens by a long press on the body of a message, and by its button where there is a mouse. */
  attach(body: HTMLElement, messageId: string, reactionNow: () => Reaction | null): void {
    const open = () => this.#open(body, messageId, reactionNow());
    const label = make("span", { class: "visually-hidden", text: "React" });
    const attributes = { type: "button" };
    const button = make("button", { class: "react", attributes }, [
      makeIcon(looks.laugh.path),
      label,
    ]);
    button.addEventListener("click", open);
    body.append(button);
    onLongPress(body, open);
  }

  #open(body: HTMLElement, messageId: string, now: Reaction | null): void {
    this.#messageId = messageId;
    for (const [reaction, button] of this.#buttons) {
      button.setAttribute("aria-pressed", String(reaction === now));
    }
    this.#bar.showPopover();
    const over = body.getBoundingClientRect();
    const { width, height } = this.#bar.getBoundingClientRect();
    const phone = byId("phone", HTMLElement).getBoundingClientRect();
    const right = phone.right - width - gapPx * 2;
    const above = over.top - height - gapPx;
    const top = above > phone.top + gapPx ? above : over.bottom + gapPx;
    this.#bar.style.left = `${Math.max(phone.left + gapPx * 2, Math.min(over.left, right))}px`;
    this.#bar.style.top = `${top}px`;
    this.#buttons.get(now ?? "love")?.focus();
  }

  #makeButton(reaction: Reaction): HTMLButtonElement {
    const { label, path } = looks[reaction];
    const attributes = { type: "button", "aria-label": label };
    const button = make("button", { attributes }, [makeIcon(path)]);
    button.addEventListener("click", () => {
      const isTaken = button.getAttribute("aria-pressed") === "true";
      this.#bar.hidePopover();
      this.#onChoose(this.#messageId, isTaken ? null : reaction);
    });
    return button;
  }
}

/** A finger that stays where it is; lifting it clicks nothing. */
function onLongPress(element: HTMLElement, run: () => void): void {
  let timer = 0;
  let wasLong = false;
  let start = { x: 0, y: 0 };
  const cancel = () => window.clearTimeout(timer);
  element.addEventListener("pointerdown", (event) => {
    wasLong = false;
    if (event.pointerType === "mouse") return;
    start = { x: event.clientX, y: event.clientY };
    cancel();
    timer = window.setTimeout(() => {
      wasLong = true;
      run();
    }, longPressMs);
  });
  element.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (Math.hypot(clientX - start.x, clientY - start.y) > slipPx) cancel();
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"] as const) {
    element.addEventListener(end, cancel);
  }
  const swallow = (event: Event) => {
    if (!wasLong) return;
    event.preventDefault();
    event.stopPropagation();
  };
  element.addEventListener("click", swallow, { capture: true });
  element.addEventListener("contextmenu", swallow);
}
