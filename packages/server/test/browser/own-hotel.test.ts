import assert from "node:assert/strict";
import { assertAccessible } from "./axe.ts";
import { desktop, eventually, setStage } from "./stage.ts";

const journey = setStage();

journey(
  "from the demo to a hotel of one's own: mistakes are said, then it is there",
  async (stage) => {
    const context = await stage.openBrowser({ ...desktop, timezoneId: "Europe/Lisbon" });
    const page = await context.newPage();
    await page.goto(stage.foyer.url);
    await page.getByRole("link", { name: /Start with my own hotel/ }).click();
    await page.getByRole("combobox", { name: /^Time zone: Lisbon/ }).waitFor();
    const start = page.getByRole("button", { name: "Start hotel" });
    await start.click();
    await page.getByText("Type an e-mail.").waitFor();
    await page.getByText("At least 12 characters.").waitFor();
    await assertAccessible(page, "start a hotel");
    await page.getByLabel("Organization").fill("Seaside Group");
    await page.getByLabel("Hotel", { exact: true }).fill("Seaside Hotel");
    await page.getByLabel("Your name").fill("Rita Alves");
    await page.getByLabel("E-mail").fill("rita@example.com");
    await page.getByLabel("Password").fill("a long enough password");
    await start.click();
    await page.getByText("Connect a number, so that guests can text you.").waitFor();
    await page.getByRole("button", { name: /Rita Alves/ }).waitFor();
    assert.equal(await page.getByText("Demo data").count(), 0);

    await page.goto(`${stage.foyer.url}/start`);
    await page.getByLabel("Organization").fill("Another Group");
    await page.getByLabel("Hotel", { exact: true }).fill("Another Hotel");
    await page.getByLabel("Your name").fill("Somebody");
    await page.getByLabel("E-mail").fill("somebody@example.com");
    await page.getByLabel("Password").fill("a long enough password");
    await start.click();
    await page.getByText(/This installation has a hotel already/).waitFor();
  },
);

journey("in the demo one is somebody else in one step", async (stage) => {
  const mia = await stage.openInbox("Mia Lind");
  const { page } = mia;
  await page.getByRole("button", { name: "Demo data" }).click();
  await page.getByRole("menuitemradio", { name: /Owen Reed/ }).click();
  await page.getByRole("button", { name: /Owen Reed/ }).waitFor();
  await mia.list.getByRole("heading", { name: "All open" }).waitFor();
  await eventually(page, "nobody else's screen is left", async () => {
    return (await page.getByRole("button", { name: /Mia Lind/ }).count()) === 0;
  });
});

journey("an address that leads nowhere says so, and leads back", async (stage) => {
  const jo = await stage.openInbox("Jo Park");
  const { page } = jo;
  await page.goto(`${stage.foyer.url}/nowhere`);
  await page.getByText("There is nothing at this address.").waitFor();
  await page.goto(`${stage.foyer.url}/p/00000000-0000-7000-8000-000000000001/all`);
  await page.getByText("There is no such property, or you do not work there.").waitFor();
  await page.getByRole("button", { name: "Go to my inbox" }).click();
  await jo.list.getByRole("heading", { name: "All open" }).waitFor();
});
