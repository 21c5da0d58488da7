import assert from "node:assert/strict";
import { CuttableProxy } from "./cuttable-proxy.ts";
import { Inbox } from "./inbox.ts";
import { desktop, type Stage, setStage } from "./stage.ts";

const kate = "Kate Flynn";
/** The server allows ten attempts for an account in a quarter of an hour. */
const attemptsMax = 10;

const journey = setStage();

async function signInPage(stage: Stage, url = stage.foyer.url) {
  const context = await stage.openBrowser(desktop);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole("heading", { name: "Sign in to Foyer" }).waitFor();
  const submit = async (email: string, password: string) => {
    await page.getByRole("textbox", { name: "E-mail" }).fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  };
  return { page, submit, alert: page.getByRole("alert") };
}

journey("a wrong password and a missing one are said, and the right one opens", async (stage) => {
  const { page, submit, alert } = await signInPage(stage);
  await submit("", "");
  await page.getByText("Enter your e-mail.").waitFor();
  await submit("jo@harbourhouse.example.com", "");
  await page.getByText("Enter your password.").waitFor();
  await submit("jo@harbourhouse.example.com", "not the password");
  await alert.getByText("The e-mail or the password is wrong.").waitFor();
  await submit("nobody@example.com", "not the password");
  await alert.getByText("The e-mail or the password is wrong.").waitFor();
  await submit("Jo@HarbourHouse.example.com ", "harbour house demo");
  await page.getByRole("heading", { name: "All open" }).waitFor();
});

journey(
  "without a server the sign-in page says so, and works when it is back",
  async (stage, t) => {
    const proxy = await CuttableProxy.before(stage.foyer.port);
    t.after(() => proxy.close());
    const { page, submit, alert } = await signInPage(stage, proxy.url);
    proxy.cut();
    await submit("jo@harbourhouse.example.com", "harbour house demo");
    await alert.getByText("No answer from the server. Check your connection.").waitFor();
    proxy.mend();
    await submit("jo@harbourhouse.example.com", "harbour house demo");
    await page.getByRole("heading", { name: "All open" }).waitFor();
  },
);

journey("too many attempts are stopped, with the time to wait", async (stage) => {
  const { page, submit, alert } = await signInPage(stage);
  const answers: number[] = [];
  page.on("response", (response) => {
    if (response.request().method() === "POST") answers.push(response.status());
  });
  for (let attempt = 0; attempt <= attemptsMax; attempt += 1) {
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await submit("patient@example.com", `guess ${attempt}`);
    await answered;
    await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  }
  await alert.getByText(/^Too many attempts\. Try again in (\d+ min )?\d+ s\.$/).waitFor();
  assert.equal(answers.at(-1), 429);
  assert.deepEqual(new Set(answers.slice(0, -1)), new Set([401]));
});

journey("signed out, the way back leads to the sign-in page", async (stage) => {
  const jo = await stage.openInbox("Jo Park");
  const { page } = jo;
  await jo.goTo("All open");
  await jo.open(kate);
  await page.goBack();
  await jo.thread(kate).waitFor({ state: "hidden" });
  await page.goForward();
  await jo.thread(kate).waitFor();
  await jo.account.click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in to Foyer" }).waitFor();
  assert.equal(await page.getByText("You were signed out.").count(), 0);
  await page.goBack();
  await page.getByRole("heading", { name: "Sign in to Foyer" }).waitFor();
  assert.equal(await page.getByText(kate).count(), 0);
});

journey(
  "a session ended from elsewhere leads to the sign-in page, and keeps drafts",
  async (stage) => {
    const here = await stage.openInbox("Mia Lind");
    const { page } = here;
    await here.open(kate);
    await here.field.fill("Half a sentence");
    await here.row(kate).filter({ hasText: "Draft" }).waitFor();
    const elsewhere = await stage.openInbox("Mia Lind");
    await elsewhere.account.click();
    await elsewhere.page.getByRole("menuitem", { name: "Where you are signed in" }).click();
    const sessions = elsewhere.page.getByRole("dialog", { name: "Where you are signed in" });
    await sessions.getByRole("button", { name: "Sign out" }).click();
    await elsewhere.toast("Signed out there").waitFor();

    await page.getByText("You were signed out. Sign in to go on.").waitFor();
    const demo = page.getByRole("region", { name: "Look around the demo" });
    await demo.getByRole("button", { name: "Mia Lind" }).click();
    await here.thread(kate).waitFor();
    assert.equal(await here.field.inputValue(), "Half a sentence");
  },
);

journey("an address inside the inbox asks to sign in, then opens", async (stage) => {
  const jo = await stage.openInbox("Jo Park");
  await jo.goTo("All open");
  await jo.open(kate);
  const context = await stage.openBrowser();
  const other = new Inbox(await context.newPage(), stage.foyer.url);
  await other.page.goto(jo.page.url());
  const demo = other.page.getByRole("region", { name: "Look around the demo" });
  await demo.getByRole("button", { name: "Owen Reed" }).click();
  await other.thread(kate).waitFor();
});
