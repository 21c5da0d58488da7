import { byId } from "./element.ts";

/** One sentence above the thread, with at most one thing to do about it. */
export interface BannerState {
  readonly words: string;
  readonly action?: string;
  readonly onAction?: () => void;
}

export class Banner {
  readonly #banner = byId("banner", HTMLElement);
  readonly #words = byId("banner-words", HTMLElement);
  readonly #action = byId("banner-action", HTMLButtonElement);
  #onAction: () => void = () => {};

  constructor() {
    this.#action.addEventListener("click", () => this.#onAction());
  }

  show(state: BannerState | null): void {
    this.#banner.hidden = state === null;
    this.#onAction = state?.onAction ?? (() => {});
    if (state === null) return;
    if (this.#words.textContent !== state.words) this.#words.textContent = state.words;
    this.#action.hidden = state.action === undefined;
    this.#action.textContent = state.action ?? "";
  }
}
