/** The page in a browser, with a small system of a hotel behind its carrier. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { after, before, type TestContext } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { createCarrier } from "../../src/carrier.ts";
import { listen } from "../../src/plugin.ts";
import { signDelivery } from "../../src/signature.ts";

export const ada = "+13125550117";
export const priya = "+447700900112";
export const hotelNumber = "+13125550100";
const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const executablePath = process.env["FOYER_TEST_CHROMIUM"] ?? "/usr/bin/chromium";
const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
export const desktop = { viewport: { width: 1440, height: 900 } };
export const handheld = { viewport: { width: 390, height: 844 }, hasTouch: true };

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath, args });
});
after(() => browser.close());

/** A small system of a hotel: answers with what `status` says, and keeps what it accepted. */
async function startHotel(t: TestContext) {
  const hotel = { status: 200, texts: [] as string[], media: [] as string[], url: "" };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const timestamp = Number(request.headers["x-carrier-timestamp"]);
    const isSigned = request.headers["x-carrier-signature"] === signDelivery("s", timestamp, body);
    const { text, media = [] } = JSON.parse(String(body));
    if (isSigned && hotel.status === 200 && text !== undefined) {
      hotel.texts.push(text);
      hotel.media.push(...media.map(({ url }: { url: string }) => url));
    }
    response.writeHead(isSigned ? hotel.status : 401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  hotel.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return hotel;
}

export async function setUp(t: TestContext) {
  const hotel = await startHotel(t);
  const guests = [
    { number: ada, name: "Ada Nguyen" },
    { number: priya, name: "Priya Raman" },
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
  const reply = async (to: string, text: string, media: readonly object[] = []) => {
    const response = await fetch(`${url}/v1/messages`, {
      method: "POST",
      headers: { authorization: "Bearer k", "content-type": "application/json" },
      body: JSON.stringify({ from: hotelNumber, to, text, media, reference: "entry" }),
    });
    assert.equal(response.status, 201);
  };
  return {
    hotel,
    carrier,
    url,
    reply,
    open: (options?: BrowserContextOptions, search?: string) => open(t, url, options, search),
  };
}

async function open(
  t: TestContext,
  url: string,
  options: BrowserContextOptions = desktop,
  search = `?guest=${encodeURIComponent(ada)}`,
) {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(error));
  page.on("console", (message) => assert.doesNotMatch(message.text(), /Content Security Policy/));
  await page.goto(`${url}/${search}`);
  await page.getByRole("heading", { name: "Harbour House", exact: true }).waitFor();
  return page;
}

export async function text(page: Page, words: string) {
  await page.getByLabel("Text Harbour House").fill(words);
  await page.getByRole("button", { name: "Send text" }).click();
}

export async function assertTouchTargets(page: Page) {
  for (const target of await page
    .locator("button:visible, select:visible, textarea:visible")
    .all()) {
    const box = await target.boundingBox();
    assert.ok(box !== null && box.height >= 42 && box.width >= 44, await target.innerText());
  }
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { html: string }[];
  }[];
}

export async function assertAccessible(page: Page) {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  // A script tag would be refused by the page's own policy.
  await page.evaluate(readFileSync(axePath, "utf8"));
  const results = await page.evaluate<AxeResults>("axe.run()");
  const found = results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  assert.deepEqual(found, []);
}
