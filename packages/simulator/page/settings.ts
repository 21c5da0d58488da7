import type { HotelSummary, PhoneSummary } from "../src/phone-wire.ts";
import { tell } from "./client.ts";
import { byId, make } from "./element.ts";
import { formatNumber } from "./format.ts";

type SwitchName = "offline" | "refuses" | "readReceipts";

const switches: readonly { name: SwitchName; label: string; words: string }[] = [
  { name: "offline", label: "Offline", words: "Texts wait on both sides until it is back." },
  { name: "refuses", label: "Refuse messages", words: "The hotel sees that its message failed." },
  { name: "readReceipts", label: "Read receipts", words: "The hotel sees when you have read it." },
];

/** How this phone behaves, and which hotel it texts with. */
export class Settings {
  readonly #buttons = new Map<SwitchName, HTMLButtonElement>();
  readonly #hotel = byId("hotel", HTMLSelectElement);
  #guest = "";

  constructor(onHotel: (number: string) => void) {
    const list = byId("switches", HTMLElement);
    for (const { name, label, words } of switches) {
      const button = makeSwitch(label, words, name);
      button.addEventListener("click", () => {
        this.set(name, button.getAttribute("aria-checked") !== "true");
      });
      this.#buttons.set(name, button);
      list.append(button);
    }
    this.#hotel.addEventListener("change", () => onHotel(this.#hotel.value));
  }

  /** Shown at once, and by the stream when the carrier has it. */
  set(name: SwitchName, isOn: boolean): void {
    this.#buttons.get(name)?.setAttribute("aria-checked", String(isOn));
    tell("switches", { guest: this.#guest, [name]: isOn });
  }

  show(phone: PhoneSummary): void {
    this.#guest = phone.number;
    byId("identity-name", HTMLElement).textContent = phone.name;
    byId("identity-number", HTMLElement).textContent = formatNumber(phone.number);
    for (const [name, button] of this.#buttons) {
      button.setAttribute("aria-checked", String(phone[name]));
    }
  }

  showHotels(hotels: readonly HotelSummary[], chosen: string | null): void {
    byId("hotel-choice", HTMLElement).hidden = hotels.length < 2;
    this.#hotel.replaceChildren(
      ...hotels.map(({ number, name }) => {
        const option = make("option", { text: name });
        option.value = number;
        return option;
      }),
    );
    this.#hotel.value = chosen ?? "";
  }
}

function makeSwitch(label: string, words: string, id: string): HTMLButtonElement {
  const attributes = {
    type: "button",
    role: "switch",
    "aria-checked": "false",
    "aria-labelledby": `${id}-name`,
    "aria-describedby": `${id}-words`,
  };
  return make("button", { class: "switch", attributes }, [
    make("span", { class: "switch-name", text: label, attributes: { id: `${id}-name` } }),
    make("span", { class: "switch-words", text: words, attributes: { id: `${id}-words` } }),
    make("span", { class: "switch-track", attributes: { "aria-hidden": "true" } }),
  ]);
}
