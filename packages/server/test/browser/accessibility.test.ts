import { assertAccessible } from "./axe.ts";
import { GuestPhone } from "./guest-phone.ts";
import { Inbox } from "./inbox.ts";
import { desktop, handheld, type Stage, setStage } from "./stage.ts";

const journey = setStage();
type Scheme = "light" | "dark";

async function startAtSignIn(stage: Stage, options: object, scheme: Scheme) {
  const context = await stage.openBrowser({ ...options, colorScheme: scheme });
  const inbox = new Inbox(await context.newPage(), stage.foyer.url);
  const { page } = inbox;
  await page.goto(inbox.url);
  await page.getByRole("region", { name: "Look around the demo" }).waitFor();
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.getByRole("textbox", { name: "E-mail" }).fill("nobody@example.com");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("alert").waitFor();
  await assertAccessible(page, "sign-in");
  await inbox.signInAs("Owen Reed");
  return inbox;
}

for (const scheme of ["light", "dark"] as const) {
  journey(`every screen passes axe on a desk when ${scheme}`, async (stage) => {
    const inbox = await startAtSignIn(stage, desktop, scheme);
    const { page } = inbox;
    await inbox.goTo("All open");
    await assertAccessible(page, "list");
    await inbox.open("Priya Raman");
    await inbox.saying("lukewarm").waitFor();
    await assertAccessible(page, "thread");
    await inbox.composer.getByRole("tab", { name: "Note" }).click();
    await inbox.field.fill("x".repeat(130));
    await assertAccessible(page, "note");
    await inbox.assignee.click();
    await page.locator("[role=option]").first().waitFor();
    await assertAccessible(page, "assignee picker");
    await page.keyboard.press("Escape");
    await page.locator("[role=option]").first().waitFor({ state: "hidden" });

    await page.getByRole("button", { name: "Guest's phone" }).click();
    await GuestPhone.docked(page).of("Priya Raman").waitFor();
    await assertAccessible(page, "docked phone");
    await page.getByRole("button", { name: "Guest details" }).click();
    await page.getByRole("button", { name: "Demo data" }).click();
    await page.getByRole("menuitem", { name: "Start a busy evening" }).waitFor();
    await assertAccessible(page, "demo menu");
    await page.keyboard.press("Escape");

    await page.keyboard.press("Control+k");
    const search = page.getByRole("dialog", { name: "Search" });
    await search.getByRole("combobox").fill("room");
    await search.locator("[role=option]").first().waitFor();
    await assertAccessible(page, "search");
    await page.keyboard.press("Escape");
    await search.waitFor({ state: "hidden" });
    await inbox.rail.getByRole("link", { name: "Deliveries" }).click();
    await page.getByRole("heading", { name: "Deliveries" }).waitFor();
    await assertAccessible(page, "deliveries");
    await page.keyboard.press("?");
    const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await shortcuts.waitFor();
    await assertAccessible(page, "shortcuts");
    await page.keyboard.press("Escape");
    await shortcuts.waitFor({ state: "hidden" });
    await inbox.account.click();
    await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    await assertAccessible(page, "settings");
    await page.getByRole("menuitem", { name: "Where you are signed in" }).click();
    const sessions = page.getByRole("dialog", { name: "Where you are signed in" });
    await sessions.getByText("This browser").waitFor();
    await assertAccessible(page, "sessions");
  });

  journey(`every screen passes axe on a phone when ${scheme}`, async (stage) => {
    const inbox = await startAtSignIn(stage, handheld, scheme);
    const { page } = inbox;
    await page.getByRole("button", { name: "Open views" }).tap();
    const views = page.getByRole("dialog", { name: "Views" });
    await views.waitFor();
    await assertAccessible(page, "views");
    await views.getByRole("button", { name: /Account/ }).tap();
    await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    await assertAccessible(page, "settings");
    await page.keyboard.press("Escape");
    await page.getByRole("menuitem", { name: "Sign out" }).waitFor({ state: "hidden" });
    await views.getByRole("link", { name: "All open" }).tap();
    await views.waitFor({ state: "hidden" });
    await assertAccessible(page, "list");
    await inbox.row("Priya Raman").getByRole("link").tap();
    await inbox.saying("lukewarm").waitFor();
    await assertAccessible(page, "thread");
    await page.getByRole("button", { name: "Guest details" }).tap();
    const details = page.getByRole("dialog", { name: "Guest" });
    await details.waitFor();
    await assertAccessible(page, "guest");
    await details.getByRole("button", { name: "Guest's phone" }).tap();
    await GuestPhone.docked(page).of("Priya Raman").waitFor();
    await assertAccessible(page, "docked phone");
    await page.keyboard.press("Escape");
    await details.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Back to the list" }).tap();
    await page.getByRole("button", { name: "Open views" }).tap();
    await views.getByRole("link", { name: "Deliveries" }).tap();
    await page.getByRole("heading", { name: "Deliveries" }).waitFor();
    await assertAccessible(page, "deliveries");
  });
}
