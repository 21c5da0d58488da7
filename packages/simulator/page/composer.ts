import { Attachments } from "./attachments.ts";
import { byId, make } from "./element.ts";
import type { ChosenPicture } from "./picture.ts";

const counterFromCharsLeft = 200;
const linesMaxPx = 172;
const draftsMax = 50;

const openers = [
  "Two more towels please",
  "What time is breakfast?",
  "Could we keep the room until 1 tomorrow?",
] as const;

/** What was begun in a conversation and not sent. */
interface Draft {
  readonly text: string;
  readonly pictures: readonly ChosenPicture[];
}

const blank: Draft = { text: "", pictures: [] };

/** The field at the bottom; keeps a draft for each conversation. */
export class Composer {
  readonly #form = byId("composer", HTMLFormElement);
  readonly #text = byId("text", HTMLTextAreaElement);
  readonly #send = byId("send", HTMLButtonElement);
  readonly #counter = byId("counter", HTMLElement);
  readonly #attachments = new Attachments(() => this.#show());
  readonly #onSend: (text: string, pictures: readonly ChosenPicture[]) => void;
  readonly #drafts = new Map<string, Draft>();
  #conversation = "";

  constructor(onSend: (text: string, pictures: readonly ChosenPicture[]) => void) {
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
    byId("text-label", HTMLElement).textContent = `Text ${hotelName}`;
    if (conversation === this.#conversation) return;
    const next = this.#drafts.get(conversation) ?? blank;
    const left = { text: this.#text.value, pictures: this.#attachments.replace(next.pictures) };
    this.#keep(this.#conversation, left);
    this.#conversation = conversation;
    this.#text.value = next.text;
    this.#show();
  }

  #keep(conversation: string, draft: Draft): void {
    this.#drafts.delete(conversation);
    if (draft.text !== "" || draft.pictures.length > 0) this.#drafts.set(conversation, draft);
    const oldest = this.#drafts.keys().next().value;
    if (this.#drafts.size > draftsMax && oldest !== undefined) this.#drafts.delete(oldest);
  }

  #submit(): void {
    const text = this.#text.value.trim();
    const { pictures } = this.#attachments;
    if (text === "" && pictures.length === 0) return;
    this.#text.value = "";
    this.#attachments.replace([]);
    this.#show();
    this.#text.focus();
    this.#onSend(text, pictures);
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
    const isEmpty = this.#text.value.trim() === "" && this.#attachments.pictures.length === 0;
    this.#send.disabled = isEmpty;
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
