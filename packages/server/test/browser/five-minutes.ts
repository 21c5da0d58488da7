/** The first five minutes of whoever has just typed `npm start`, step by step. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { openApi } from "./api.ts";
import { CuttableProxy } from "./cuttable-proxy.ts";
import { GuestPhone } from "./guest-phone.ts";
import { Inbox } from "./inbox.ts";
import { desktop, eventually, type InboxOptions, type Stage } from "./stage.ts";

/** Keeps what a page shows at a moment of the walk. */
export type Camera = (moment: Moment, page: Page) => Promise<void>;
export type Moment = "waiting" | "phone" | "note" | "typing" | "offline" | "search";

const ada = "Ada Nguyen";
const marie = "Marie Laurent";
const waitingFirst = ["Tomás Herrera", "Priya Raman", "Hugo Fernández", "+1 312 555 0148"];
const waitingAtFirst = [...waitingFirst, "Jonas Weber", marie];
const noted = "@Engineering the lamp in 412, please";
const whileCut = "Le spa ferme à 22 h. Bonne soirée !";

interface Walk {
  readonly stage: Stage;
  readonly keep: Camera;
  readonly line: CuttableProxy;
  readonly desk: Inbox;
  readonly phone: GuestPhone;
}

/** Walks it through a line that can be cut. */
export async function walkFiveMinutes(
  stage: Stage,
  keep: Camera = async () => undefined,
  options: InboxOptions = desktop,
): Promise<void> {
  const line = await CuttableProxy.before(printedPort(stage));
  try {
    const context = await stage.openBrowser(options);
    const page = await context.newPage();
    const desk = new Inbox(page, line.url);
    const walk = { stage, keep, line, desk, phone: GuestPhone.docked(page) };
    await enter(walk);
    await textAsTheGuest(walk);
    await answerByTemplate(walk);
    await tellTheHouse(walk);
    await workSideBySide(walk);
    await answerThroughACut(walk);
    await findTheLamp(walk);
  } finally {
    await line.close();
  }
}

/** Where the program says that it is open. */
function printedPort({ foyer }: Stage): number {
  const [, port] = /^Foyer is open at http:\/\/127\.0\.0\.1:(\d+)$/m.exec(foyer.log) ?? [];
  assert.ok(port, `It does not say where to go:\n${foyer.log}`);
  return Number(port);
}

async function enter({ desk, keep }: Walk): Promise<void> {
  const { page } = desk;
  await page.goto(desk.url);
  await page.getByRole("button", { name: "Front desk" }).click();
  await desk.list.getByText("6 waiting").waitFor();
  await eventually(page, "six guests wait, the longest first", async () => {
    const rows = await desk.rows.allTextContents();
    const waiting = rows.filter((text) => /waits (now|\d+ min)/.test(text));
    const isInOrder = waitingAtFirst.every((name, at) => rows[at]?.includes(name));
    return isInOrder && waiting.length === waitingAtFirst.length;
  });
  await keep("waiting", page);
  await desk.open(ada);
  const main = page.getByRole("main", { name: ada });
  await main.getByText("Room 412 · leaves tomorrow").waitFor();
}

async function textAsTheGuest({ desk, phone, keep }: Walk): Promise<void> {
  const { page } = desk;
  await page.getByRole("button", { name: "Guest's phone" }).click();
  await phone.of(ada).waitFor();
  const place = await desk.indexOf(ada);
  assert.ok(place >= waitingAtFirst.length, "she does not wait yet");
  const counted = await desk.waitingInTitle();
  await phone.text("Two more towels please");
  await desk.saying("Two more towels please").waitFor();
  await desk.row(ada).filter({ hasText: "Two more towels please" }).waitFor();
  await eventually(page, "the row rises among those who wait", async () => {
    return (await desk.indexOf(ada)) === waitingAtFirst.length;
  });
  assert.ok(place > waitingAtFirst.length, "it was further down before");
  await eventually(page, "the title counts one more", async () => {
    return (await desk.waitingInTitle()) === counted + 1;
  });
  await keep("phone", page);
}

async function answerByTemplate({ desk, phone }: Walk): Promise<void> {
  const { page, field } = desk;
  await field.pressSequentially("/tow");
  await page.getByRole("option", { name: /Towels on the way/ }).waitFor();
  await field.press("Enter");
  const answer = "Of course, Ada. Fresh towels are on their way to room 412.";
  await eventually(page, "the template is filled in", async () => {
    return (await field.inputValue()) === answer;
  });
  const states = await desk.watchStates();
  await field.press("Enter");
  await phone.received(answer).waitFor();
  await eventually(page, "it was pending, then sent, then delivered", async () => {
    const seen = await states();
    const from = seen.slice(seen.indexOf("Sending"));
    return from.join(" ").startsWith("Sending Sent Delivered");
  });
}

/** A picture of the guest's, a note to Engineering, and it is theirs. The guest sees none of it. */
async function tellTheHouse({ desk, phone, keep }: Walk): Promise<void> {
  const { page } = desk;
  await phone.sendPicture("A broken lamp", "lamp broken");
  await desk.saying("lamp broken").waitFor();
  await eventually(page, "the picture is shown", () => desk.showsPictureOf("lamp broken"));
  await desk.composer.getByRole("tab", { name: "Note" }).click();
  await desk.field.pressSequentially("@eng");
  await page.getByRole("option", { name: /Engineering/ }).waitFor();
  await desk.field.press("Enter");
  await desk.field.pressSequentially("the lamp in 412, please");
  await desk.field.press("Enter");
  await desk.saying(noted).waitFor();
  await desk.messages
    .getByText(/^Note · Mia · /)
    .last()
    .waitFor();
  await desk.assign("Engineering");
  await desk.messages.getByText("Mia assigned it to Engineering").waitFor();
  await keep("note", page);
  await phone.showing("lamp broken").waitFor();
  for (const inside of ["Engineering", "assigned", "the lamp in 412"]) {
    assert.equal(await phone.showing(inside).count(), 0, `the phone shows “${inside}”`);
  }
}

async function workSideBySide({ stage, desk, keep }: Walk): Promise<void> {
  const colleague = await stage.openInbox("Jo Park");
  await colleague.open(ada);
  await desk.page.getByText("Jo is looking at this too").waitFor();
  await desk.composer.getByRole("tab", { name: /^Text / }).click();
  await desk.field.pressSequentially("Somebody");
  await colleague.page.getByText("Mia is typing a reply").waitFor();
  await keep("typing", colleague.page);
  await desk.field.fill("");
  await colleague.field.pressSequentially("On our way");
  await desk.page.getByText("Jo is typing a reply").waitFor();
  await colleague.field.fill("");
  await colleague.closing.click();
  await desk.messages.getByText("Closed by Jo").waitFor();
  await colleague.row(ada).waitFor({ state: "hidden" });
  await desk.row(ada).waitFor({ state: "hidden" });
  await colleague.page.context().close();
}

async function answerThroughACut({ stage, desk, phone, line, keep }: Walk): Promise<void> {
  const { page } = desk;
  await desk.open(marie);
  await phone.of(marie).waitFor();
  line.cut();
  const offline = page.getByText(/^Offline since \d\d:\d\d\. Answers will be sent\.$/);
  await offline.waitFor();
  await desk.answer(whileCut);
  await desk.messages.getByText(/^Mia · .* · Sending$/).waitFor();
  await keep("offline", page);
  line.mend();
  await offline.waitFor({ state: "hidden" });
  await phone.received(whileCut).waitFor();
  await desk.messages
    .getByText(/^Mia · .* · (Delivered|Read)$/)
    .last()
    .waitFor();
  const heard = await phone.allReceived();
  assert.equal(heard.filter((text) => text === whileCut).length, 1, "the phone has it once");
  const api = await openApi(stage.foyer.url);
  const known = await api.said((await api.find(marie)).id);
  assert.equal(known.filter(({ text }) => text === whileCut).length, 1, "the house has it once");
}

async function findTheLamp({ desk, keep }: Walk): Promise<void> {
  const { page } = desk;
  await page.keyboard.press("Control+k");
  const search = page.getByRole("dialog", { name: "Search" });
  await search.getByRole("combobox").fill("lamp");
  const hit = search.getByRole("option", { name: /Ada Nguyen/ }).filter({ hasText: "lamp broken" });
  await hit.waitFor();
  await keep("search", page);
  await hit.click();
  await search.waitFor({ state: "hidden" });
  await desk.thread(ada).waitFor();
  await desk.assertHighlighted("lamp broken");
}
