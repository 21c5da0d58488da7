import type { PhoneSummary } from "../src/phone-wire.ts";
import { post, Refused } from "./client.ts";
import { arrange, byId, make } from "./element.ts";
import { formatNumber, formatWhen, initialsOf } from "./format.ts";

const problems: Readonly<Record<string, string>> = {
  number_not_simulated: "Phones here have numbers of fiction only, such as +1 312 555 0160.",
  guest_limit: "No number is free any more.",
};

const mediaWords = { picture: "Picture", document: "PDF", card: "Contact card", file: "File" };

/** The list of guests, the newest first, and the way to a new one. */
export class Guests {
  readonly #list = byId("guests", HTMLUListElement);
  readonly #problem = byId("new-guest-problem", HTMLElement);
  readonly #rows = new Map<string, HTMLLIElement>();
  readonly #onChoose: (number: string) => void;
  #phones: readonly PhoneSummary[] = [];
  #chosen: string | null = null;

  constructor(onChoose: (number: string) => void) {
    this.#onChoose = onChoose;
    this.#list.addEventListener("pointerleave", () => this.#paint());
    byId("new-guest", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#add();
    });
  }

  show(phones: readonly PhoneSummary[], chosen: string | null): void {
    this.#phones = phones;
    this.#chosen = chosen;
    this.#paint();
  }

  /** Brings the chosen guest into sight, without moving what is in sight already. */
  reveal(chosen: string | null): void {
    const row = chosen === null ? undefined : this.#rows.get(chosen);
    row?.scrollIntoView({ block: "nearest" });
  }

  #paint(): void {
    const rows = this.#sorted().map((phone) => this.#row(phone, phone.number === this.#chosen));
    arrange(this.#list, rows);
  }

  /** The row under the pointer stays where it is; the list sorts itself when it has gone. */
  #sorted(): PhoneSummary[] {
    const newestFirst = this.#phones.toSorted((one, other) => lastAt(other) - lastAt(one));
    if (!this.#list.matches(":hover")) return newestFirst;
    const places = new Map([...this.#list.children].map((row, place) => [row, place]));
    const placeOf = ({ number }: PhoneSummary) => {
      const row = this.#rows.get(number);
      return (row && places.get(row)) ?? places.size;
    };
    return newestFirst.sort((one, other) => placeOf(one) - placeOf(other));
  }

  async #add(): Promise<void> {
    const region = byId("region", HTMLSelectElement).value;
    const typed = byId("typed", HTMLInputElement);
    const number = typed.value.trim();
    try {
      const given = number === "" ? { region } : { region, number };
      const added = await (await post("guests", given)).json();
      typed.value = "";
      this.#problem.textContent = "";
      this.#onChoose(String(added.number));
    } catch (error) {
      const known = error instanceof Refused ? problems[error.code] : undefined;
      this.#problem.textContent = known ?? "No guest was added. Try again.";
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

function lastAt({ last }: PhoneSummary): number {
  return last?.at ?? 0;
}

function partsOf(phone: PhoneSummary): Node[] {
  const when = phone.last === null ? "" : formatWhen(phone.last.at, Date.now());
  const avatar = make("span", { class: "avatar", text: initialsOf(phone.name, phone.number) });
  avatar.setAttribute("aria-hidden", "true");
  const mark = make("span", { class: "guest-mark", text: markOf(phone) });
  if (phone.unread > 0) mark.append(make("span", { class: "visually-hidden", text: " unread" }));
  const name = phone.name ?? formatNumber(phone.number);
  return [
    avatar,
    make("span", { class: "guest-name", text: name, attributes: { dir: "auto" } }),
    make("span", { class: "guest-time", text: when }),
    make("span", { class: "guest-last" }, lastOf(phone)),
    mark,
  ];
}

function lastOf({ last, number, name }: PhoneSummary): Node[] {
  if (last === null) {
    return [make("span", { text: name === null ? "No texts yet" : formatNumber(number) })];
  }
  const words = last.media === null ? last.text : mediaWords[last.media];
  const text = make("bdi", { text: words, attributes: { dir: "auto" } });
  return last.own ? [make("span", { text: "You:" }), text] : [text];
}

function markOf(phone: PhoneSummary): string {
  if (phone.unread > 0) return String(phone.unread);
  if (phone.offline) return "Offline";
  if (phone.stopped) return "Stopped";
  return phone.refuses === null ? "" : "Refuses";
}
