import { byId } from "./element.ts";

/** A picture as large as the screen. */
export class Viewer {
  readonly #dialog = byId("viewer", HTMLDialogElement);
  readonly #picture = byId("viewer-picture", HTMLImageElement);

  constructor() {
    this.#dialog.addEventListener("click", () => this.#dialog.close());
  }

  open(url: string): void {
    this.#picture.src = url;
    this.#dialog.showModal();
  }
}
