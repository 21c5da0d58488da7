import { byId, make } from "./element.ts";

const counterFromCharsLeft = 200;
const linesMaxPx = 172;

const openers = [
  "Two more towels please",
  "What time is breakfast?",
  "Could we keep the room until 1 tomorrow?",
] as const;

/** The field at the bottom; keeps a draft for each conversation. */
export class Composer {
  readonly #form = byId("composer", HTMLFormElement);
  readonly #text = byId("text", HTMLTextAreaElement);
  readonly #send = byId("send", HTMLButtonElement);
  readonly #counter = byId("counter", HTMLElement);
  readonly #onSend: (text: string) => void;
  readonly #drafts = new Map<string, string>();
  #conversation = "";

  constructor(onSend: (text: string) => void) {
    this.#onSend = onSend;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("input", () => this.#show());
    this.#text.addEventListener("keydown", (event) => this.#onKey(event));
    byId("openers", HTMLElement).append(...openers.map((words) => this.#makeOpener(words)));
  }

  /** Changes over to another conversation and its draft. */
  open(conversation: string, hotelName: string): void {
    this.#text.placeholder = `Text ${hotelName}`;
    byId("text-label", HTMLElement).textContent = `Text ${hotelName}`;
    if (conversation === this.#conversation) return;
    this.#drafts.set(this.#conversation, this.#text.value);
    this.#conversation = conversation;
    this.#text.value = this.#drafts.get(conversation) ?? "";
    this.#show();
  }

  #submit(): void {
    const text = this.#text.value.trim();
    if (text === "") return;
    this.#text.value = "";
    this.#show();
    this.#text.focus();
    this.#onSend(text);
  }

  /** Enter sends where there is a keyboard; on a touch screen it is a new line. */
  #onKey(event: KeyboardEvent): void {
    const isPlain = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!isPlain || window.matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    this.#submit();
  }

  #show(): void {
    const left = this.#text.maxLength - this.#text.value.length;
    this.#send.disabled = this.#text.value.trim() === "";
    this.#counter.hidden = left > counterFromCharsLeft;
    this.#counter.textContent = left === 1 ? "1 character left" : `${left} characters left`;
    if (CSS.supports("field-sizing", "content")) return;
    this.#text.style.height = "auto";
    this.#text.style.height = `${Math.min(this.#text.scrollHeight, linesMaxPx)}px`;
  }

  #makeOpener(words: string): HTMLElement {
    const attributes = { type: "button" };
    const button = make("button", { class: "opener", text: words, attributes });
    button.addEventListener("click", () => {
      this.#text.value = words;
      this.#show();
      this.#text.focus();
    });
    return make("li", {}, [button]);
  }
}
