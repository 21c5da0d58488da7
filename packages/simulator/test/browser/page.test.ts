import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { after, before, type TestContext, test } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { createCarrier } from "../../src/carrier.ts";
import { listen } from "../../src/plugin.ts";
import { signDelivery } from "../../src/signature.ts";

const ada = "+13125550117";
const hotelNumber = "+13125550100";
const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const executablePath = process.env["FOYER_TEST_CHROMIUM"] ?? "/usr/bin/chromium";
const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const desktop = { viewport: { width: 1440, height: 900 } };
const handheld = { viewport: { width: 390, height: 844 }, hasTouch: true };

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath, args });
});
after(() => browser.close());

/** A small system of a hotel: answers with what `status` says, and keeps what it accepted. */
async function startHotel(t: TestContext) {
  const hotel = { status: 200, texts: [] as string[], url: "" };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const timestamp = Number(request.headers["x-carrier-timestamp"]);
    const isSigned = request.headers["x-carrier-signature"] === signDelivery("s", timestamp, body);
    const { text } = JSON.parse(String(body));
    if (isSigned && hotel.status === 200 && text !== undefined) hotel.texts.push(text);
    response.writeHead(isSigned ? hotel.status : 401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  hotel.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return hotel;
}

async function setUp(t: TestContext) {
  const hotel = await startHotel(t);
  const guests = [
    { number: ada, name: "Ada Nguyen" },
    { number: "+447700900112", name: "Priya Raman" },
  ];
  const carrier = createCarrier({ guests, pace: { sentMs: 0, deliveredMs: 0 } });
  const urls = { inboundUrl: hotel.url, statusUrl: hotel.url };
  const account = { number: hotelNumber, name: "Harbour House", apiKey: "k", signingSecret: "s" };
  carrier.open({ ...account, ...urls });
  const { url, close } = await listen(carrier);
  t.after(async () => {
    await close();
    carrier.close();
  });
  const reply = async (to: string, text: string) => {
    const response = await fetch(`${url}/v1/messages`, {
      method: "POST",
      headers: { authorization: "Bearer k", "content-type": "application/json" },
      body: JSON.stringify({ from: hotelNumber, to, text, reference: "entry" }),
    });
    assert.equal(response.status, 201);
  };
  return {
    hotel,
    carrier,
    url,
    reply,
    open: (options?: BrowserContextOptions) => open(t, url, options),
  };
}

async function open(t: TestContext, url: string, options: BrowserContextOptions = desktop) {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(error));
  page.on("console", (message) => assert.doesNotMatch(message.text(), /Content Security Policy/));
  await page.goto(`${url}/?guest=${encodeURIComponent(ada)}`);
  await page.getByRole("heading", { name: "Harbour House", exact: true }).waitFor();
  return page;
}

async function text(page: Page, words: string) {
  await page.getByLabel("Text Harbour House").fill(words);
  await page.getByRole("button", { name: "Send text" }).click();
}

test("a guest texts, sees it delivered, and reads the answer without a reload", async (t) => {
  const { hotel, reply, open } = await setUp(t);
  const page = await open();
  await text(page, "Two more towels please");
  await page
    .locator(".own", { hasText: "Two more towels please" })
    .getByText("Delivered")
    .waitFor();
  assert.deepEqual(hotel.texts, ["Two more towels please"]);
  await reply(ada, "Of course, Ada. They are on their way.");
  await page.locator(".hotel", { hasText: "They are on their way." }).waitFor();
  assert.match(await page.getByRole("status").innerText(), /Harbour House: Of course, Ada/);
  assert.equal(await page.getByRole("log").getByRole("listitem").count(), 3);
});

test("a text waits visibly while the hotel's system is down, and is delivered once", async (t) => {
  const { hotel, open } = await setUp(t);
  const page = await open();
  hotel.status = 503;
  await text(page, "Is anybody there?");
  await page
    .getByText("No answer from the hotel's system. It will be tried again.")
    .first()
    .waitFor();
  await page.getByText("No answer, trying again").waitFor();
  hotel.status = 200;
  await page.getByRole("button", { name: "Try now" }).click();
  await page.locator(".own").getByText("Delivered").waitFor();
  await page.getByRole("button", { name: "Try now" }).waitFor({ state: "hidden" });
  assert.deepEqual(hotel.texts, ["Is anybody there?"]);
});

test("a text that did not reach the carrier says so, and can be sent again", async (t) => {
  const { hotel, open } = await setUp(t);
  const page = await open();
  await page.route("**/phone/messages", (route) => route.abort());
  await text(page, "Is the pool open?");
  await page.getByText("Not sent", { exact: true }).waitFor();
  await page.unroute("**/phone/messages");
  await page.getByRole("button", { name: "Send again" }).click();
  await page.locator(".own").getByText("Delivered").waitFor();
  assert.deepEqual(hotel.texts, ["Is the pool open?"]);
  assert.equal(await page.locator(".own").count(), 1);
});

test("a text whose answer was lost is neither doubled nor called unsent", async (t) => {
  const { hotel, open } = await setUp(t);
  const page = await open();
  await page.route("**/phone/messages", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await text(page, "Is the spa open?");
  await page.locator(".own").getByText("Delivered").waitFor();
  assert.deepEqual(hotel.texts, ["Is the spa open?"]);
  assert.equal(await page.locator(".own").count(), 1);
});

test("a cut connection is said, and mends itself without losing an answer", async (t) => {
  const { reply, open } = await setUp(t);
  const page = await open();
  await page.route("**/phone/events*", (route) => route.abort());
  await page.getByRole("button", { name: /Priya Raman/ }).click();
  await page.getByText("Connection lost. It will be tried again.").waitFor();
  await reply("+447700900112", "Good evening, Priya");
  await page.unroute("**/phone/events*");
  await page.locator(".hotel", { hasText: "Good evening, Priya" }).waitFor();
  await page.getByText("Connection lost. It will be tried again.").waitFor({ state: "hidden" });
});

test("the phone without signal keeps its texts until it is back", async (t) => {
  const { hotel, reply, open } = await setUp(t);
  const page = await open();
  await page.getByRole("switch", { name: "Offline" }).click();
  await page.getByText("No signal. Texts wait until it is back.").waitFor();
  await text(page, "One");
  await page.getByText("Waiting for signal", { exact: true }).waitFor();
  await reply(ada, "Two");
  assert.deepEqual(hotel.texts, []);
  await page.getByRole("button", { name: "Go online" }).click();
  await page.locator(".own").getByText("Delivered").waitFor();
  await page.locator(".hotel", { hasText: "Two" }).waitFor();
  assert.deepEqual(hotel.texts, ["One"]);
});

test("another guest and a new one are a choice away, in the address and back again", async (t) => {
  const { reply, open, hotel } = await setUp(t);
  const page = await open();
  await reply("+447700900112", "Good evening, Priya");
  await page.getByRole("button", { name: /Priya Raman.*1 unread/ }).click();
  await page.locator(".hotel", { hasText: "Good evening, Priya" }).waitFor();
  await page
    .getByRole("button", { name: /Priya Raman/ })
    .and(page.locator(":not(.unread)"))
    .waitFor();
  assert.match(page.url(), /\?guest=%2B447700900112$/);
  await page.goBack();
  await page.getByRole("button", { name: "Two more towels please" }).waitFor();
  await page.getByLabel("Number from").selectOption("FR");
  await page.getByRole("button", { name: "Add guest" }).click();
  await page.waitForURL(/guest=%2B3363998/);
  await page.getByRole("button", { name: "What time is breakfast?" }).click();
  await page.keyboard.press("Enter");
  await page.locator(".own").getByText("Delivered").waitFor();
  assert.deepEqual(hotel.texts, ["What time is breakfast?"]);
});

test("words of guests stay words, long ones fit the phone, each runs its own way", async (t) => {
  const { reply, open } = await setUp(t);
  const page = await open(handheld);
  const markup = `<img src=x onerror="document.title='run'"><b>bold</b>`;
  await text(page, markup);
  await reply(ada, `${"w".repeat(400)} 🛎️ \u200b`);
  await reply(ada, "مرحبا، كيف يمكننا المساعدة؟");
  const rtl = page.locator(".hotel .bubble").last();
  await rtl.filter({ hasText: "مرحبا" }).waitFor();
  assert.equal(await page.locator(".own .bubble").innerText(), markup);
  assert.equal(await rtl.evaluate((bubble) => getComputedStyle(bubble).direction), "rtl");
  const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
  assert.equal(await page.evaluate(overflow), 0);
  const inThread = "thread.scrollWidth - thread.clientWidth";
  assert.equal(await page.evaluate(inThread), 0);
});

test("on a phone the guests are in a sheet that the keyboard opens and closes", async (t) => {
  const { open } = await setUp(t);
  const page = await open(handheld);
  await page.getByRole("button", { name: "Change guest" }).focus();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Guests and this phone" });
  await sheet.getByRole("switch", { name: "Refuse messages" }).waitFor();
  await assertTouchTargets(page);
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  await assertTouchTargets(page);
  await page.getByRole("button", { name: "Change guest" }).click();
  await sheet.getByRole("button", { name: /Priya Raman/ }).click();
  await sheet.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: /Priya Raman/ }).waitFor();
});

async function assertTouchTargets(page: Page) {
  for (const target of await page
    .locator("button:visible, select:visible, textarea:visible")
    .all()) {
    const box = await target.boundingBox();
    assert.ok(box !== null && box.height >= 42 && box.width >= 44, await target.innerText());
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the page passes axe's rules of WCAG 2.2 AA when ${colorScheme}`, async (t) => {
    const { hotel, reply, open } = await setUp(t);
    const wide = await open({ ...desktop, colorScheme });
    await assertAccessible(wide);
    await reply(ada, "Good evening");
    hotel.status = 503;
    await text(wide, "Good evening to you");
    await wide.getByRole("button", { name: "Try now" }).waitFor();
    await assertAccessible(wide);
    const narrow = await open({ ...handheld, colorScheme });
    await assertAccessible(narrow);
    await narrow.getByRole("button", { name: "Change guest" }).click();
    await assertAccessible(narrow);
  });
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { html: string }[];
  }[];
}

async function assertAccessible(page: Page) {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  // A script tag would be refused by the page's own policy.
  await page.evaluate(readFileSync(axePath, "utf8"));
  const results = await page.evaluate<AxeResults>("axe.run()");
  const found = results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  assert.deepEqual(found, []);
}
