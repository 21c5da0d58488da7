import assert from "node:assert/strict";
import { openApi } from "./api.ts";
import { assertAccessible } from "./axe.ts";
import { type Section, SettingsScreen } from "./settings-screen.ts";
import { desktop, handheld, type Stage, setStage } from "./stage.ts";

const journey = setStage();
const long = "x".repeat(10_000);

async function openSettings(stage: Stage, name: string, options: object = {}) {
  return new SettingsScreen(await stage.openInbox(name, options));
}

journey("a label that an owner makes is there for a colleague at once", async (stage) => {
  const owen = await openSettings(stage, "Owen Reed");
  const jo = await openSettings(stage, "Jo Park");
  await jo.open("Labels");
  await owen.open("Labels");
  await owen.button("New label").click();
  await owen.field("Name").fill("Complaint");
  await owen.button("Save").click();
  await owen.main.getByText("Something else is called that already.").waitFor();
  await owen.field("Name").fill(long);
  await owen.main.getByText("At most 200 characters; this has 10,000.").waitFor();
  await owen.field("Name").fill("Wedding guest");
  await owen.main.getByRole("radio", { name: "Violet" }).check({ force: true });
  await owen.button("Save").click();
  await owen.item("Wedding guest").waitFor();
  await jo.item("Wedding guest").waitFor();

  await jo.inbox.goTo("All open");
  await jo.inbox.open("Kate Flynn");
  const guest = jo.page.getByRole("complementary", { name: "Guest" });
  await guest.getByRole("button", { name: "Add label" }).click();
  await jo.page.getByRole("combobox", { name: "Find a label" }).fill("wedd");
  await jo.page.getByRole("option", { name: "Wedding guest" }).click();
  await guest.getByRole("button", { name: "Remove Wedding guest" }).waitFor();
  await jo.inbox.messages.getByText(/Jo added Wedding guest/).waitFor();

  await owen.openItem("Wedding guest");
  await owen.button("Retire").click();
  await owen.confirm("Retire “Wedding guest”?", "Retire");
  await owen.inbox.toast("Retired “Wedding guest”").waitFor();
  await guest.getByRole("button", { name: "Remove Wedding guest" }).waitFor({ state: "hidden" });
});

journey("whoever is overtaken while editing is told, and decides", async (stage) => {
  const owen = await openSettings(stage, "Owen Reed");
  const jo = await openSettings(stage, "Jo Park");
  await owen.open("Labels");
  await jo.open("Labels");
  await owen.openItem("Business");
  await owen.field("Name").fill("On business");
  await jo.openItem("Business");
  await jo.field("Name").fill("Business traveller");
  await jo.button("Save").click();
  await jo.item("Business traveller").waitFor();
  const conflict = owen.main.getByRole("alert").filter({ hasText: "Somebody else saved" });
  await conflict.waitFor();
  assert.ok(await owen.button("Save").isDisabled());
  await conflict.getByRole("button", { name: "Keep mine" }).click();
  await owen.button("Save").click();
  await owen.item("On business").waitFor();
  await jo.item("On business").waitFor();
});

journey("what is not saved is not lost without a question", async (stage) => {
  const owen = await openSettings(stage, "Owen Reed");
  await owen.open("Property");
  await owen.field("Name").fill("Harbour House & Spa");
  await owen.sections.getByRole("link", { name: "Teams" }).click();
  const question = owen.page.getByRole("dialog", { name: "Leave without saving?" });
  await question.getByRole("button", { name: "Keep editing" }).click();
  await question.waitFor({ state: "hidden" });
  assert.equal(await owen.field("Name").inputValue(), "Harbour House & Spa");
  await owen.choose("Time zone", "Find a city or a zone", "Lisbon (Europe)");
  await owen.button("Save").click();
  await owen.inbox.toast("Saved").waitFor();
  await owen.inbox.page.getByText("Harbour House & Spa", { exact: true }).first().waitFor();
  await owen.open("Teams");
  await owen.open("Property");
  await owen.main.getByRole("combobox", { name: /Lisbon \(Europe\)/ }).waitFor();
  await owen.field("Name").fill("Harbour House");
  await owen.button("Save").click();
  await owen.inbox.toast("Saved").waitFor();
});

journey("a field of choices is made, moved and filled for a guest", async (stage) => {
  const owen = await openSettings(stage, "Owen Reed");
  await owen.open("Fields");
  await owen.button("New field").click();
  await owen.field("Name").fill("Pillow");
  await owen.main.getByRole("combobox", { name: "Kind" }).selectOption("Choice");
  await owen.button("Save").click();
  await owen.main.getByText("A choice needs at least one option.").waitFor();
  for (const [index, option] of ["Feather", "Foam"].entries()) {
    await owen.button("Add option").click();
    await owen.field(`Option ${index + 1}`).fill(option);
  }
  await owen.button("Save").click();
  await owen.item("Pillow").waitFor();
  const names = () =>
    owen.main.getByRole("list", { name: "Fields" }).locator("bdi").allInnerTexts();
  const before = (await names()).indexOf("Pillow");
  await owen.main.getByRole("button", { name: "Move Pillow up" }).click();
  await owen.main
    .getByRole("listitem")
    .nth(before - 1)
    .filter({ hasText: "Pillow" })
    .waitFor();

  await owen.inbox.goTo("All open");
  await owen.inbox.open("Kate Flynn");
  const guest = owen.page.getByRole("complementary", { name: "Guest" });
  await guest.getByRole("combobox", { name: "Pillow" }).selectOption("Foam");
  await owen.page.reload();
  await guest.getByRole("combobox", { name: "Pillow" }).waitFor();
  assert.equal(await guest.getByRole("combobox", { name: "Pillow" }).inputValue(), "Foam");
});

journey("a template is written in two languages and read as guests will read it", async (stage) => {
  const owen = await openSettings(stage, "Owen Reed");
  await owen.open("Templates");
  await owen.button("New template").click();
  await owen.field("Name").fill("Pool hours");
  assert.equal(await owen.field("Shortcut").inputValue(), "pool-hours");
  await owen.field("Text in English").fill("The pool is open until ten, ");
  await owen.main.getByRole("button", { name: "{first_name}" }).click();
  const preview = owen.main.getByRole("region", { name: /^Preview/ });
  await preview.getByText("The pool is open until ten, Ada").waitFor();
  await preview.getByRole("combobox").selectOption("Only a number is known");
  await preview.getByText("{first_name}").waitFor();
  await owen.main.getByRole("combobox", { name: "Add language" }).click();
  await owen.page.getByRole("combobox", { name: "Find a language" }).fill("germ");
  await owen.page.getByRole("option", { name: "German" }).click();
  await owen.field("Text in German").fill("Bis zehn, {spa}");
  await owen.main.getByText("Nothing here fills {spa}.").waitFor();
  await owen.field("Text in German").fill(long);
  await owen.main.getByText("At most 1,600 characters; this has 10,000.").waitFor();
  await owen.field("Text in German").fill("Bis zehn Uhr, {first_name}");
  await owen.button("Save").click();
  await owen.item("/pool-hours").waitFor();
  await owen.inbox.goTo("All open");
  await owen.inbox.open("Kate Flynn");
});

journey("a team gets members, and is gone when it is retired", async (stage) => {
  const owen = await openSettings(stage, "Owen Reed");
  await owen.open("Teams");
  await owen.button("New team").click();
  await owen.field("Name").fill("Night desk");
  await owen.main.getByRole("checkbox", { name: "Mia Lind" }).check();
  await owen.button("Save").click();
  await owen.item("Night desk").filter({ hasText: "Mia Lind" }).waitFor();
  await owen.inbox.rail.getByRole("link", { name: "Night desk" }).waitFor();
  await owen.openItem("Night desk");
  await owen.button("Retire").click();
  await owen.confirm("Retire Night desk?", "Retire");
  await owen.inbox.rail.getByRole("link", { name: "Night desk" }).waitFor({ state: "hidden" });
});

journey("a colleague is added, told, signs in, and is deactivated", async (stage) => {
  const owen = await openSettings(stage, "Owen Reed");
  const { url } = stage.foyer;
  await owen.open("People");
  await owen.button("Add person").click();
  await owen.field("Name").fill("Nora Vale");
  await owen.field("E-mail").fill("mia@harbourhouse.example.com");
  const password = await owen.field("First password").inputValue();
  await owen.button("Add person").click();
  await owen.main.getByText("Somebody signs in with this e-mail already.").waitFor();
  await owen.field("E-mail").fill("nora@harbourhouse.example.com");
  await owen.button("Add person").click();
  await owen.main.getByText(password).waitFor();
  await owen.button("Done").click();
  await owen.item("Nora Vale").waitFor();
  await openApi(url, "nora@harbourhouse.example.com", password);

  await owen.openItem("Nora Vale");
  await owen.button("Deactivate").click();
  const question = owen.page.getByRole("dialog", { name: "Deactivate Nora Vale?" });
  await question.getByText("Nora Vale holds no conversations.").waitFor();
  await owen.confirm("Deactivate Nora Vale?", "Deactivate");
  await owen.main
    .getByRole("list", { name: "Deactivated" })
    .getByRole("listitem")
    .filter({ hasText: "Nora Vale" })
    .waitFor();
  await assert.rejects(
    openApi(url, "nora@harbourhouse.example.com", password),
    /wrong_credentials/,
  );
  await owen.openItem("Nora Vale");
  await owen.button("Reactivate").click();
  await owen.inbox.toast("Nora Vale can sign in again").waitFor();
});

journey(
  "the simulator is shown as demo and tested, and no real carrier is taken",
  async (stage) => {
    const owen = await openSettings(stage, "Owen Reed");
    await owen.open("Channels");
    await owen.item("Guest phone simulator").filter({ hasText: "Demo" }).waitFor();
    await owen.openItem("Guest phone simulator");
    await owen.main.getByText("It reaches no real phone").waitFor();
    await owen.field("A number of your own").fill("12");
    await owen.button("Send test").click();
    await owen.main.getByText("There is no such number or e-mail.").waitFor();
    await owen.field("A number of your own").fill("+1 312 555 0199");
    await owen.button("Send test").click();
    await owen.main
      .getByRole("status")
      .filter({ hasText: /^Sent\./ })
      .waitFor();
    await owen.main.getByRole("link", { name: "All deliveries" }).waitFor();
    await owen.main.getByRole("button", { name: "Back to the list" }).click();
    await owen.button("Connect a number").click();
    await owen.button("Connect number").click();
    await owen.main.getByText("AC and 32 digits or letters from a to f.").waitFor();
    await owen.field("Phone number").fill("+1 312 555 0199");
    await owen.field("Account SID").fill(`AC${"0123456789abcdef".repeat(2)}`);
    await owen.main.getByLabel("Auth token").fill("0123456789abcdef0123456789abcdef");
    await owen.button("Connect number").click();
    await owen.main.getByText("The demo never texts real people.").waitFor();
  },
);

journey("an agent reads the settings and finds nothing to change", async (stage) => {
  const mia = await openSettings(stage, "Mia Lind");
  await mia.open("Labels");
  await mia.item("Complaint").waitFor();
  for (const section of ["Labels", "Fields", "Templates", "Teams", "Property"] as const) {
    await mia.open(section);
    await mia.main.getByText(/change this\.$/).waitFor();
    assert.equal(await mia.button("Save").count(), 0);
    assert.equal(await mia.main.getByRole("button", { name: /^(New|Retire|Move)/ }).count(), 0);
  }
  assert.equal(await mia.sections.getByRole("link", { name: "People" }).count(), 0);
});

const sections: readonly Section[] = [
  "Property",
  "Channels",
  "Teams",
  "People",
  "Labels",
  "Fields",
  "Templates",
];
const opened: Partial<Record<Section, string>> = {
  Channels: "Guest phone simulator",
  Teams: "Housekeeping",
  People: "Mia Lind",
  Labels: "Complaint",
  Fields: "Room",
  Templates: "Towels",
};

for (const scheme of ["light", "dark"] as const) {
  journey(`every section passes axe when ${scheme}`, async (stage) => {
    const owen = await openSettings(stage, "Owen Reed", { ...desktop, colorScheme: scheme });
    for (const section of sections) {
      await owen.open(section);
      const item = opened[section];
      if (item) {
        await owen.item(item).first().waitFor();
        await assertAccessible(owen.page, section);
        await owen.item(item).first().getByRole("button").first().click();
        await owen.main.getByRole("textbox").first().waitFor();
      }
      await assertAccessible(owen.page, `${section}, opened`);
    }
  });
}

journey("on a phone the sections are a list that leads to a page and back", async (stage) => {
  const owen = await openSettings(stage, "Owen Reed", handheld);
  const { page } = owen;
  await page.getByRole("button", { name: "Open views" }).tap();
  const views = page.getByRole("dialog", { name: "Views" });
  await views.getByRole("link", { name: "Settings" }).tap();
  await views.waitFor({ state: "hidden" });
  await assertAccessible(page, "sections");
  for (const section of sections) {
    await owen.sections.getByRole("link", { name: section }).tap();
    await owen.main.getByRole("heading", { name: section, exact: true }).waitFor();
    await owen.inbox.assertNothingOverflows();
    await owen.main.getByRole("link", { name: "Back to settings" }).tap();
    await owen.sections.waitFor();
  }
});
