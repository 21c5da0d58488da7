import assert from "node:assert/strict";
import type { FrameLocator, Locator } from "playwright-core";
import { openApi } from "./api.ts";
import { assertAccessible } from "./axe.ts";
import type { Inbox } from "./inbox.ts";
import { desktop, eventually, handheld, setStage } from "./stage.ts";

const journey = setStage();
const kate = { name: "Kate Flynn", number: "+13125550134" };
const unknown = "+1 312 555 0148";

function guestOf(inbox: Inbox): Locator {
  return inbox.page.getByRole("complementary", { name: "Guest", exact: true });
}

async function openGuest(inbox: Inbox, title: string): Promise<Locator> {
  await inbox.goTo("All open");
  await inbox.open(title);
  return guestOf(inbox);
}

/** Changes a text where it stands. */
async function write(guest: Locator, what: string, text: string): Promise<void> {
  await guest.getByRole("button", { name: new RegExp(`^(Add|Edit) ${what}`, "i") }).click();
  await guest.getByRole("textbox", { name: what }).fill(text);
  await guest.page().keyboard.press("Enter");
}

journey("an unknown number is asked about, and is somebody from then on", async (stage) => {
  const jo = await stage.openInbox("Jo Park");
  const mia = await stage.openInbox("Mia Lind");
  await mia.goTo("All open");
  const guest = await openGuest(jo, unknown);
  await guest.getByText("Who is this?").waitFor();
  await guest.getByRole("button", { name: "Save guest" }).click();
  await guest.getByText("Type a name or a room.").waitFor();
  await guest.getByRole("textbox", { name: "Name" }).fill("Vera Novak");
  await guest.getByRole("textbox", { name: "Room" }).fill("207");
  await guest.getByRole("button", { name: "Save guest" }).click();
  await guest.getByRole("button", { name: "Edit name: Vera Novak" }).waitFor();
  await mia.row("Vera Novak").filter({ hasText: "207" }).waitFor();
  await jo.page.keyboard.press("Control+k");
  const search = jo.page.getByRole("dialog", { name: "Search" });
  await search.getByRole("combobox").fill("207");
  await search.getByRole("option", { name: /Vera Novak/ }).waitFor();
});

journey("what is known of a guest is changed where it stands", async (stage) => {
  const jo = await stage.openInbox("Jo Park");
  const guest = await openGuest(jo, kate.name);
  await write(guest, "Name", "x".repeat(10_000));
  await guest.getByText("At most 200 characters; this has 10,000.").waitFor();
  await guest.getByRole("textbox", { name: "Name" }).fill("Kate O'Flynn");
  await jo.page.keyboard.press("Enter");
  await jo.row("Kate O'Flynn").waitFor();
  await write(guest, "Name", kate.name);
  await write(guest, "Room", "319");
  await jo.row(kate.name).filter({ hasText: "319" }).waitFor();
  await write(guest, "Room", "318");
  await jo.row(kate.name).filter({ hasText: "318" }).waitFor();
  await guest.getByRole("switch", { name: "VIP" }).click();
  await guest.getByRole("switch", { name: "VIP", checked: true }).waitFor();
  await guest.getByRole("combobox", { name: "Language" }).selectOption("German");
  await guest.getByRole("button", { name: "Add phone or e-mail" }).click();
  await guest.getByRole("textbox", { name: "Phone number or e-mail" }).fill("12");
  await jo.page.keyboard.press("Enter");
  await guest.getByText("There is no such number or e-mail.").waitFor();
  await guest.getByRole("textbox", { name: "Phone number or e-mail" }).fill("kate@example.com");
  await jo.page.keyboard.press("Enter");
  await guest.getByRole("button", { name: /^kate@example\.com/ }).waitFor();
  await jo.page.reload();
  await guest.getByRole("button", { name: /^kate@example\.com/ }).waitFor();
  assert.equal(await guest.getByRole("combobox", { name: "Language" }).inputValue(), "de");
  await guest.getByRole("button", { name: "Change kate@example.com" }).click();
  await jo.page.getByRole("menuitem", { name: "No longer theirs" }).click();
  await guest.getByText("1 former address").waitFor();
  await jo.toast("no longer theirs").getByRole("button", { name: "Undo" }).click();
  await guest.getByText("1 former address").waitFor({ state: "hidden" });
});

journey("two who rename the same guest at once: the second is told", async (stage) => {
  const jo = await stage.openInbox("Jo Park");
  const mia = await stage.openInbox("Mia Lind");
  const his = await openGuest(jo, "Ellen Sato");
  const hers = await openGuest(mia, "Ellen Sato");
  await his.getByRole("button", { name: /^Edit name/ }).click();
  await his.getByRole("textbox", { name: "Name" }).fill("Ellen Sato-Berg");
  await write(hers, "Room", "416");
  await write(hers, "Name", "Ellen M. Sato");
  await jo.row("Ellen M. Sato").waitFor();
  await jo.page.keyboard.press("Enter");
  await his.getByText("Somebody else changed it to “Ellen M. Sato”.").waitFor();
  await his.getByRole("textbox", { name: "Name" }).press("Enter");
  await mia.row("Ellen Sato-Berg").waitFor();
});

journey("a guest is blocked after a question, and unblocked by Undo", async (stage) => {
  const jo = await stage.openInbox("Jo Park");
  const guest = await openGuest(jo, "David Mercer");
  await guest.getByRole("button", { name: "More about the guest" }).click();
  await jo.page.getByRole("menuitem", { name: "Block guest" }).click();
  const question = jo.page.getByRole("dialog", { name: "Block David Mercer?" });
  await question.getByRole("button", { name: "Block guest" }).click();
  await guest.getByText(/^Blocked, /).waitFor();
  await jo.messages.getByText(/blocked/i).waitFor();
  await jo.toast("Blocked David Mercer").getByRole("button", { name: "Undo" }).click();
  await guest.getByText(/^Blocked, /).waitFor({ state: "hidden" });
});

journey("a number that was given out again is somebody else's from then on", async (stage) => {
  const jo = await stage.openInbox("Jo Park");
  const guest = await openGuest(jo, "Grace Oduya");
  await guest.getByRole("button", { name: /^Change \+44/ }).click();
  await jo.page.getByRole("menuitem", { name: /^Somebody else's now/ }).click();
  await guest.getByRole("textbox", { name: "Name of the new guest" }).fill("Leo Park");
  await guest.getByRole("button", { name: "Make new guest" }).click();
  await jo.toast("new guest's from here on").waitFor();
  await guest.getByText("1 former address").waitFor();
});

journey("a first message asks how the guest agreed, arrives, and opens", async (stage) => {
  const mia = await stage.openInbox("Mia Lind");
  const { page } = mia;
  const phone = await stage.openPhone("+13125550171");
  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog", { name: "New message" });
  const to = dialog.getByRole("combobox", { name: "To" });
  await to.fill("+1 312 555 01");
  await page.keyboard.press("Enter");
  await dialog.getByText("There is no such number or e-mail.").waitFor();
  await to.fill("+1 312 555 0171");
  await page.keyboard.press("Enter");
  await dialog.getByText("A number that nobody here knows yet").waitFor();
  await dialog.getByRole("textbox", { name: "Message" }).fill("Dear {last_name}");
  await dialog.getByRole("button", { name: /^Send/ }).click();
  await dialog.getByText("Choose how they agreed.").waitFor();
  await dialog.getByText("Fill in {last_name} first.").waitFor();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Ida Holm");
  await dialog.getByRole("radio", { name: "They ticked it when booking" }).check();
  await dialog.getByRole("textbox", { name: "Message" }).fill("Your room is ready.");
  await page.keyboard.press("Control+Enter");
  await mia.thread("Ida Holm").waitFor();
  await phone.received("Your room is ready.").waitFor();
  await guestOf(mia)
    .getByText(/^Agreed when booking, today/)
    .waitFor();
  const api = await openApi(stage.foyer.url);
  const { id } = await api.find("Ida Holm");
  assert.equal((await api.said(id)).length, 1);
});

journey("who said STOP is refused in place, with the reason", async (stage) => {
  const mia = await stage.openInbox("Mia Lind");
  const { page } = mia;
  await mia.rail.page().getByRole("button", { name: "New message" }).click();
  const dialog = page.getByRole("dialog", { name: "New message" });
  await dialog.getByRole("combobox", { name: "To" }).fill("Rosa Kel");
  await dialog.getByRole("option", { name: /Rosa Keller/ }).click();
  await dialog.getByText("Rosa Keller texted STOP.").waitFor();
  assert.equal(await dialog.getByRole("button", { name: /^Send/ }).count(), 0);
});

journey("the guest's phone docks beside the thread and follows it", async (stage) => {
  const mia = await stage.openInbox("Mia Lind");
  const { page } = mia;
  const guest = await openGuest(mia, kate.name);
  await guest.getByRole("button", { name: "Guest's phone" }).click();
  const frame = (): FrameLocator => page.frameLocator('iframe[title="Guest\'s phone"]');
  const field = frame().getByRole("textbox", { name: /^Text Harbour House/ });
  await field.fill("From the dock");
  await field.press("Enter");
  await mia.saying("From the dock").waitFor();
  await mia.answer("Seen in the dock");
  const heard = frame().getByRole("log", { name: "Messages" }).getByText("Seen in the dock");
  await heard.waitFor();
  await mia.open("Marie Laurent");
  const whose = frame().getByText("Phone of Marie Laurent");
  await eventually(page, "the phone is the other guest's", async () => {
    return (await heard.count()) === 0;
  });
  await whose.waitFor();
  await page.reload();
  await whose.waitFor();
  const dock = page.getByRole("complementary", { name: "Guest's phone" });
  await dock.getByRole("button", { name: "Guest details" }).click();
  await guest.waitFor();
});

for (const scheme of ["light", "dark"] as const) {
  journey(`guests and first messages pass axe when ${scheme}`, async (stage) => {
    const jo = await stage.openInbox("Jo Park", { ...desktop, colorScheme: scheme });
    const guest = await openGuest(jo, kate.name);
    await guest.getByRole("button", { name: "Add phone or e-mail" }).click();
    await assertAccessible(jo.page, "guest");
    await guest.getByRole("button", { name: "Cancel" }).click();
    await guest.getByRole("button", { name: "Add label" }).click();
    await jo.page.getByRole("option", { name: "Complaint" }).waitFor();
    await assertAccessible(jo.page, "label finder");
    const small = await stage.openInbox("Jo Park", { ...handheld, colorScheme: scheme });
    await small.page.getByRole("button", { name: "Open views" }).tap();
    await small.page.getByRole("button", { name: "New message" }).tap();
    const dialog = small.page.getByRole("dialog", { name: "New message" });
    await dialog.getByRole("option").first().waitFor();
    await assertAccessible(small.page, "new message");
    await dialog.getByRole("combobox").fill("+1 312 555 0172");
    await dialog.getByRole("option").first().tap();
    await dialog.getByRole("textbox", { name: "Message" }).waitFor();
    await small.assertNothingOverflows();
    await assertAccessible(small.page, "first message");
  });
}
