import type { FrameLocator, Locator, Page } from "playwright-core";

/** The simulator's own pictures, as the phone offers them. */
export type PhonePicture = "A broken lamp" | "The harbour in the evening";

/** A guest's phone: the simulator's page, through the eyes of the guest. */
export class GuestPhone {
  readonly page: Page;
  /** Where its screen is: the whole page, or a part of the inbox. */
  readonly #screen: Page | FrameLocator;

  constructor(page: Page, screen: Page | FrameLocator = page) {
    this.page = page;
    this.#screen = screen;
  }

  /** The phone beside the thread of an inbox. */
  static docked(page: Page): GuestPhone {
    return new GuestPhone(page, page.frameLocator('iframe[title="Guest\'s phone"]'));
  }

  async open(url: string, number: string): Promise<void> {
    await this.page.goto(`${url}/simulator/?guest=${encodeURIComponent(number)}`);
    await this.#screen.getByRole("heading", { name: "Harbour House", exact: true }).waitFor();
  }

  /** Whose it is. */
  of(guest: string): Locator {
    return this.#screen.getByText(guest).filter({ visible: true }).first();
  }

  /** Texts the hotel, without waiting for what becomes of it. */
  async text(words: string): Promise<void> {
    await this.#screen.getByLabel("Text Harbour House").fill(words);
    await this.#screen.getByRole("button", { name: "Send text" }).click();
  }

  /** Texts one of the demo's pictures, with words. */
  async sendPicture(picture: PhonePicture, words: string): Promise<void> {
    await this.#screen.getByRole("button", { name: "Add a picture" }).click();
    const offered = this.#screen.getByRole("list", { name: "Pictures of the demo" });
    await offered.getByRole("button", { name: picture }).click();
    await this.#screen.getByRole("button", { name: "Remove picture 1" }).waitFor();
    await this.text(words);
  }

  /** A text of the hotel. */
  received(words: string): Locator {
    return this.#messages().filter({ hasText: `Harbour House: ${words}` });
  }

  /** Whatever the phone shows of a word, said by whomever. */
  showing(words: string): Locator {
    return this.#messages().filter({ hasText: words });
  }

  /** What the hotel said, in order. */
  async allReceived(): Promise<string[]> {
    const speaker = "Harbour House: ";
    const all = await this.#messages().locator("p, span:first-child").allTextContents();
    return all.flatMap((said, index) => (said === speaker ? [all[index + 1] ?? ""] : []));
  }

  #messages(): Locator {
    return this.#screen.getByRole("log", { name: "Messages" }).getByRole("listitem");
  }
}
