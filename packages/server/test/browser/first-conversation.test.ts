import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { GuestPhone } from "./guest-phone.ts";
import { Inbox } from "./inbox.ts";
import { desktop, eventually, handheld, setStage } from "./stage.ts";

const david = { name: "David Mercer", number: "+13125550126" };
const kate = { name: "Kate Flynn", number: "+13125550134" };
const ellen = { name: "Ellen Sato", number: "+13125550124" };

const journey = setStage();

/** How many wait, as the browser's tab says. */
async function waitingInTitle(page: Page): Promise<number> {
  const [, count] = /^\((\d+)\) Inbox · Harbour House$/.exec(await page.title()) ?? [];
  return Number(count ?? "0");
}

journey("a guest texts, the team answers, and a colleague sees all of it live", async (stage) => {
  const jo = await stage.openInbox("Jo Park");
  const mia = await stage.openInbox("Mia Lind");
  const phone = await stage.openPhone(david.number);
  await jo.goTo("All open");
  await mia.goTo("All open");

  const counted = "the title counts who waits for Jo or for anybody";
  await eventually(jo.page, counted, async () => (await waitingInTitle(jo.page)) > 0);
  const before = await waitingInTitle(jo.page);
  const placeBefore = await jo.indexOf(david.name);
  await phone.text("The lamp above the desk stays dark");
  await jo.row(david.name).filter({ hasText: "The lamp above the desk" }).waitFor();
  await mia.row(david.name).filter({ hasText: "The lamp above the desk" }).waitFor();
  const title = "the title counts one more who waits";
  await eventually(jo.page, title, async () => (await waitingInTitle(jo.page)) === before + 1);
  assert.ok((await jo.indexOf(david.name)) < placeBefore, "the row rises");

  await answerSeenByAll({ jo, mia, phone });
  await noteSeenByColleague({ jo, mia });
  await assignTwice({ jo, mia });
  await jumpToLamp(jo);
  await closeUndoClose({ jo, mia });

  await phone.text("One more thing: the kettle too");
  await jo.messages.getByText("Reopened by a new text").waitFor();
  await mia.saying("the kettle too").waitFor();
  await mia.row(david.name).filter({ hasText: "the kettle too" }).waitFor();
  const heard = await phone.allReceived();
  assert.equal(heard.at(-1), "Somebody is on the way with a new bulb.");
  assert.ok(!heard.some((text) => text.includes("Third bulb")), "a note is no text");
});

interface Cast {
  readonly jo: Inbox;
  readonly mia: Inbox;
  readonly phone: GuestPhone;
}

async function answerSeenByAll({ jo, mia, phone }: Cast): Promise<void> {
  await jo.open(david.name);
  await mia.open(david.name);
  await jo.page.getByText("Mia is looking at this too").waitFor();
  await jo.field.pressSequentially("Somebody is on the way with a new bulb.");
  await mia.page.getByText("Jo is typing a reply").waitFor();
  const states = await jo.watchStates();
  await jo.field.press("Enter");
  await phone.received("Somebody is on the way with a new bulb.").waitFor();
  await jo.messages
    .getByText(/^Jo · .* · Delivered$/)
    .last()
    .waitFor();
  const seen = await states();
  assert.deepEqual(seen.slice(seen.indexOf("Sending")), ["Sending", "Sent", "Delivered"]);
  await mia.saying("Somebody is on the way").waitFor();
  await mia.page.getByText("Jo is typing").waitFor({ state: "hidden" });
}

async function noteSeenByColleague({ jo, mia }: Pick<Cast, "jo" | "mia">): Promise<void> {
  await jo.composer.getByRole("tab", { name: "Note" }).click();
  await jo.composer.getByRole("button", { name: "Add note" }).waitFor();
  await jo.note("Third bulb this month, check the socket");
  await jo.saying("Third bulb this month").waitFor();
  await mia.saying("Third bulb this month").waitFor();
  await mia.messages.getByText(/^Note · Jo · /).waitFor();
}

async function assignTwice({ jo, mia }: Pick<Cast, "jo" | "mia">): Promise<void> {
  await jo.assign("Engineering");
  await jo.toast("Assigned to Engineering").waitFor();
  await mia.messages.getByText("Jo assigned it to Engineering").waitFor();
  await mia.row(david.name).filter({ hasText: "Engineering" }).waitFor();
  const before = await mia.countOf("Mine");
  await jo.assign("Mia Lind");
  await mia.messages.getByText("Jo assigned it to Mia").waitFor();
  const counted = "the rail counts one more of Mia's";
  await eventually(mia.page, counted, async () => (await mia.countOf("Mine")) === before + 1);
}

async function jumpToLamp(jo: Inbox): Promise<void> {
  await jo.page.keyboard.press("Control+k");
  const search = jo.page.getByRole("dialog", { name: "Search" });
  await search.getByRole("combobox").fill("lamp");
  await search.getByRole("option", { name: /David Mercer/ }).click();
  await search.waitFor({ state: "hidden" });
  const hit = jo.saying("The lamp above the desk");
  await hit.and(jo.page.locator(":visible")).waitFor();
  assert.match(jo.page.url(), /[?&]at=\d+/);
  await eventually(jo.page, "the message is marked", async () =>
    hit.evaluate((line) => {
      const { getComputedStyle } = line.ownerDocument.defaultView;
      return getComputedStyle(line.firstElementChild).boxShadow !== "none";
    }),
  );
}

async function closeUndoClose({ jo, mia }: Pick<Cast, "jo" | "mia">): Promise<void> {
  await jo.closing.click();
  await mia.messages.getByText("Closed by Jo").waitFor();
  await jo.toast("Closed David Mercer").getByRole("button", { name: "Undo" }).click();
  await mia.messages.getByText("Reopened by Jo").waitFor();
  await jo.closing.click();
  await jo.reopening.waitFor();
  await mia.reopening.waitFor();
}

journey("an agent does all of it by keyboard alone", async (stage) => {
  const context = await stage.openBrowser(desktop);
  const inbox = new Inbox(await context.newPage(), stage.foyer.url);
  const { page } = inbox;
  const { keyboard } = page;
  const phone = await stage.openPhone(kate.number);
  await page.goto(inbox.url);
  await page.getByRole("textbox", { name: "E-mail" }).and(page.locator(":focus")).waitFor();
  await keyboard.type("mia@harbourhouse.example.com");
  await keyboard.press("Tab");
  await keyboard.type("harbour house demo");
  await keyboard.press("Enter");
  await inbox.row(kate.name).waitFor();

  const place = await inbox.indexOf(kate.name);
  for (let at = 0; at <= place; at += 1) {
    await keyboard.press("j");
    await inbox.rows.nth(at).locator("[aria-current]").waitFor();
  }
  await inbox.thread(kate.name).waitFor();
  await keyboard.press("r");
  await inbox.field.and(page.locator(":focus")).waitFor();
  await keyboard.type("The room is ready");
  await keyboard.press("Shift+Enter");
  await keyboard.type("whenever you are.");
  await keyboard.press("Enter");
  await phone.received("The room is ready").waitFor();
  await keyboard.press("Escape");
  await keyboard.press("n");
  await page.getByRole("textbox", { name: "Note" }).and(page.locator(":focus")).waitFor();
  await keyboard.type("Upgraded to 510");
  await keyboard.press("Enter");
  await inbox.saying("Upgraded to 510").waitFor();
  await keyboard.press("Escape");

  await keyboard.press("a");
  await page.getByRole("combobox", { name: "Find a colleague or team" }).waitFor();
  await keyboard.type("house");
  await page.getByRole("option").and(page.locator("[data-highlighted]")).waitFor();
  await keyboard.press("Enter");
  await inbox.messages.getByText("Mia assigned it to Housekeeping").waitFor();
  await page.locator("[role=option]").first().waitFor({ state: "hidden" });

  await keyboard.press("Control+k");
  const search = page.getByRole("dialog", { name: "Search" });
  await search.getByRole("combobox").and(page.locator(":focus")).waitFor();
  await keyboard.type("upgrad");
  await search.getByRole("option", { name: /Kate Flynn/ }).waitFor();
  await keyboard.press("Enter");
  await search.waitFor({ state: "hidden" });
  await keyboard.press("e");
  await inbox.toast("Closed Kate Flynn").waitFor();
  await inbox.reopening.waitFor();
  await keyboard.press("e");
  await inbox.toast("Reopened Kate Flynn").waitFor();
  await keyboard.press("Escape");
  await inbox.thread(kate.name).waitFor({ state: "hidden" });
  await keyboard.press("?");
  const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await shortcuts.waitFor();
  await keyboard.press("Escape");
  await shortcuts.waitFor({ state: "hidden" });
  await keyboard.press("g");
  await keyboard.press("u");
  await inbox.list.getByRole("heading", { name: "Unassigned" }).waitFor();
});

journey("on a phone an agent signs in, opens, answers and goes back", async (stage) => {
  const mia = await stage.openInbox("Mia Lind", handheld);
  const { page } = mia;
  await page.getByRole("button", { name: "Open views" }).tap();
  const views = page.getByRole("dialog", { name: "Views" });
  await views.getByRole("link", { name: "All open" }).tap();
  await views.waitFor({ state: "hidden" });
  await mia.row(ellen.name).getByRole("link").tap();
  await mia.thread(ellen.name).waitFor();
  await mia.assertNothingOverflows();
  await mia.field.fill("It waits for you at the bell desk.");
  await mia.composer.getByRole("button", { name: "Send", exact: true }).tap();
  await mia.messages.getByText(/^Mia · .* · Delivered$/).waitFor();
  await mia.assertNothingOverflows();
  await page.getByRole("button", { name: "Back to the list" }).tap();
  await mia.row(ellen.name).filter({ hasText: "It waits for you" }).waitFor();
  assert.equal(await mia.composer.count(), 0);
  await mia.assertNothingOverflows();
});
