/** What each role does in its first ten minutes, at a desk and in the hand. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { eveningTexts } from "../../src/modules/demo/script/evening.ts";
import {
  backToSections,
  fillInUnknown,
  openSection,
  saveAndSee,
  sendFirstMessage,
} from "./first-ten.ts";
import type { Inbox } from "./inbox.ts";
import { SettingsScreen } from "./settings-screen.ts";
import { desktop, eventually, handheld, type Stage, setStage } from "./stage.ts";

const journey = setStage({ hasFortnight: true });

/** Each width has guests and names of its own, so that neither walk meets the other's. */
const widths = [
  {
    at: "at a desk",
    options: desktop,
    waits: "Tomás Herrera",
    unknown: { number: "+13125550181", shown: "+1 312 555 0181", name: "Vera Novak", room: "207" },
    fresh: { number: "+1 312 555 0191", name: "Ida Holm" },
    made: { label: "Wedding guest", template: "Pool hours", shortcut: "pool", team: "Night desk" },
    person: { name: "Nora Vale", email: "nora@harbourhouse.example.com" },
    field: "Pillow",
    guest: "Kate Flynn",
  },
  {
    at: "in the hand",
    options: handheld,
    waits: "Marie Laurent",
    unknown: { number: "+13125550182", shown: "+1 312 555 0182", name: "Sven Dahl", room: "309" },
    fresh: { number: "+1 312 555 0192", name: "Otto Brandt" },
    made: { label: "Late riser", template: "Sauna hours", shortcut: "sauna", team: "Bell desk" },
    person: { name: "Paul Vale", email: "paul@harbourhouse.example.com" },
    field: "Newspaper",
    guest: "Ellen Sato",
  },
] as const;

type Width = (typeof widths)[number];

/** From the sign-in page by the role that it offers. */
async function beginAs(stage: Stage, role: string, { options }: Width): Promise<Inbox> {
  const inbox = await stage.openSignIn(options);
  const demo = inbox.page.getByRole("region", { name: "Look around the demo" });
  await demo.getByRole("button", { name: role }).click();
  await inbox.list.getByRole("heading", { name: "All open" }).waitFor();
  await inbox.rows.first().waitFor();
  await inbox.assertNothingOverflows();
  return inbox;
}

/** The rail leads to exactly these places beside the views and teams. */
async function assertPlaces(inbox: Inbox, places: readonly string[]): Promise<void> {
  await inbox.showRail();
  const all = ["Now", "Deliveries", "Settings"];
  await inbox.rail.getByRole("link", { name: "Settings" }).waitFor();
  for (const place of all) {
    const shown = await inbox.rail.getByRole("link", { name: place, exact: true }).count();
    assert.equal(shown > 0, places.includes(place), `${place} in the rail`);
  }
  if (inbox.isInHand) await inbox.page.keyboard.press("Escape");
}

async function assertSections(settings: SettingsScreen, hidden: readonly string[]) {
  const shown = await settings.sections.getByRole("link").allTextContents();
  for (const section of hidden) assert.ok(!shown.some((text) => text.includes(section)), section);
}

for (const width of widths) {
  const { at, waits, unknown, fresh, made, person, guest: knownGuest } = width;

  journey(`an agent answers, notes and meets somebody new ${at}`, async (stage) => {
    const phone = await stage.openPhone(unknown.number);
    await phone.text("Is there a pool?");
    const inbox = await beginAs(stage, "Front desk", width);
    await assertPlaces(inbox, ["Settings"]);
    const row = inbox.row(waits);
    await row.filter({ hasText: "waits" }).waitFor();
    await inbox.open(waits);
    await inbox.answer("With pleasure, give us five minutes.");
    await inbox.messages
      .getByText(/^Mia · .* · (Delivered|Read)$/)
      .last()
      .waitFor();
    await inbox.note("Told the night shift");
    await inbox.messages
      .getByText(/^Note · Mia · /)
      .last()
      .waitFor();
    await inbox.assertNothingOverflows();
    await inbox.backToList();
    await row.filter({ hasText: "waits" }).waitFor({ state: "hidden" });
    await inbox.open(unknown.shown);
    const guest = await inbox.openGuest();
    await fillInUnknown(guest, unknown);
    assert.equal(await guest.getByRole("button", { name: "More about the guest" }).count(), 0);
    await inbox.assertNothingOverflows();
    await inbox.leaveGuest();
    await inbox.backToList();
    await inbox.row(unknown.name).filter({ hasText: unknown.room }).waitFor();
    await sendFirstMessage(inbox, fresh);
  });

  journey(`a supervisor leads the shift ${at}`, async (stage) => {
    const inbox = await beginAs(stage, "Supervisor", width);
    const { page } = inbox;
    await assertPlaces(inbox, ["Now", "Deliveries", "Settings"]);
    await inbox.visit("Now");
    const now = page.getByRole("main", { name: "Now" });
    await now.getByText(/^As of \d\d:\d\d$/).waitFor();
    await now.getByRole("listitem").filter({ hasText: "Longest wait" }).getByRole("link").waitFor();
    await inbox.assertNothingOverflows();
    await handOver(inbox, now);

    const settings = new SettingsScreen(inbox);
    await openSection(settings, "Labels");
    await assertSections(settings, ["People"]);
    await settings.button("New label").click();
    await settings.field("Name").fill(made.label);
    await saveAndSee(settings, made.label);
    await openSection(settings, "Templates");
    await settings.button("New template").click();
    await settings.field("Name").fill(made.template);
    await settings.field("Shortcut").fill(made.shortcut);
    await settings.field("Text in English").fill("Open until ten, {first_name}.");
    await inbox.assertNothingOverflows();
    await saveAndSee(settings, `/${made.shortcut}`);

    await backToSections(settings);
    await inbox.goTo("All open");
    await inbox.open(knownGuest);
    const guest = await inbox.openGuest();
    await guest.getByRole("button", { name: "Add label" }).click();
    await page.getByRole("option", { name: made.label }).click();
    await guest.getByRole("button", { name: `Remove ${made.label}` }).waitFor();
    await guest.getByRole("button", { name: "More about the guest" }).waitFor();
    await inbox.leaveGuest();
    await inbox.field.pressSequentially(`/${made.shortcut}`);
    await page.getByRole("option", { name: made.template }).click();
    const [firstName] = knownGuest.split(" ");
    await eventually(page, "the template is filled in", async () => {
      return (await inbox.field.inputValue()) === `Open until ten, ${firstName}.`;
    });
    await inbox.field.fill("");
  });

  journey(`an owner sets up people, numbers and the property ${at}`, async (stage) => {
    const inbox = await beginAs(stage, "Owner", width);
    await assertPlaces(inbox, ["Now", "Deliveries", "Settings"]);
    const settings = new SettingsScreen(inbox);
    await openSection(settings, "People");
    await settings.button("Add person").click();
    await settings.field("Name").fill(person.name);
    await settings.field("E-mail").fill(person.email);
    const password = await settings.field("First password").inputValue();
    const place = settings.main.getByRole("checkbox", { name: "Harbour House" });
    if (!(await place.isChecked())) await place.check();
    await inbox.assertNothingOverflows();
    await settings.button("Add person").click();
    await settings.main.getByText(password).waitFor();
    await settings.button("Done").click();
    await settings.item(person.name).waitFor();
    await signInAsNew(stage, width, password);

    await openSection(settings, "Channels");
    await settings.item("Guest phone simulator").first().waitFor();
    await settings.button("Connect a number").click();
    await settings.field("Phone number").fill(fresh.number);
    await settings.field("Account SID").fill(`AC${"0123456789abcdef".repeat(2)}`);
    await settings.main.getByLabel("Auth token").fill("0123456789abcdef0123456789abcdef");
    await settings.button("Connect number").click();
    await settings.main.getByText("The demo never texts real people.").waitFor();
    await inbox.assertNothingOverflows();
    await settings.button("Cancel").click();

    await openSection(settings, "Property");
    await settings.field("Name").fill("Harbour House & Spa");
    await settings.button("Save").click();
    await inbox.toast("Saved").waitFor();
    await settings.field("Name").fill("Harbour House");
    await eventually(inbox.page, "it can be saved again", () =>
      settings.button("Save").isEnabled(),
    );
    await settings.button("Save").click();
    await eventually(inbox.page, "it is saved", () => settings.button("Save").isDisabled());
    await inbox.assertNothingOverflows();
  });

  async function signInAsNew(stage: Stage, of: Width, password: string): Promise<void> {
    const { page, list, rows } = await stage.openSignIn(of.options);
    await page.getByRole("textbox", { name: "E-mail" }).fill(of.person.email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await list.getByRole("heading", { name: "All open" }).waitFor();
    await rows.first().waitFor();
    await page.context().close();
  }

  journey(`an administrator makes teams and fields ${at}`, async (stage) => {
    const inbox = await beginAs(stage, "Administrator", width);
    await assertPlaces(inbox, ["Now", "Deliveries", "Settings"]);
    const settings = new SettingsScreen(inbox);
    await openSection(settings, "Teams");
    await settings.button("New team").click();
    await settings.field("Name").fill(made.team);
    await settings.main.getByRole("checkbox", { name: "Mia Lind" }).check();
    await saveAndSee(settings, made.team);
    await openSection(settings, "Fields");
    await settings.button("New field").click();
    await settings.field("Name").fill(width.field);
    await inbox.assertNothingOverflows();
    await saveAndSee(settings, width.field);
    await openSection(settings, "People");
    await settings.openItem("Owen Reed");
    await settings.main.getByText("Only an owner changes an owner.").waitFor();
    assert.equal(await settings.button("Deactivate").count(), 0);
    await backToSections(settings);
    await inbox.visit(made.team);
    await inbox.list.getByText("This team has nothing open.").waitFor();
    await inbox.goTo("All open");
    await inbox.open(knownGuest);
    const guest = await inbox.openGuest();
    const more = guest.getByRole("button", { name: /^Show \d+ empty/ });
    if ((await more.count()) > 0) await more.click();
    await guest.getByRole("button", { name: `Add ${width.field.toLowerCase()}` }).click();
    await guest.getByRole("textbox", { name: width.field }).fill("Down");
    await inbox.page.keyboard.press("Enter");
    const edit = `Edit ${width.field.toLowerCase()}: Down`;
    await guest.getByRole("button", { name: edit }).waitFor();
  });

  journey(`whoever reads along finds everything and changes nothing ${at}`, async (stage) => {
    const inbox = await beginAs(stage, "Reads along", width);
    const { page } = inbox;
    await assertPlaces(inbox, ["Settings"]);
    await inbox.read("Priya Raman");
    await inbox.saying("lukewarm").waitFor();
    await page.getByText("You can read along here. Your role does not answer.").waitFor();
    for (const act of [/^Close/, "No answer needed", "Send"]) {
      assert.equal(await page.getByRole("main").getByRole("button", { name: act }).count(), 0);
    }
    assert.equal(await inbox.assignee.count(), 0);
    await inbox.assertNothingOverflows();
    const guest = await inbox.openGuest();
    await guest.getByText("611").waitFor();
    assert.equal(await guest.getByRole("button", { name: /^(Add|Edit|Change|More)/ }).count(), 0);
    await inbox.leaveGuest();
    await inbox.backToList();
    await inbox.showRail();
    assert.equal(await page.getByRole("button", { name: "New message" }).count(), 0);
    await page.getByRole("button", { name: /^Search/ }).click();
    const search = page.getByRole("dialog", { name: "Search" });
    await search.getByRole("combobox").fill("lukewarm");
    await search.getByRole("option", { name: /Priya Raman/ }).click();
    await search.waitFor({ state: "hidden" });
    await inbox.assertHighlighted("lukewarm");
  });
}

/** What a colleague who has left still holds moves to a team. */
async function handOver(inbox: Inbox, now: Locator): Promise<void> {
  const { page } = inbox;
  const held = now.getByRole("combobox", { name: /^Move what .* holds$/ }).first();
  const whose = (await held.getAttribute("aria-label")) ?? "";
  await held.click();
  await page.getByRole("combobox", { name: "Find a colleague or team" }).fill("conc");
  await page.getByRole("option", { name: "Concierge" }).click();
  await inbox.toast(/^Moved \d+ conversations? to Concierge$/).waitFor();
  await now.getByRole("combobox", { name: whose }).waitFor({ state: "hidden" });
}

/** The address of a deaf machine: nothing is sent there, and nobody reads it. */
const account = { sid: `AC${"0123456789abcdef".repeat(2)}`, token: "0123456789abcdef0123456789" };

journey(
  "from the demo's mark to a hotel of one's own, which is empty and says how to begin",
  async (stage) => {
    const inbox = await beginAs(stage, "Front desk", widths[0]);
    const { page } = inbox;
    const mark = page.getByRole("complementary", { name: "Demo data" });
    await mark.getByRole("link", { name: "Start with my own hotel" }).click();
    await page.getByLabel("Organization").fill("Seaside Group");
    await page.getByLabel("Hotel", { exact: true }).fill("Seaside Hotel");
    await page.getByLabel("Your name").fill("Rita Alves");
    await page.getByLabel("E-mail").fill("rita@seaside.example.com");
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByRole("button", { name: "Start hotel" }).click();
    await inbox.list.getByText("Connect a number, so that guests can text you.").waitFor();
    assert.equal(await page.title(), "Inbox · Seaside Hotel");
    assert.equal(await page.getByText("Demo data").count(), 0);
    await inbox.assertNothingOverflows();

    const settings = new SettingsScreen(inbox);
    const empty = [
      ["Labels", "No labels yet."],
      ["Templates", "No templates yet."],
      ["Teams", "No teams yet."],
    ] as const;
    for (const [section, says] of empty) {
      await openSection(settings, section);
      await settings.main.getByText(says).first().waitFor();
      await inbox.assertNothingOverflows();
    }
    await openSection(settings, "Channels");
    await settings.main.getByText("No number is connected yet, so no guest can write.").waitFor();
    await settings.button("Connect a number").click();
    await settings.field("Phone number").fill("+1 312 555 0150");
    await settings.field("Account SID").fill(account.sid);
    await settings.main.getByLabel("Auth token").fill(account.token);
    await settings.button("Connect number").click();
    await settings.main.getByText(/leads to this machine alone/).waitFor();
    const webhook = await settings.field("A message comes in").inputValue();
    assert.match(webhook, /^http:\/\/127\.0\.0\.1:\d+\/services\/channels\/[^/]+\/inbound$/);
    await inbox.assertNothingOverflows();
    await inbox.goTo("All open");
    await inbox.list.getByText("All guests are answered for. New texts appear here.").waitFor();

    await page.setViewportSize(handheld.viewport);
    await inbox.list.getByText("All guests are answered for.").waitFor();
    await inbox.assertNothingOverflows();
    await openSection(settings, "Channels");
    await settings.openItem("+1 312 555 0150");
    await settings.main.getByText(/leads to this machine alone/).waitFor();
    await inbox.assertNothingOverflows();
  },
);

journey("a busy evening: rows arrive, and a colleague answers beside", async (stage) => {
  const inbox = await beginAs(stage, "Front desk", widths[0]);
  const { page } = inbox;
  await page.getByRole("button", { name: "Demo data" }).click();
  await page.getByRole("menuitem", { name: "Start a busy evening" }).click();
  await inbox.toast(/^A busy evening: 40 texts in the next 2 min$/).waitFor();
  await inbox.restPointer();
  for (const { text } of eveningTexts.slice(0, 3)) {
    await inbox.rows.filter({ hasText: text }).waitFor();
  }
  const answered = eveningTexts.find(({ answer }) => answer !== undefined)?.answer ?? "";
  await inbox.rows.filter({ hasText: `Lena:` }).filter({ hasText: answered }).waitFor();
});
