import type { HotelSummary, PhoneSummary } from "../src/phone-wire.ts";
import type { PhoneRefusal } from "../src/protocol.ts";
import { tell } from "./client.ts";
import { byId, make } from "./element.ts";
import { formatNumber } from "./format.ts";

type SwitchName = "offline" | "readReceipts";

const switches: readonly { name: SwitchName; label: string; words: string }[] = [
  { name: "offline", label: "Offline", words: "Texts wait on both sides until it is back." },
  { name: "readReceipts", label: "Read receipts", words: "The hotel sees when you have read it." },
];

/** Why messages to a phone fail, as the choice and in a sentence. */
export const refusalWords: Record<PhoneRefusal, { choice: string; sentence: string }> = {
  unreachable: { choice: "Fail: not reachable", sentence: "The phone cannot be reached." },
  landline: { choice: "Fail: a landline", sentence: "The number is a landline." },
  filtered: { choice: "Fail: filtered", sentence: "The network filters the hotel's texts." },
  blocked_by_recipient: { choice: "Fail: blocked", sentence: "The guest has blocked the hotel." },
  unknown: { choice: "Fail: no reason given", sentence: "The network does not say why." },
};

const arrive = "";
const arriveWords = "The hotel sees that they are delivered.";

/** How this phone behaves, and which hotel it texts with. */
export class Settings {
  readonly #buttons = new Map<SwitchName, HTMLButtonElement>();
  readonly #hotel = byId("hotel", HTMLSelectElement);
  readonly #refuses = byId("refuses", HTMLSelectElement);
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
    const refusals = Object.entries(refusalWords).map(([value, { choice }]) => ({
      value,
      text: choice,
    }));
    const options = [{ value: arrive, text: "Arrive" }, ...refusals];
    this.#refuses.append(...options.map(makeOption));
    this.#refuses.addEventListener("change", () => {
      const chosen = this.#refuses.value;
      this.refuse(chosen === arrive ? null : (chosen as PhoneRefusal));
    });
    this.#hotel.addEventListener("change", () => onHotel(this.#hotel.value));
  }

  /** Shown at once, and by the stream when the carrier has it. */
  set(name: SwitchName, isOn: boolean): void {
    this.#buttons.get(name)?.setAttribute("aria-checked", String(isOn));
    tell("switches", { guest: this.#guest, [name]: isOn });
  }

  refuse(refuses: PhoneRefusal | null): void {
    this.#showRefusal(refuses);
    tell("switches", { guest: this.#guest, refuses });
  }

  show(phone: PhoneSummary): void {
    this.#guest = phone.number;
    const number = formatNumber(phone.number);
    byId("identity-name", HTMLElement).textContent = phone.name ?? number;
    byId("identity-number", HTMLElement).textContent = phone.name === null ? "No name yet" : number;
    for (const [name, button] of this.#buttons) {
      button.setAttribute("aria-checked", String(phone[name]));
    }
    this.#showRefusal(phone.refuses);
  }

  showHotels(hotels: readonly HotelSummary[], chosen: string | null): void {
    byId("hotel-choice", HTMLElement).hidden = hotels.length < 2;
    const options = hotels.map(({ number, name }) => makeOption({ value: number, text: name }));
    this.#hotel.replaceChildren(...options);
    this.#hotel.value = chosen ?? "";
  }

  #showRefusal(refuses: PhoneRefusal | null): void {
    this.#refuses.value = refuses ?? arrive;
    const words = refuses === null ? arriveWords : refusalWords[refuses].sentence;
    byId("refuses-words", HTMLElement).textContent = words;
  }
}

function makeOption({ value, text }: { value: string; text: string }): HTMLOptionElement {
  const option = make("option", { text });
  option.value = value;
  return option;
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
