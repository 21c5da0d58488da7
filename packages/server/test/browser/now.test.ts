import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { openApi } from "./api.ts";
import { assertAccessible } from "./axe.ts";
import type { Inbox } from "./inbox.ts";
import { desktop, eventually, handheld, setStage } from "./stage.ts";

const journey = setStage();
const kate = { name: "Kate Flynn", number: "+13125550134" };

function pane(inbox: Inbox): Locator {
  return inbox.page.getByRole("main", { name: "Now" });
}

async function openNow(inbox: Inbox): Promise<Locator> {
  await inbox.rail.getByRole("link", { name: "Now", exact: true }).click();
  const now = pane(inbox);
  await now.getByText(/^As of \d\d:\d\d$/).waitFor();
  return now;
}

/** A figure by its label: a link where it opens a list. */
function figure(now: Locator, label: string): Locator {
  return now.getByRole("listitem").filter({ hasText: label });
}

async function waiting(now: Locator): Promise<number> {
  const text = await figure(now, "Waiting").innerText();
  return Number(/\d+/.exec(text)?.[0]);
}

function person(now: Locator, name: string): Locator {
  return now.getByRole("row").filter({ hasText: name });
}

journey("each figure is the server's, and opens its list", async (stage) => {
  const inbox = await stage.openInbox("Owen Reed");
  const api = await openApi(stage.foyer.url);
  // However young the day is, somebody has been answered in it.
  await inbox.open("Marie Laurent");
  await inbox.answer("À vingt-deux heures.");
  await inbox.messages.getByText(/^Owen · .* · Delivered$/).waitFor();
  const now = await openNow(inbox);
  const said = await api.client.getNow({ propertyId: api.propertyId });
  assert.equal(await waiting(now), said.waiting);
  await figure(now, "First answer today").getByText(`${said.answeredToday} answered`).waitFor();

  await figure(now, "Waiting").getByRole("link").click();
  await eventually(inbox.page, "all who wait are listed", async () => {
    return (await inbox.rows.count()) === said.waiting;
  });
  await openNow(inbox);
  const longest = figure(now, "Longest wait").getByRole("link");
  const { conversation } = await api.client.getConversation({
    conversationId: said.longestWaitingId ?? "",
  });
  await longest.getByText(conversation.title).waitFor();
  await longest.click();
  await inbox.thread(conversation.title).waitFor();

  await openNow(inbox);
  await figure(now, "First answer today").getByRole("link").click();
  await eventually(inbox.page, "all that were answered today are listed", async () => {
    return (await inbox.rows.count()) === said.answeredToday;
  });
  await openNow(inbox);
  await person(now, "Mia Lind").getByRole("link").click();
  await inbox.list.getByRole("heading", { name: /Mia/ }).waitFor();
});

journey("a guest who begins to wait is counted without a reload", async (stage) => {
  const inbox = await stage.openInbox("Owen Reed");
  const phone = await stage.openPhone(kate.number);
  const now = await openNow(inbox);
  const before = await waiting(now);
  await phone.text("Is anybody there?");
  await eventually(inbox.page, "one more waits", async () => (await waiting(now)) === before + 1);
});

journey("what somebody who left still holds moves in one step", async (stage) => {
  const inbox = await stage.openInbox("Owen Reed");
  const api = await openApi(stage.foyer.url);
  const now = await openNow(inbox);
  const { agents } = await api.client.getPropertyPeople({ propertyId: api.propertyId });
  const mia = agents.find(({ name }) => name === "Mia Lind");
  const held = (await api.client.getNow({ propertyId: api.propertyId })).agents.find(
    ({ agentId }) => agentId === mia?.id,
  );
  assert.ok(held && held.open > 1 && !held.isSignedIn);
  await now.getByRole("heading", { name: "Signed out, still holding" }).waitFor();
  await now.getByRole("combobox", { name: "Move what Mia Lind holds" }).click();
  await inbox.page.getByRole("combobox", { name: "Find a colleague or team" }).fill("conc");
  await inbox.page.getByRole("option", { name: "Concierge" }).click();
  await inbox.toast(`Moved ${held.open} conversations to Concierge`).waitFor();
  await now
    .getByRole("combobox", { name: "Move what Mia Lind holds" })
    .waitFor({ state: "hidden" });
  await person(now, "Concierge").getByRole("link").click();
  await inbox.list.getByRole("heading", { name: "Concierge" }).waitFor();
  await eventually(inbox.page, "all of them are the team's", async () => {
    return (await inbox.rows.count()) >= held.open;
  });
});

journey(
  "an agent does not lead: no place in the rail, no figures at its address",
  async (stage) => {
    const inbox = await stage.openInbox("Mia Lind");
    await inbox.rail.getByRole("link", { name: "Settings" }).waitFor();
    assert.equal(await inbox.rail.getByRole("link", { name: "Now", exact: true }).count(), 0);
    const address = new URL(inbox.page.url());
    await inbox.page.goto(address.origin + address.pathname.replace(/[^/]+$/, "now"));
    await inbox.page.getByText("Supervisors and up see how the shift stands.").waitFor();
  },
);

for (const scheme of ["light", "dark"] as const) {
  journey(`Now passes axe on a desk and a phone when ${scheme}`, async (stage) => {
    const desk = await stage.openInbox("Jo Park", { ...desktop, colorScheme: scheme });
    await openNow(desk);
    await assertAccessible(desk.page, "now");
    const small = await stage.openInbox("Jo Park", { ...handheld, colorScheme: scheme });
    await small.page.getByRole("button", { name: "Open views" }).tap();
    const views = small.page.getByRole("dialog", { name: "Views" });
    await views.getByRole("link", { name: "Now", exact: true }).tap();
    await views.waitFor({ state: "hidden" });
    await pane(small)
      .getByText(/^As of/)
      .waitFor();
    await small.assertNothingOverflows();
    await assertAccessible(small.page, "now on a phone");
  });
}
