import { byId } from "./element.ts";
import { formatTime } from "./format.ts";

const wide = window.matchMedia("(min-width: 1080px)");
const clockEveryMs = 5_000;

/** Puts the panels beside the phone where there is room, else into a sheet over it. */
export class Layout {
  readonly #sheet = byId("sheet", HTMLDialogElement);

  constructor() {
    byId("open-sheet", HTMLButtonElement).addEventListener("click", () => this.#sheet.showModal());
    byId("close-sheet", HTMLButtonElement).addEventListener("click", () => this.closeSheet());
    this.#sheet.addEventListener("click", (event) => {
      if (event.target === this.#sheet) this.closeSheet();
    });
    wide.addEventListener("change", () => this.#place());
    this.#place();
    showClock();
    window.setInterval(showClock, clockEveryMs);
  }

  closeSheet(): void {
    this.#sheet.close();
  }

  #place(): void {
    if (wide.matches) this.closeSheet();
    const body = byId("sheet-body", HTMLElement);
    const guestsPlace = wide.matches ? byId("guests-side", HTMLElement) : body;
    const settingsPlace = wide.matches ? byId("settings-side", HTMLElement) : body;
    guestsPlace.append(byId("guests-panel", HTMLElement));
    settingsPlace.append(byId("settings-panel", HTMLElement));
  }
}

function showClock(): void {
  byId("clock", HTMLElement).textContent = formatTime(Date.now());
}
