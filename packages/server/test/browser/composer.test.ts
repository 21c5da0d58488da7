import assert from "node:assert/strict";
import { jpeg, png } from "../world/files.ts";
import { assertAccessible } from "./axe.ts";
import type { Inbox } from "./inbox.ts";
import { desktop, eventually, handheld, setStage } from "./stage.ts";

const journey = setStage();
const ada = { name: "Ada Nguyen", number: "+13125550117" };
const kate = { name: "Kate Flynn", number: "+13125550134" };
const priya = { name: "Priya Raman", number: "+13125550113" };
const unknown = "+1 312 555 0148";

const picture = (name: string) => ({
  name,
  mimeType: "image/png",
  buffer: Buffer.from(png({ width: 90, height: 60 })),
});

async function choose(inbox: Inbox, ...files: readonly ReturnType<typeof picture>[]) {
  await inbox.composer.locator("input[type=file]").setInputFiles([...files]);
}

function attachment(inbox: Inbox, name: string) {
  return inbox.composer.getByRole("listitem").filter({ hasText: name });
}

journey("a placeholder without a value is named, and stops the sending", async (stage) => {
  const mia = await stage.openInbox("Mia Lind");
  const { page, field } = mia;
  await mia.open(unknown);
  await field.pressSequentially("/ready");
  await page.getByRole("option", { name: /Room is ready/ }).waitFor();
  await assertAccessible(page, "templates");
  await field.press("Enter");
  const filled = "Good news, {first_name}: room {room} is ready. See you at the desk.";
  await eventually(page, "the template is in the field", async () => {
    return (await field.inputValue()) === filled;
  });
  await mia.composer.getByText("Fill in {first_name} and {room} before sending.").waitFor();
  await assertAccessible(page, "a placeholder without a value");
  await field.press("Enter");
  assert.equal(await field.inputValue(), filled, "it was not sent");
  await page.keyboard.type("Vera");
  await mia.composer.getByText("Fill in {room} before sending.").click();
  await page.keyboard.type("207");
  await field.press("Enter");
  await mia.saying("Good news, Vera: room 207 is ready.").waitFor();
});

journey("files are checked, handed in, and reach the guest's phone", async (stage) => {
  const mia = await stage.openInbox("Mia Lind");
  const { page, composer, field } = mia;
  const phone = await stage.openPhone(kate.number);
  await mia.open(kate.name);
  const film = { name: "film.mp4", mimeType: "video/mp4", buffer: Buffer.alloc(64) };
  const lie = { name: "lie.png", mimeType: "image/png", buffer: Buffer.from("<html>no</html>") };
  await choose(mia, picture("map.png"), film, lie);
  await composer.getByText("“film.mp4” is no picture, PDF or contact card.").waitFor();
  await attachment(mia, "map.png").getByText("1 kB").waitFor();
  await attachment(mia, "lie.png").getByRole("alert").waitFor();
  await assertAccessible(page, "attachments");
  await field.fill("The way to the harbour");
  await composer.getByText("Remove the file that was not taken.").waitFor();
  assert.equal(await composer.getByRole("button", { name: /^Send( ↵)?$/ }).isDisabled(), true);
  await composer.getByRole("button", { name: "Remove lie.png" }).click();
  await page.reload();
  await attachment(mia, "map.png").waitFor();
  assert.equal(await field.inputValue(), "The way to the harbour");
  await field.press("Enter");
  await attachment(mia, "map.png").waitFor({ state: "hidden" });
  await phone.received("The way to the harbour").waitFor();
  await eventually(page, "the picture is drawn", () => mia.showsPictureOf("way to the harbour"));
  await page.getByRole("button", { name: "Open picture map.png" }).click();
  const large = page.getByRole("dialog", { name: /map\.png/ });
  await large.getByRole("img", { name: "map.png" }).waitFor();
  await assertAccessible(page, "light box");
  await page.keyboard.press("Escape");
  await large.waitFor({ state: "hidden" });
  await mia.thread(kate.name).waitFor();
});

journey("what is pasted or dropped is attached, words stay words", async (stage) => {
  const mia = await stage.openInbox("Mia Lind");
  await mia.open(ada.name);
  const bytes = Buffer.from(jpeg()).toString("base64");
  await mia.page.evaluate(`{
    const bytes = Uint8Array.from(atob("${bytes}"), (one) => one.charCodeAt(0));
    const carry = (name) => {
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type: "image/jpeg" }));
      return data;
    };
    const field = document.querySelector("main textarea");
    field.focus();
    const paste = { clipboardData: carry("pasted.jpg"), bubbles: true, cancelable: true };
    field.dispatchEvent(new ClipboardEvent("paste", paste));
    const drop = { dataTransfer: carry("dropped.jpg"), bubbles: true, cancelable: true };
    document.querySelector("main h2").dispatchEvent(new DragEvent("drop", drop));
  }`);
  await attachment(mia, "pasted.jpg").waitFor();
  await attachment(mia, "dropped.jpg").waitFor();
  await mia.field.fill("Only words");
  assert.equal(await mia.composer.getByRole("listitem").count(), 2);
  await mia.composer.getByRole("button", { name: "Remove pasted.jpg" }).click();
  await mia.composer.getByRole("button", { name: "Remove dropped.jpg" }).click();
  await mia.field.fill("");
});

journey("a note calls a colleague, and their list says so until they look", async (stage) => {
  const jo = await stage.openInbox("Jo Park");
  const mia = await stage.openInbox("Mia Lind");
  await jo.open(ada.name);
  await jo.composer.getByRole("tab", { name: "Note" }).click();
  await jo.field.pressSequentially("@mia");
  await jo.page.getByRole("option", { name: "Mia Lind" }).waitFor();
  await jo.field.press("Tab");
  await jo.field.pressSequentially("can you call her back?");
  await jo.field.press("Enter");
  await jo.saying("@Mia Lind can you call her back?").waitFor();
  const called = mia.row(ada.name).filter({ hasText: "A note calls you" });
  await called.waitFor();
  await mia.open(ada.name);
  await mia.saying("can you call her back?").locator("strong", { hasText: "@Mia Lind" }).waitFor();
  await called.waitFor({ state: "hidden" });
});

journey(
  "an answer can be sent and the conversation closed in one step, and back",
  async (stage) => {
    const mia = await stage.openInbox("Mia Lind");
    const phone = await stage.openPhone(priya.number);
    await mia.open(priya.name);
    await mia.field.fill("It is mended, Priya.");
    await mia.composer.getByRole("button", { name: "Send and close" }).click();
    await mia.reopening.waitFor();
    await phone.received("It is mended, Priya.").waitFor();
    const toast = mia.toast("Sent and closed Priya Raman");
    await toast.getByRole("button", { name: "Undo" }).click();
    await mia.closing.waitFor();
  },
);

journey("a wait ends without an answer where none is needed, for everybody", async (stage) => {
  const mia = await stage.openInbox("Mia Lind");
  const jo = await stage.openInbox("Jo Park");
  const phone = await stage.openPhone(kate.number);
  await phone.text("Thanks a lot!");
  const waits = jo.row(kate.name).filter({ hasText: "waits" });
  await waits.waitFor();
  await mia.open(kate.name);
  await mia.page.keyboard.press("w");
  await mia.messages.getByText(/^Mia: no answer needed · /).waitFor();
  await waits.waitFor({ state: "hidden" });
});

journey("a message that failed says why, and is sent again from where it stands", async (stage) => {
  const mia = await stage.openInbox("Mia Lind");
  const phone = await stage.openPhone(kate.number);
  const arrival = phone.page.getByLabel("Messages to this phone");
  const [, refused] = await arrival.locator("option").allTextContents();
  await arrival.selectOption({ label: refused ?? "" });
  await mia.open(kate.name);
  await mia.answer("Your taxi is here");
  const failed = mia.saying("Your taxi is here").first();
  await failed.getByText(/^Not delivered: /).waitFor();
  await assertAccessible(mia.page, "a message that failed");
  await mia.row(kate.name).filter({ hasText: "Not delivered" }).waitFor();
  await arrival.selectOption({ label: "Arrive" });
  await failed.getByRole("button", { name: "Try again" }).click();
  await failed.getByText("Sent again below").waitFor();
  await phone.received("Your taxi is here").waitFor();
  assert.equal(await failed.getByRole("button", { name: "Try again" }).count(), 0);
});

journey("to whoever opted out nothing can be sent, and the reason stands there", async (stage) => {
  const mia = await stage.openInbox("Mia Lind", { ...desktop });
  const phone = await stage.openPhone(ada.number);
  await mia.open(ada.name);
  await phone.text("STOP");
  await mia.composer.getByText("Ada does not want to be texted. Notes still work.").waitFor();
  assert.equal(await mia.composer.getByRole("tab", { name: /^Text / }).count(), 0);
  await assertAccessible(mia.page, "a guest who opted out");
  await phone.text("START");
  await mia.composer.getByRole("tab", { name: /^Text / }).waitFor();
});

journey("on a phone nothing that is touched is smaller than a thumb", async (stage) => {
  const mia = await stage.openInbox("Mia Lind", handheld);
  await mia.row(kate.name).getByRole("link").tap();
  await mia.field.fill("Room {room}");
  await mia.composer.getByText("Fill in {room} before sending.").waitFor();
  const small = await mia.page.evaluate<string[]>(`
    [...document.querySelectorAll("button, a, textarea, [role=tab]")].flatMap((one) => {
      const { width, height, top, bottom } = one.getBoundingClientRect();
      const isShown = width > 1 && bottom > 0 && top < innerHeight;
      const reaches = getComputedStyle(one, "::after").content !== "none";
      const name = one.getAttribute("aria-label") ?? one.textContent;
      return isShown && !reaches && Math.min(width, height) < 43.5
        ? [name + " " + width + " × " + height]
        : [];
    })`);
  assert.deepEqual(small, []);
  await mia.assertNothingOverflows();
});
