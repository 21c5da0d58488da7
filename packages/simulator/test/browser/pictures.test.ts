import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import type { Page } from "playwright-core";
import { recognize } from "../../src/media-kinds.ts";
import { readPicture } from "../../src/pictures.ts";
import { ada, assertAccessible, assertTouchTargets, handheld, setUp, text } from "./stage.ts";

const card = "BEGIN:VCARD\r\nFN:Mia <b>Lind</b>\r\nTEL:+1 312 555 0100\r\nEND:VCARD\r\n";

async function choose(page: Page, name: string, mimeType: string, buffer: Buffer) {
  await page.getByLabel("Pictures to send").setInputFiles({ name, mimeType, buffer });
}

const staged = (page: Page) => page.getByRole("button", { name: /^Remove picture/ });

test("a guest sends a picture of the demo, and the hotel hears of it", async (t) => {
  const { hotel, carrier, open } = await setUp(t);
  const page = await open();
  await page.getByRole("button", { name: "Add a picture" }).click();
  await page.getByRole("button", { name: "A broken lamp" }).click();
  await staged(page).waitFor();
  await text(page, "lamp broken");
  const own = page.locator(".own", { hasText: "lamp broken" });
  await own.getByText("Delivered").waitFor();
  assert.equal(await own.getByRole("img", { name: "Picture" }).count(), 1);
  assert.deepEqual(hotel.texts, ["lamp broken"]);
  const [link] = hotel.media;
  const id = link?.slice("v1/media/".length) ?? "";
  assert.deepEqual(Buffer.from(carrier.mediaForPhone(id) ?? []), readPicture("lamp"));
  assert.equal(await staged(page).count(), 0);
});

test("pictures are chosen, looked at, taken back, and sent without words", async (t) => {
  const { hotel, open } = await setUp(t);
  const page = await open(handheld);
  await page.getByRole("button", { name: "Add a picture" }).tap();
  await page.getByRole("button", { name: "Camera" }).waitFor();
  await assertTouchTargets(page);
  await choose(page, "one.jpg", "image/jpeg", readPicture("lamp"));
  await choose(page, "two.jpg", "image/jpeg", readPicture("view"));
  await staged(page).nth(1).waitFor();
  await assertTouchTargets(page);
  await page.getByRole("button", { name: "Remove picture 1" }).tap();
  await page.getByRole("button", { name: "Send text" }).tap();
  await page.locator(".own").getByText("Delivered").waitFor();
  assert.deepEqual([hotel.texts, hotel.media.length], [[""], 1]);
  await page.locator(".own .picture").tap();
  const viewer = page.getByRole("dialog", { name: "Picture" });
  await viewer.waitFor();
  await page.keyboard.press("Escape");
  await viewer.waitFor({ state: "hidden" });
});

test("a huge picture goes out as a phone would send it: smaller", async (t) => {
  const { hotel, carrier, open } = await setUp(t);
  const page = await open();
  const huge = await page.evaluate<string>(`(async () => {
    const canvas = new OffscreenCanvas(6000, 4000);
    const context = canvas.getContext("2d");
    for (let x = 0; x < 6000; x += 10) {
      context.fillStyle = "hsl(" + x + " 80% 50%)";
      context.fillRect(x, 0, 10, 4000);
    }
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  })()`);
  await choose(page, "huge.png", "image/png", Buffer.from(huge, "latin1"));
  await staged(page).waitFor();
  await page.getByRole("button", { name: "Send text" }).click();
  await page.locator(".own").getByText("Delivered").waitFor();
  const id = hotel.media[0]?.slice("v1/media/".length) ?? "";
  const sent = carrier.mediaForPhone(id) ?? new Uint8Array();
  const { mediaType, width, height } = recognize(sent) ?? {};
  assert.deepEqual(
    { mediaType, width, height },
    { mediaType: "image/jpeg", width: 1600, height: 1067 },
  );
});

test("what is no picture is said to be none, and nothing is sent", async (t) => {
  const { hotel, open } = await setUp(t);
  const page = await open();
  const lies = ["<script>document.title = 'run'</script>", "%PDF-1.7", "", "\x89PNG\r\n\x1a\n"];
  for (const lie of lies) {
    await choose(page, "photo.png", "image/png", Buffer.from(lie, "latin1"));
    await page.getByText("Phones send pictures only").waitFor();
    await choose(page, "photo.jpg", "image/jpeg", readPicture("lamp"));
    await page.getByText("Phones send pictures only").waitFor({ state: "hidden" });
    await staged(page).click();
  }
  assert.equal(await page.getByRole("button", { name: "Send text" }).isDisabled(), true);
  assert.deepEqual(hotel.texts, []);
});

test("a picture that did not reach the carrier is kept, and sent again", async (t) => {
  const { hotel, open } = await setUp(t);
  const page = await open();
  await page.route("**/phone/media", (route) => route.abort());
  await choose(page, "one.jpg", "image/jpeg", readPicture("lamp"));
  await staged(page).waitFor();
  await text(page, "Look");
  await page.getByText("Not sent", { exact: true }).waitFor();
  await page.unroute("**/phone/media");
  await page.getByRole("button", { name: "Send again" }).click();
  await page.locator(".own").getByText("Delivered").waitFor();
  assert.deepEqual([hotel.texts, hotel.media.length], [["Look"], 1]);
  assert.equal(await page.locator(".own").count(), 1);
});

/** Files as the hotel's system would have them for its carrier. */
async function startFiles(t: TestContext) {
  const files: Record<string, Buffer> = {
    "/view.jpg": readPicture("view"),
    "/menu.pdf": Buffer.from("%PDF-1.7 breakfast"),
    "/mia.vcf": Buffer.from(card),
  };
  const server = createServer(({ url = "" }, response) => response.end(files[url]));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (name: string, mediaType: string) => ({ url: `${base}/${name}`, mediaType, name });
}

test("what the hotel sends is shown as a phone shows it", async (t) => {
  const { reply, open } = await setUp(t);
  const file = await startFiles(t);
  const page = await open();
  await reply(ada, "Your view", [
    file("view.jpg", "image/jpeg"),
    file("menu.pdf", "application/pdf"),
    file("mia.vcf", "text/vcard"),
  ]);
  const message = page.locator(".hotel", { hasText: "Your view" });
  const picture = message.getByRole("img", { name: "view.jpg" });
  await picture.waitFor();
  await page.waitForFunction("document.querySelector('.hotel img').naturalWidth === 1280");
  assert.match(await message.getByRole("link", { name: /menu\.pdf/ }).innerText(), /PDF · 1 KB/);
  const contact = message.getByRole("link", { name: /Mia <b>Lind<\/b>/ });
  assert.match(await contact.innerText(), /\+1 312 555 0100/);
  const [download] = await Promise.all([page.waitForEvent("download"), contact.click()]);
  assert.equal(download.suggestedFilename(), "mia.vcf");
  await assertAccessible(page);
});

test("a reaction is put on with the mouse, shown on the bubble, and taken back", async (t) => {
  const { hotel, reply, open } = await setUp(t);
  const page = await open();
  await reply(ada, "Towels are coming.");
  const message = page.locator(".hotel", { hasText: "Towels are coming." });
  await message.hover();
  await message.getByRole("button", { name: "React" }).click();
  await assertAccessible(page);
  await page.getByRole("button", { name: "Like", exact: true }).click();
  await message.getByText("Your reaction: Like").waitFor();
  await message.getByRole("button", { name: "React" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Like", exact: true, pressed: true }).click();
  await message.getByText("Your reaction").waitFor({ state: "hidden" });
  await page.waitForFunction("document.querySelectorAll('.own').length === 0");
  const said = ["Liked “Towels are coming.”", "Removed a like from “Towels are coming.”"];
  for (const [at, words] of said.entries()) assert.equal(hotel.texts[at], words);
});

test("a reaction is put on with a long press, and a short one opens nothing", async (t) => {
  const { reply, open } = await setUp(t);
  const page = await open(handheld);
  await reply(ada, "Towels are coming.");
  const body = page.locator(".hotel .body");
  await body.dispatchEvent("pointerdown", { pointerType: "touch", clientX: 60, clientY: 60 });
  await body.dispatchEvent("pointerup", { pointerType: "touch" });
  const bar = page.getByRole("group", { name: "React" });
  assert.equal(await bar.isVisible(), false);
  await body.dispatchEvent("pointerdown", { pointerType: "touch", clientX: 60, clientY: 60 });
  await bar.waitFor();
  await assertTouchTargets(page);
  await body.dispatchEvent("pointerup", { pointerType: "touch" });
  await page.getByRole("button", { name: "Love", exact: true }).tap();
  await page.getByText("Your reaction: Love").waitFor();
});
