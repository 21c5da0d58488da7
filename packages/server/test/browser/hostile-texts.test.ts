import assert from "node:assert/strict";
import type { DemoFound } from "../../src/modules/demo/index.ts";
import type { Inbox } from "./inbox.ts";
import { withHouse } from "./open-house.ts";
import { deliverText } from "./signed-webhook.ts";
import { eventually, handheld, type Stage, setStage } from "./stage.ts";

let demo: DemoFound;
const journey = setStage({
  furnish: async (folders) => {
    demo = await withHouse(folders, async (house) => house.demo);
  },
});

const guest = "+13125550160";
const shownAs = "+1 312 555 0160";
const markup =
  `<img src=x onerror="window.ranScript=1"><script>window.ranScript=1</script>` +
  `<a href="javascript:window.ranScript=1">here</a> <svg/onload=window.ranScript=1>`;
const arabic = "مرحبا، هل يمكننا الحصول على منشفتين إضافيتين؟";
const overridden = "pay \u202egpj.exe\u202c now";
const emoji = "👩‍👩‍👧‍👦".repeat(80);
const zeroWidth = `a\u200b\u200d\u2060b`;
const stacked = `e${"\u0301".repeat(300)} end`;
const longWord = "w".repeat(100_000);

const texts = [markup, arabic, overridden, emoji, zeroWidth, stacked, longWord];

async function deliverAll(stage: Stage): Promise<void> {
  for (const text of texts) {
    assert.equal(await deliverText(stage.foyer.url, demo, guest, text), 200);
  }
}

async function assertNothingRan({ page }: Inbox): Promise<void> {
  assert.equal(await page.evaluate("window.ranScript"), undefined);
}

/** The bubble of a text: what is said, without what stands around it. */
function bubble(inbox: Inbox, index: number) {
  return inbox.said.nth(index).locator("[dir=auto]");
}

async function assertShownAsWritten(inbox: Inbox): Promise<void> {
  for (const [index, text] of texts.slice(0, -1).entries()) {
    assert.equal(await bubble(inbox, index).textContent(), text);
  }
  const direction = (index: number) =>
    bubble(inbox, index).evaluate(
      (one) => one.ownerDocument.defaultView.getComputedStyle(one).direction,
    );
  assert.equal(await direction(0), "ltr");
  assert.equal(await direction(1), "rtl");
  const height = (await bubble(inbox, 5).boundingBox())?.height ?? 0;
  assert.ok(height < 100, "marks on marks do not grow a bubble");
}

async function assertLongTextUnfolds(inbox: Inbox): Promise<void> {
  const last = inbox.said.nth(texts.length - 1);
  const folded = (await last.textContent())?.length ?? 0;
  assert.ok(folded < longWord.length / 10, "a very long text is folded");
  await last.getByRole("button", { name: "Show all" }).click();
  await last.getByRole("button", { name: "Show less" }).waitFor();
  const shown = (await last.textContent()) ?? "";
  assert.equal(shown.split("w").length - 1, longWord.length + 1);
  await inbox.assertNothingOverflows();
  await last.getByRole("button", { name: "Show less" }).click();
}

journey(
  "texts of every kind are shown as they were written, and nothing in them runs",
  async (stage) => {
    const jo = await stage.openInbox("Jo Park");
    await jo.goTo("Unassigned");
    await deliverAll(stage);
    await jo.row(shownAs).filter({ hasText: "wwww" }).waitFor();
    await jo.assertNothingOverflows();
    await jo.open(shownAs);
    await eventually(
      jo.page,
      "every text is there",
      async () => (await jo.said.count()) === texts.length,
    );
    await jo.assertNothingOverflows();
    await assertShownAsWritten(jo);
    await assertLongTextUnfolds(jo);
    await assertNothingRan(jo);

    await jo.page.keyboard.press("Control+k");
    const search = jo.page.getByRole("dialog", { name: "Search" });
    await search.getByRole("combobox").fill("onerror");
    await search.getByRole("option", { name: /onerror/ }).waitFor();
    await jo.assertNothingOverflows();
    await assertNothingRan(jo);
  },
);

journey(
  "what an agent writes is shown as safely: an answer, a note, a guest's name",
  async (stage) => {
    const jo = await stage.openInbox("Jo Park");
    await jo.goTo("All open");
    await jo.open("David Mercer");
    await jo.answer(markup);
    await jo.saying("onerror").waitFor();
    await jo.note(`${markup}${"n".repeat(2_000)}`);
    await jo.messages.getByText(/^Note · Jo · /).waitFor();
    const name = `<b onmouseover="window.ranScript=1">${"D".repeat(120)}</b>`;
    await jo.page.getByRole("button", { name: "Edit name" }).click();
    await jo.page.getByRole("textbox", { name: "Name" }).fill(name);
    await jo.page.keyboard.press("Enter");
    await jo.row(name).waitFor();
    await jo.row(name).hover();
    await jo.assertNothingOverflows();
    await assertNothingRan(jo);
    const phone = await stage.openPhone("+13125550126");
    await phone.received(markup).waitFor();
    assert.equal(await phone.page.evaluate("window.ranScript"), undefined);
  },
);

journey("on a phone the longest words fit too", async (stage) => {
  const jo = await stage.openInbox("Jo Park", handheld);
  const sent = await deliverText(stage.foyer.url, demo, "+13125550161", longWord);
  assert.equal(sent, 200);
  await jo.page.getByRole("button", { name: "Open views" }).tap();
  await jo.page.getByRole("dialog").getByRole("link", { name: "Unassigned" }).tap();
  await jo.row("+1 312 555 0161").getByRole("link").tap();
  await jo.said.first().waitFor();
  await jo.assertNothingOverflows();
});

journey(
  "a delivery that is forged, malformed or impossible is refused or kept, never shown",
  async (stage) => {
    const { url } = stage.foyer;
    const forged = { ...demo, signingSecret: "guessed" };
    assert.equal(await deliverText(url, forged, guest, "Forged"), 401);
    assert.equal(await deliverText(url, demo, "not a number", "From nowhere"), 200);
    const owen = await stage.openInbox("Owen Reed");
    await owen.rail.getByRole("link", { name: "Deliveries" }).click();
    const row = owen.page.getByRole("row").filter({ hasText: "Not processed" });
    await row.getByRole("button", { name: "Replay" }).waitFor();
    assert.equal(await row.count(), 1, "the forged one was not even kept");
    await row.getByRole("button", { name: "Replay" }).click();
    await owen.toast("Not processed.").waitFor();
    await row.getByRole("cell", { name: "2", exact: true }).waitFor();
    await owen.goTo("Unassigned");
    assert.equal(await owen.row("From nowhere").count(), 0);
  },
);
