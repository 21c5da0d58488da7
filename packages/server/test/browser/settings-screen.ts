import type { Locator, Page } from "playwright-core";
import type { Inbox } from "./inbox.ts";

export type Section =
  | "Property"
  | "Channels"
  | "Teams"
  | "People"
  | "Labels"
  | "Fields"
  | "Templates";

/** The settings of a property through the eyes of whoever sets it up. */
export class SettingsScreen {
  readonly page: Page;
  readonly inbox: Inbox;

  constructor(inbox: Inbox) {
    this.inbox = inbox;
    this.page = inbox.page;
  }

  get main(): Locator {
    return this.page.getByRole("main");
  }

  get sections(): Locator {
    return this.page.getByRole("navigation", { name: "Settings" });
  }

  /** Opens a section from wherever one is. */
  async open(section: Section): Promise<void> {
    if ((await this.sections.count()) === 0) {
      await this.inbox.rail.getByRole("link", { name: "Settings" }).click();
    }
    await this.sections.getByRole("link", { name: section }).click();
    await this.main.getByRole("heading", { name: section, exact: true }).waitFor();
  }

  /** One thing of the section's list. */
  item(name: string): Locator {
    return this.main.getByRole("listitem").filter({ hasText: name });
  }

  async openItem(name: string): Promise<void> {
    await this.item(name).getByRole("button").first().click();
  }

  /** The button that makes or saves: there is one primary act in a pane. */
  button(name: string): Locator {
    return this.main.getByRole("button", { name, exact: true });
  }

  field(name: string): Locator {
    return this.main.getByRole("textbox", { name, exact: true });
  }

  async choose(control: string, find: string, option: string): Promise<void> {
    await this.main.getByRole("combobox", { name: control }).click();
    await this.page.getByRole("combobox", { name: find }).fill(option);
    await this.page.getByRole("option", { name: option }).first().click();
  }

  async confirm(title: string, act: string): Promise<void> {
    const dialog = this.page.getByRole("dialog", { name: title });
    await dialog.getByRole("button", { name: act, exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
  }
}
