import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { openApi } from "./api.ts";
import { CuttableProxy } from "./cuttable-proxy.ts";
import type { GuestPhone } from "./guest-phone.ts";
import type { Inbox } from "./inbox.ts";
import { eventually, type Stage, setStage } from "./stage.ts";

const kate = { name: "Kate Flynn", number: "+13125550134" };
const ada = { name: "Ada Nguyen", number: "+13125550117" };
const marie = { name: "Marie Laurent", number: "+33639980121" };
const priya = { name: "Priya Raman", number: "+13125550113" };

/** The bar says nothing of a blink: it appears after 1.5 s. */
const barAfterMs = 1_500;
/**
 * The line is tried again every five seconds at the least. The rest is for a machine that has
 * much else to do: what is waited for is that it comes back, not when.
 */
const backTimeoutMs = 45_000;
/** What the demo said before is its past: no phone was there to hear it. */
const beganAt = Date.now();

const journey = setStage();

async function throughProxy(stage: Stage, t: TestContext) {
  const proxy = await CuttableProxy.before(stage.foyer.port);
  t.after(() => proxy.close());
  const inbox = await stage.openInbox("Mia Lind", { baseUrl: proxy.url });
  return { proxy, inbox };
}

function offlineBar(inbox: Inbox) {
  return inbox.page.getByText(/^Offline since \d\d:\d\d\. Answers will be sent\.$/);
}

async function backOnline(inbox: Inbox): Promise<void> {
  await offlineBar(inbox).waitFor({ state: "hidden", timeout: backTimeoutMs });
}

/** What the screen, the server and the phone know of a conversation is the same, once each. */
async function assertSame(stage: Stage, inbox: Inbox, phone: GuestPhone, name: string) {
  const api = await openApi(stage.foyer.url);
  const { id } = await api.find(name);
  const known = await api.said(id);
  const ids = known.map((entry) => entry.id as string);
  assert.equal(new Set(ids).size, ids.length);
  await eventually(inbox.page, "the screen shows what the server knows", async () => {
    const shown = await inbox.shownIds();
    return shown.join() === ids.join();
  });
  const texts = known.map(({ text }) => text);
  const heard = await phone.allReceived();
  const sent = known.flatMap((entry) => {
    const isOurs = entry.kind === "message" && entry.direction === "outbound";
    return isOurs && Date.parse(entry.occurredAt) >= beganAt ? [entry.text] : [];
  });
  assert.deepEqual(heard, sent, "the phone has each once, in order");
  return texts;
}

journey(
  "a cut is said after 1.5 s, and nothing is lost, doubled or out of turn",
  async (stage, t) => {
    const { proxy, inbox } = await throughProxy(stage, t);
    const phone = await stage.openPhone(kate.number);
    await inbox.open(kate.name);
    await phone.text("Before the cut");
    await inbox.saying("Before the cut").waitFor();

    const cutAt = performance.now();
    proxy.cut();
    await offlineBar(inbox).waitFor();
    const afterMs = performance.now() - cutAt;
    assert.ok(afterMs > barAfterMs - 50, `the bar came after ${afterMs} ms`);
    await phone.text("Text one during the cut");
    await phone.text("Text two during the cut");
    await inbox.answer("Answer one during the cut");
    await inbox.answer("Answer two during the cut");
    await inbox.messages.getByText(/^Mia · .* · Sending$/).waitFor();
    await inbox.row(kate.name).filter({ hasText: "Sending" }).waitFor();
    const heard = await phone.allReceived();
    assert.ok(!heard.some((text) => text.includes("during the cut")));

    proxy.mend();
    await backOnline(inbox);
    await phone.received("Answer two during the cut").waitFor();
    await inbox.messages.getByText(/^Mia · .* · Delivered$/).waitFor();
    const texts = await assertSame(stage, inbox, phone, kate.name);
    assert.deepEqual(texts.slice(-5), [
      "Before the cut",
      "Text one during the cut",
      "Text two during the cut",
      "Answer one during the cut",
      "Answer two during the cut",
    ]);
  },
);

journey("a browser without a network says so, and goes on when it has one again", async (stage) => {
  const mia = await stage.openInbox("Mia Lind");
  const { page } = mia;
  const phone = await stage.openPhone(kate.number);
  await mia.open(kate.name);
  await page.context().setOffline(true);
  await offlineBar(mia).waitFor();
  await phone.text("Written while the network was gone");
  await mia.answer("Answered without a network");
  await page.context().setOffline(false);
  await backOnline(mia);
  await mia.saying("Written while the network was gone").waitFor();
  await phone.received("Answered without a network").waitFor();
  await assertSame(stage, mia, phone, kate.name);
});

journey("an answer that arrived but was not acknowledged is sent once", async (stage, t) => {
  const { proxy, inbox } = await throughProxy(stage, t);
  const phone = await stage.openPhone(marie.number);
  await inbox.open(marie.name);
  proxy.swallowNextAnswerTo(/^POST \/v1\/conversations\/[^/]+\/messages /);
  await inbox.answer("Le spa ferme à 22 h.");
  await phone.received("Le spa ferme à 22 h.").waitFor();
  assert.ok(proxy.hasSwallowed);
  await inbox.messages
    .getByText(/^Mia · .* · Delivered$/)
    .last()
    .waitFor();
  await inbox.answer("Bonne soirée !");
  await phone.received("Bonne soirée !").waitFor();
  const texts = await assertSame(stage, inbox, phone, marie.name);
  assert.deepEqual(texts.slice(-2), ["Le spa ferme à 22 h.", "Bonne soirée !"]);
});

journey("killed and started again, the server and every screen go on", async (stage) => {
  const mia = await stage.openInbox("Mia Lind");
  const phone = await stage.openPhone(ada.number);
  await mia.open(ada.name);
  await phone.text("Acknowledged before the kill");
  await mia.saying("Acknowledged before the kill").waitFor();
  await stage.foyer.kill();
  await offlineBar(mia).waitFor();
  await mia.answer("Written while the server was gone");
  await mia.messages.getByText(/^Mia · .* · Sending$/).waitFor();
  await stage.foyer.start();
  await backOnline(mia);
  await phone.received("Written while the server was gone").waitFor();
  await phone.text("Written after the start");
  await mia.saying("Written after the start").waitFor();
  const texts = await assertSame(stage, mia, phone, ada.name);
  assert.deepEqual(texts.slice(-3), [
    "Acknowledged before the kill",
    "Written while the server was gone",
    "Written after the start",
  ]);
});

journey(
  "an answer that is not sent survives the reload of its page, with a draft",
  async (stage, t) => {
    const { proxy, inbox } = await throughProxy(stage, t);
    const { page } = inbox;
    const phone = await stage.openPhone(priya.number);
    await inbox.open(priya.name);
    proxy.cut();
    await inbox.answer("Unsent when the page went");
    await inbox.messages.getByText(/^Mia · .* · Sending$/).waitFor();
    await inbox.field.fill("And a draft");
    const address = page.url();
    await assert.rejects(page.reload(), /net::ERR/);
    await page.waitForURL(/^chrome-error:/);
    proxy.mend();
    await page.goto(address);
    await phone.received("Unsent when the page went").waitFor();
    await inbox.messages
      .getByText(/^Mia · .* · Delivered$/)
      .last()
      .waitFor();
    assert.equal(await inbox.field.inputValue(), "And a draft");
    const texts = await assertSame(stage, inbox, phone, priya.name);
    assert.equal(texts.at(-1), "Unsent when the page went");
  },
);

journey("what a screen has not loaded yet does not break it during a cut", async (stage, t) => {
  const { proxy, inbox } = await throughProxy(stage, t);
  const { page } = inbox;
  await inbox.open(kate.name);
  proxy.cut();
  await offlineBar(inbox).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await inbox.assignee.click();
  await page.keyboard.press("Escape");
  await inbox.account.click();
  await inbox.row(ada.name).getByRole("link").click();
  await inbox.thread(ada.name).waitFor();
  proxy.mend();
  await backOnline(inbox);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Search" }).getByRole("combobox").fill("nguyen");
  await page.getByRole("option", { name: /Ada Nguyen/ }).waitFor();
});
