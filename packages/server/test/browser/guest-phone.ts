import type { Locator, Page } from "playwright-core";

/** A guest's phone: the simulator's page, through the eyes of the guest. */
export class GuestPhone {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(url: string, number: string): Promise<void> {
    await this.page.goto(`${url}/simulator/?guest=${encodeURIComponent(number)}`);
    await this.page.getByRole("heading", { name: "Harbour House", exact: true }).waitFor();
  }

  /** Texts the hotel, without waiting for what becomes of it. */
  async text(words: string): Promise<void> {
    await this.page.getByLabel("Text Harbour House").fill(words);
    await this.page.getByRole("button", { name: "Send text" }).click();
  }

  /** A text of the hotel. */
  received(words: string): Locator {
    return this.#messages().filter({ hasText: `Harbour House: ${words}` });
  }

  /** What the hotel said, in order. */
  async allReceived(): Promise<string[]> {
    const speaker = "Harbour House: ";
    const all = await this.#messages().locator("p, span:first-child").allTextContents();
    return all.flatMap((said, index) => (said === speaker ? [all[index + 1] ?? ""] : []));
  }

  #messages(): Locator {
    return this.page.getByRole("log", { name: "Messages" }).getByRole("listitem");
  }
}
