import type { Address } from "./address.ts";
import { byId } from "./element.ts";
import { formatTime } from "./format.ts";

const wide = window.matchMedia("(min-width: 1080px)");
/** Room enough to show a phone as a thing; a smaller screen is the phone. */
const roomy = window.matchMedia("(min-width: 560px) and (min-height: 560px)");
const clockEveryMs = 5_000;

/** Puts the panels beside the phone where there is room, else into a sheet over it. */
export class Layout {
  readonly #sheet = byId("sheet", HTMLDialogElement);
  readonly #isDocked: boolean;

  constructor({ isDocked, theme }: Address) {
    this.#isDocked = isDocked;
    document.documentElement.toggleAttribute("data-docked", isDocked);
    if (theme !== null) document.documentElement.dataset["theme"] = theme;
    for (const opener of ["open-sheet", "open-settings"]) {
      byId(opener, HTMLButtonElement).addEventListener("click", () => this.#sheet.showModal());
    }
    byId("close-sheet", HTMLButtonElement).addEventListener("click", () => this.closeSheet());
    this.#sheet.addEventListener("click", (event) => {
      if (event.target === this.#sheet) this.closeSheet();
    });
    wide.addEventListener("change", () => this.#place());
    roomy.addEventListener("change", () => this.#place());
    this.#place();
    showClock();
    window.setInterval(showClock, clockEveryMs);
  }

  closeSheet(): void {
    this.#sheet.close();
  }

  #place(): void {
    document.documentElement.toggleAttribute("data-framed", this.#isDocked || roomy.matches);
    const isWide = wide.matches && !this.#isDocked;
    if (isWide) this.closeSheet();
    const body = byId("sheet-body", HTMLElement);
    const guestsPlace = isWide ? byId("guests-side", HTMLElement) : body;
    const settingsPlace = isWide ? byId("settings-side", HTMLElement) : body;
    guestsPlace.append(byId("guests-panel", HTMLElement));
    settingsPlace.append(byId("settings-panel", HTMLElement));
    byId("guests-panel", HTMLElement).hidden = this.#isDocked;
    byId("sheet-title", HTMLElement).textContent = this.#isDocked ? "This phone" : "Guests";
  }
}

function showClock(): void {
  byId("clock", HTMLElement).textContent = formatTime(Date.now());
}
