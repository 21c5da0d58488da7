/** Steps of the first ten minutes that are the same at a desk and in the hand. */
import type { Locator } from "playwright-core";
import type { Inbox } from "./inbox.ts";
import type { Section, SettingsScreen } from "./settings-screen.ts";

/** Opens a section of the settings; in the hand each is a page of its own. */
export async function openSection(settings: SettingsScreen, section: Section): Promise<void> {
  await backToSections(settings);
  if (!(await settings.sections.isVisible())) await settings.inbox.visit("Settings");
  await settings.sections.getByRole("link", { name: section }).click();
  await settings.main.getByRole("heading", { name: section, exact: true }).waitFor();
}

/** From a section's page, or a page in it, to where the way to everything else is. */
export async function backToSections({ main, inbox, sections }: SettingsScreen): Promise<void> {
  if (!inbox.isInHand) return;
  const up = main.getByRole("button", { name: "Back to the list" });
  const back = main.getByRole("link", { name: "Back to settings" });
  if (await up.isVisible()) await up.click();
  else if (!(await back.isVisible())) return;
  await back.click();
  await sections.waitFor();
}

/** Saves what is being made, and finds it in its list. */
export async function saveAndSee(settings: SettingsScreen, made: string): Promise<void> {
  await settings.button("Save").click();
  await settings.item(made).waitFor();
  await settings.inbox.assertNothingOverflows();
}

/** Says who texts from a number that nobody knew. */
export async function fillInUnknown(
  guest: Locator,
  { name, room }: { readonly name: string; readonly room: string },
): Promise<void> {
  await guest.getByText("Who is this?").waitFor();
  await guest.getByRole("textbox", { name: "Name" }).fill(name);
  await guest.getByRole("textbox", { name: "Room" }).fill(room);
  await guest.getByRole("button", { name: "Save guest" }).click();
  await guest.getByRole("button", { name: `Edit name: ${name}` }).waitFor();
}

/** Texts a number for the first time, with how its owner agreed. */
export async function sendFirstMessage(
  inbox: Inbox,
  { number, name }: { readonly number: string; readonly name: string },
): Promise<void> {
  const { page } = inbox;
  await inbox.showRail();
  await page.getByRole("button", { name: "New message" }).click();
  const dialog = page.getByRole("dialog", { name: "New message" });
  await dialog.getByRole("combobox", { name: "To" }).fill(number);
  await dialog.getByRole("option", { name: `Text ${number}` }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("radio", { name: "They said so by phone" }).check();
  await dialog.getByRole("textbox", { name: "Message" }).fill("Your table is ready.");
  await inbox.assertNothingOverflows();
  await dialog.getByRole("button", { name: /^Send/ }).click();
  await inbox.thread(name).waitFor();
  await inbox.messages.getByText(/^Mia · .* · (Delivered|Read)$/).waitFor();
}
