import type { PhoneSummary } from "../src/phone-wire.ts";
import { post } from "./client.ts";
import { arrange, byId, make } from "./element.ts";
import { formatNumber, formatWhen, initialsOf } from "./format.ts";

/** The list of guests, and the way to a new one. */
export class Guests {
  readonly #list = byId("guests", HTMLUListElement);
  readonly #rows = new Map<string, HTMLLIElement>();
  readonly #onChoose: (number: string) => void;

  constructor(onChoose: (number: string) => void) {
    this.#onChoose = onChoose;
    byId("new-guest", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#add();
    });
  }

  show(phones: readonly PhoneSummary[], chosen: string | null): void {
    const rows = phones.map((phone) => this.#row(phone, phone.number === chosen));
    arrange(this.#list, rows);
  }

  /** Brings the chosen guest into sight, without moving what is in sight already. */
  reveal(chosen: string | null): void {
    const row = chosen === null ? undefined : this.#rows.get(chosen);
    row?.scrollIntoView({ block: "nearest" });
  }

  async #add(): Promise<void> {
    const region = byId("region", HTMLSelectElement).value;
    try {
      const { number } = await (await post("guests", { region })).json();
      this.#onChoose(String(number));
    } catch {
      byId("announcer", HTMLElement).textContent = "No guest was added.";
    }
  }

  #row(phone: PhoneSummary, isChosen: boolean): HTMLLIElement {
    const known = this.#rows.get(phone.number);
    const row = known ?? make("li", {}, [this.#makeButton(phone.number)]);
    this.#rows.set(phone.number, row);
    const button = row.firstElementChild;
    button?.replaceChildren(...partsOf(phone));
    button?.classList.toggle("unread", phone.unread > 0);
    button?.setAttribute("aria-current", String(isChosen));
    return row;
  }

  #makeButton(number: string): HTMLButtonElement {
    const button = make("button", { class: "guest", attributes: { type: "button" } });
    button.addEventListener("click", () => this.#onChoose(number));
    return button;
  }
}

function partsOf(phone: PhoneSummary): Node[] {
  const when = phone.last === null ? "" : formatWhen(phone.last.at, Date.now());
  const avatar = make("span", { class: "avatar", text: initialsOf(phone.name, phone.number) });
  avatar.setAttribute("aria-hidden", "true");
  const name = phone.name === "New guest" ? `New guest ${phone.number.slice(-2)}` : phone.name;
  const mark = make("span", { class: "guest-mark", text: markOf(phone) });
  if (phone.unread > 0) mark.append(make("span", { class: "visually-hidden", text: " unread" }));
  return [
    avatar,
    make("span", { class: "guest-name", text: name, attributes: { dir: "auto" } }),
    make("span", { class: "guest-time", text: when }),
    make("span", { class: "guest-last" }, lastOf(phone)),
    mark,
  ];
}

function lastOf({ last, number }: PhoneSummary): Node[] {
  if (last === null) return [make("span", { text: formatNumber(number) })];
  const text = make("bdi", { text: last.text, attributes: { dir: "auto" } });
  return last.own ? [make("span", { text: "You:" }), text] : [text];
}

function markOf(phone: PhoneSummary): string {
  if (phone.unread > 0) return String(phone.unread);
  if (phone.offline) return "Offline";
  return phone.refuses ? "Refuses" : "";
}
