import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ada,
  assertAccessible,
  assertTouchTargets,
  desktop,
  handheld,
  hotelNumber,
  priya,
  setUp,
  text,
} from "./stage.ts";

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
  await reply(priya, "Good evening, Priya");
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
  await reply(priya, "Good evening, Priya");
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

test("a number can be typed as people write it, and one that is no fiction says so", async (t) => {
  const { open, hotel } = await setUp(t);
  const page = await open();
  const typed = page.getByLabel("Number, or none for any");
  await typed.fill("(514) 555-1234");
  await page.getByRole("button", { name: "Add guest" }).click();
  await page.getByText("Phones here have numbers of fiction only").waitFor();
  await typed.fill("(312) 555-0160");
  await page.keyboard.press("Enter");
  await page.waitForURL(/guest=%2B13125550160/);
  await page.getByRole("button", { name: /^\+1 312 555 0160/ }).waitFor();
  await text(page, "Hello from nobody yet");
  await page.locator(".own").getByText("Delivered").waitFor();
  assert.deepEqual(hotel.texts, ["Hello from nobody yet"]);
});

test("whoever wrote last stands first among the guests, but not under the pointer", async (t) => {
  const { carrier, open } = await setUp(t);
  const page = await open();
  const names = () => page.locator("#guests .guest-name").allInnerTexts();
  const rows = page.locator("#guests .guest");
  carrier.text(priya, hotelNumber, "First");
  await rows.first().filter({ hasText: "Priya Raman" }).waitFor();
  await rows.last().hover();
  carrier.text(ada, hotelNumber, "Second");
  await rows.filter({ hasText: "Second" }).waitFor();
  assert.deepEqual(await names(), ["Priya Raman", "Ada Nguyen"]);
  await page.mouse.move(700, 400);
  await rows.first().filter({ hasText: "Ada Nguyen" }).waitFor();
});

test("a phone that refuses says why, and takes messages again at a press", async (t) => {
  const { carrier, reply, open } = await setUp(t);
  const page = await open();
  await page.getByLabel("Messages to this phone").selectOption("landline");
  await page.getByText("Messages fail. The number is a landline.").waitFor();
  await reply(ada, "Do you hear us?");
  await carrier.settle();
  assert.equal(carrier.sent[0]?.error?.code, "landline");
  await page.getByRole("button", { name: "Accept them" }).click();
  await page.getByText("Messages fail.").waitFor({ state: "hidden" });
  await reply(ada, "And now?");
  await page.locator(".hotel", { hasText: "And now?" }).waitFor();
});

test("STOP ends the hotel's texts before everybody's eyes, and START is a press away", async (t) => {
  const { carrier, open } = await setUp(t);
  const page = await open();
  await text(page, "stop");
  await page.getByText("You have stopped texts from Harbour House.").waitFor();
  await page.locator(".automatic", { hasText: "Automatic reply" }).waitFor();
  assert.equal(carrier.summary(ada, hotelNumber)?.stopped, true);
  await page.getByRole("button", { name: "Text START" }).click();
  await page.getByText("You have stopped texts").waitFor({ state: "hidden" });
});

test("several lines are written with Shift, emoji alone are large, 1,600 letters fit", async (t) => {
  const { hotel, open } = await setUp(t);
  const page = await open();
  await page.getByLabel("Text Harbour House").fill("One");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("two");
  await page.keyboard.press("Enter");
  await page.locator(".own .bubble").filter({ hasText: "two" }).waitFor();
  await text(page, "🙌🏽🎉");
  await page.locator(".bubble.jumbo").waitFor();
  await text(page, "x".repeat(100_000));
  await page.locator(".own").last().getByText("Delivered").waitFor();
  assert.deepEqual(hotel.texts, ["One\ntwo", "🙌🏽🎉", "x".repeat(1_600)]);
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
  await sheet.getByLabel("Messages to this phone").waitFor();
  await assertTouchTargets(page);
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  await assertTouchTargets(page);
  await page.getByRole("button", { name: "Change guest" }).click();
  await sheet.getByRole("button", { name: /Priya Raman/ }).click();
  await sheet.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: /Priya Raman/ }).waitFor();
});

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
