import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { BrowserContextOptions, FrameLocator, Page } from "playwright-core";
import { ada, assertAccessible, hotelNumber, priya, setUp, text } from "./stage.ts";

const search = `?guest=${encodeURIComponent(ada)}&docked=1`;
const narrow = { viewport: { width: 312, height: 720 } };

/** A page of the same origin with the phone beside something else. */
async function dock(t: TestContext) {
  const stage = await setUp(t);
  const page = await stage.open();
  const parent = `<!doctype html><iframe title="Phone" width="312" height="720"
    src="/${search}&amp;theme=dark"></iframe>`;
  await page.route("**/beside", (route) =>
    route.fulfill({ contentType: "text/html", body: parent }),
  );
  await page.goto(`${stage.url}/beside`);
  const phone = page.frameLocator("iframe[title=Phone]");
  await phone.getByRole("heading", { name: "Harbour House", exact: true }).waitFor();
  return { ...stage, page, phone };
}

function ask(page: Page, wish: object, origin = "*"): Promise<void> {
  const words = `frames[0].postMessage(${JSON.stringify(wish)}, ${JSON.stringify(origin)})`;
  return page.evaluate(words);
}

const owner = (phone: FrameLocator | Page) => phone.locator("#caption-owner");

test("docked, one phone stands by itself, and can text", async (t) => {
  const { hotel, open } = await setUp(t);
  const page = await open(narrow, search);
  assert.equal(await owner(page).innerText(), "Phone of Ada Nguyen");
  assert.equal(await page.getByRole("button", { name: /Priya Raman/ }).isVisible(), false);
  await text(page, "Two more towels please");
  await page.locator(".own").getByText("Delivered").waitFor();
  assert.deepEqual(hotel.texts, ["Two more towels please"]);
  const overflow = "document.documentElement.scrollWidth - innerWidth";
  assert.equal(await page.evaluate(overflow), 0);
});

test("docked, the phone's own settings are a press away", async (t) => {
  const { carrier, open } = await setUp(t);
  const page = await open(narrow, search);
  await page.getByRole("button", { name: "Change this phone" }).click();
  await page.getByRole("switch", { name: "Offline" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText("No signal. Texts wait until it is back.").waitFor();
  assert.equal(carrier.summary(ada, hotelNumber)?.offline, true);
});

test("the page around it changes whose phone it is, without a step in its history", async (t) => {
  const { page, phone } = await dock(t);
  const steps = await page.evaluate<number>("history.length");
  await ask(page, { type: "foyer.phone.guest", number: priya });
  await owner(phone).filter({ hasText: "Phone of Priya Raman" }).waitFor();
  await ask(page, { type: "foyer.phone.guest", number: "+13125550160" });
  await owner(phone).filter({ hasText: "Phone of +1 312 555 0160" }).waitFor();
  assert.equal(await page.evaluate<number>("history.length"), steps);
});

test("nobody but the page around it changes anything", async (t) => {
  const { page, phone } = await dock(t);
  const followed: string[] = [];
  page.on("request", (request) => followed.push(request.url()));
  const nonsense = [
    { type: "foyer.phone.guest", number: "<b>" },
    { type: "x", number: priya },
  ];
  for (const wish of nonsense) await ask(page, wish);
  // From the phone's own window, and from a frame of another origin beside it.
  const wish = JSON.stringify({ type: "foyer.phone.guest", number: priya });
  await page.frames()[1]?.evaluate(`postMessage(${wish}, "*")`);
  await page.evaluate(`new Promise((resolve) => {
    const stranger = document.createElement("iframe");
    stranger.sandbox = "allow-scripts";
    stranger.srcdoc = '<script>parent.frames[0].postMessage(${wish}, "*");'
      + 'parent.postMessage("done", "*")</' + 'script>';
    addEventListener("message", resolve, { once: true });
    document.body.append(stranger);
  })`);
  await ask(page, { type: "foyer.phone.guest", number: "+13125550160" });
  await owner(phone).filter({ hasText: "Phone of +1 312 555 0160" }).waitFor();
  assert.equal(followed.filter((url) => url.includes("phone/events")).length, 1);
});

test("a number that can have no phone shows nobody else's", async (t) => {
  const { open } = await setUp(t);
  const page = await open(narrow, "?guest=%2B4930123456&docked=1");
  await page.getByRole("heading", { name: "No phone has this number" }).waitFor();
  assert.equal(await page.getByLabel("Text Harbour House").isVisible(), false);
});

test("its theme follows the system, unless the address names one", async (t) => {
  const { open } = await setUp(t);
  const screen = (page: Page) =>
    page.locator("#phone").evaluate((phone) => getComputedStyle(phone).backgroundColor);
  const dark: BrowserContextOptions = { ...narrow, colorScheme: "dark" };
  const light: BrowserContextOptions = { ...narrow, colorScheme: "light" };
  const [night, day] = [
    await screen(await open(dark, search)),
    await screen(await open(light, search)),
  ];
  assert.notEqual(night, day);
  assert.equal(await screen(await open(dark, `${search}&theme=light`)), day);
  assert.equal(await screen(await open(light, `${search}&theme=dark`)), night);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`docked, it passes axe's rules of WCAG 2.2 AA when ${colorScheme}`, async (t) => {
    const { carrier, open } = await setUp(t);
    const page = await open({ ...narrow, colorScheme }, search);
    await assertAccessible(page);
    carrier.text(ada, hotelNumber, "STOP");
    await page.getByText("You have stopped texts").waitFor();
    await assertAccessible(page);
    await page.getByRole("button", { name: "Change this phone" }).click();
    await assertAccessible(page);
  });
}
