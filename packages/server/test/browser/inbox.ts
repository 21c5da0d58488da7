import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { eventually } from "./eventually.ts";

/** The Team Inbox through the eyes of an agent: found by role and name, never by class. */
export class Inbox {
  readonly page: Page;
  readonly url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
  }

  /** From the sign-in page to the list, by the demo's own buttons. */
  async signInAs(name: string): Promise<void> {
    await this.page.goto(this.url);
    const demo = this.page.getByRole("region", { name: "Look around the demo" });
    await demo.getByRole("button", { name }).click();
    await this.list.getByRole("heading", { name: "All open" }).waitFor();
  }

  get rail(): Locator {
    return this.page.getByRole("navigation", { name: "Views" });
  }

  get list(): Locator {
    return this.page.getByRole("region", { name: "Conversations" });
  }

  get rows(): Locator {
    return this.list.getByRole("listitem");
  }

  get messages(): Locator {
    return this.page.getByRole("region", { name: "Messages" });
  }

  get composer(): Locator {
    return this.page.getByRole("region", { name: "Answer", exact: true });
  }

  get field(): Locator {
    return this.composer.getByRole("textbox");
  }

  get account(): Locator {
    return this.page.getByRole("button", { name: /Account/ });
  }

  /** Whether it is held in the hand: then there is one pane at a time. */
  get isInHand(): boolean {
    return (this.page.viewportSize()?.width ?? 0) < 640;
  }

  /** Brings the rail into sight; in the hand it is a sheet. */
  async showRail(): Promise<void> {
    if (!this.isInHand) return;
    await this.page.getByRole("button", { name: "Open views" }).click();
    await this.page.getByRole("dialog", { name: "Views" }).waitFor();
  }

  /** Goes to a place that the rail leads to. */
  async visit(place: string): Promise<void> {
    await this.showRail();
    await this.rail.getByRole("link", { name: place }).click();
    await this.page.getByRole("dialog", { name: "Views" }).waitFor({ state: "hidden" });
  }

  async goTo(view: "Mine" | "Unassigned" | "All open" | "Closed"): Promise<void> {
    await this.visit(view);
    await this.list.getByRole("heading", { name: view }).waitFor();
    await this.restPointer();
  }

  /** How many conversations a view has, as the rail says to whoever listens. */
  async countOf(view: string): Promise<number> {
    const said = await this.rail.getByRole("link", { name: view }).textContent();
    const [, count = "0"] = /([\d,]+) conversations?$/.exec(said ?? "") ?? [];
    return Number(count.replaceAll(",", ""));
  }

  /** How many wait for this agent or for anybody, as the browser's tab says. */
  async waitingInTitle(): Promise<number> {
    const [, count] = /^\((\d+)\) Inbox · /.exec(await this.page.title()) ?? [];
    return Number(count ?? "0");
  }

  row(title: string): Locator {
    return this.rows.filter({ hasText: title });
  }

  /** Where a conversation stands in the list, from 0; -1 if it does not. */
  async indexOf(title: string): Promise<number> {
    const all = await this.rows.allInnerTexts();
    return all.findIndex((text) => text.includes(title));
  }

  async open(title: string): Promise<void> {
    await this.read(title);
    await this.field.waitFor();
  }

  /** Opens a conversation without waiting for what only those have who may answer. */
  async read(title: string): Promise<void> {
    await this.row(title).getByRole("link").click();
    await this.thread(title).waitFor();
    await this.restPointer();
  }

  /** From the conversation to the list, where one hides the other. */
  async backToList(): Promise<void> {
    if (this.isInHand) await this.page.getByRole("button", { name: "Back to the list" }).click();
    await this.list.waitFor();
  }

  /** What is known of the guest: a pane, or a sheet in the hand. */
  async openGuest(): Promise<Locator> {
    if (this.isInHand) await this.page.getByRole("button", { name: "Guest details" }).click();
    const guest = this.page.getByRole("complementary", { name: "Guest", exact: true });
    await guest.waitFor();
    return guest;
  }

  async leaveGuest(): Promise<void> {
    if (!this.isInHand) return;
    await this.page.keyboard.press("Escape");
    await this.page.getByRole("dialog", { name: "Guest" }).waitFor({ state: "hidden" });
  }

  /** The list keeps its rows still under the pointer, so it rests on the thread instead. */
  async restPointer(): Promise<void> {
    await this.page.mouse.move(800, 300);
  }

  thread(title: string): Locator {
    return this.page.getByRole("main", { name: title });
  }

  /** Something that was said in the open conversation, one element each. */
  get said(): Locator {
    return this.messages.locator("[data-entry]");
  }

  saying(text: string): Locator {
    return this.said.filter({ hasText: text });
  }

  /** Whether all that a message brings is drawn, and not merely there. */
  async showsPictureOf(text: string): Promise<boolean> {
    const pictures = this.saying(text).locator("img");
    const widths = await pictures.evaluateAll((all) =>
      all.map((one) => (one as unknown as { naturalWidth: number }).naturalWidth),
    );
    return widths.length > 0 && widths.every((width) => width > 0);
  }

  /** A message is in sight, and marked as the one that was looked for. */
  async assertHighlighted(text: string): Promise<void> {
    const hit = this.saying(text);
    await hit.and(this.page.locator(":visible")).waitFor();
    assert.match(this.page.url(), /[?&]at=\d+/);
    await eventually(this.page, "the message is marked", () =>
      hit.evaluate((line) => {
        const { getComputedStyle } = line.ownerDocument.defaultView;
        return getComputedStyle(line.firstElementChild).boxShadow !== "none";
      }),
    );
  }

  /** The ids of what is shown, in order: what the server knows as entries. */
  async shownIds(): Promise<string[]> {
    const read = "(all) => all.map((one) => one.dataset.entry)";
    return this.page.evaluate<string[]>(
      `(${read})([...document.querySelectorAll("[data-entry]")])`,
    );
  }

  async answer(text: string): Promise<void> {
    await this.composer.getByRole("tab", { name: /^Text / }).click();
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  async note(text: string): Promise<void> {
    await this.composer.getByRole("tab", { name: "Note" }).click();
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  get closing(): Locator {
    return this.page.getByRole("main").getByRole("button", { name: /^Close( E)?$/ });
  }

  get reopening(): Locator {
    return this.page.getByRole("main").getByRole("button", { name: /^Reopen( E)?$/ });
  }

  /** Whose the open conversation is, and the way to hand it over. */
  get assignee(): Locator {
    return this.page.getByRole("main").locator("[aria-haspopup]");
  }

  async assign(to: string): Promise<void> {
    await this.assignee.click();
    await this.page.getByRole("option", { name: to }).click();
    await this.page.locator("[role=option]").first().waitFor({ state: "hidden" });
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByRole("status").filter({ hasText: text });
  }

  /** Records every state that the last own message says, from now on. */
  async watchStates(): Promise<() => Promise<string[]>> {
    await this.page.evaluate(`{
      const thread = document.querySelector('section[aria-label="Messages"]');
      window.seenStates = [];
      const read = () => {
        const groups = thread.querySelectorAll("span");
        const said = [...groups].map((one) => one.textContent).filter((text) =>
          / · (Sending|Sent|Delivered|Read)$/.test(text)).at(-1);
        const state = said?.split(" · ").at(-1);
        if (state && window.seenStates.at(-1) !== state) window.seenStates.push(state);
      };
      new MutationObserver(read).observe(thread, {
        subtree: true, childList: true, characterData: true,
      });
    }`);
    return () => this.page.evaluate<string[]>("window.seenStates");
  }

  /** Nothing is wider than the window, neither the page nor a pane that scrolls. */
  async assertNothingOverflows(): Promise<void> {
    const wide = await this.page.evaluate<string[]>(`
      [document.documentElement, ...document.querySelectorAll("section, main, aside, nav, ul")]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
        .map((one) => one.tagName + " " + (one.getAttribute("aria-label") ?? "") + " " +
          one.scrollWidth + " in " + one.clientWidth)`);
    assert.deepEqual(wide, []);
  }
}
