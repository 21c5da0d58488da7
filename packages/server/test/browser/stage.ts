/** What every journey in a browser stands on: a house, browsers that are watched, evidence. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
} from "playwright-core";
import { actionTimeoutMs, eventually } from "./eventually.ts";
import { type Folders, FoyerProcess } from "./foyer-process.ts";
import { GuestPhone } from "./guest-phone.ts";
import { Inbox } from "./inbox.ts";

export { eventually };

export const desktop = { viewport: { width: 1440, height: 900 } };
export const handheld = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const inbox = fileURLToPath(new URL("../../../inbox/", import.meta.url));
const modules = fileURLToPath(new URL("../../../../node_modules/", import.meta.url));

/**
 * Lines that Chromium itself writes about answers and connections. That a request is refused, or
 * finds nobody, is what some journeys are about, and each checks what is shown then.
 */
const allowedConsole = /^Failed to load resource: (net::ERR_|the server responded with a status)/;

/** Starts Chromium as every suite does: without a sandbox, because CI runs as root. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["FOYER_TEST_CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
    ],
  });
}

/** `npm test` builds the inbox before; a file that is run by hand may have to. */
export function buildInboxIfMissing(): void {
  if (existsSync(join(inbox, "dist/index.html"))) return;
  const built = spawnSync(process.execPath, [join(modules, "vite", "bin", "vite.js"), "build"], {
    cwd: inbox,
    encoding: "utf8",
  });
  assert.equal(built.status, 0, built.stdout + built.stderr);
}

/** One journey: the house that it happens in, and the browsers that it opens. */
export class Stage {
  readonly foyer: FoyerProcess;
  readonly #browser: Browser;
  readonly #contexts: BrowserContext[] = [];
  readonly #complaints: string[] = [];

  constructor(foyer: FoyerProcess, browser: Browser) {
    this.foyer = foyer;
    this.#browser = browser;
  }

  /** A browser of its own: its own cookies, storage and tabs, all watched. */
  async openBrowser(options: BrowserContextOptions = desktop): Promise<BrowserContext> {
    const context = await this.#browser.newContext({ locale: "en-GB", ...options });
    this.#contexts.push(context);
    context.setDefaultTimeout(actionTimeoutMs);
    context.on("weberror", (error) => this.#complaints.push(String(error.error())));
    context.on("dialog", (dialog) => {
      this.#complaints.push(`A dialog opened: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on("console", (message) => {
      const isBad = message.type() === "error" || message.text().includes("Content Security");
      if (isBad && !allowedConsole.test(message.text())) this.#complaints.push(message.text());
    });
    return context;
  }

  /** A browser of its own, at the page where everybody begins. */
  async openSignIn(options: BrowserContextOptions = desktop): Promise<Inbox> {
    const context = await this.openBrowser(options);
    const opened = new Inbox(await context.newPage(), this.foyer.url);
    await opened.page.goto(opened.url);
    await opened.page.getByRole("heading", { name: "Sign in to Foyer" }).waitFor();
    return opened;
  }

  /** An agent of the demo, signed in, in a browser of their own. */
  async openInbox(name: string, options: InboxOptions = {}): Promise<Inbox> {
    const { baseUrl = this.foyer.url, ...rest } = options;
    const context = await this.openBrowser({ ...desktop, ...rest });
    const opened = new Inbox(await context.newPage(), baseUrl);
    await opened.signInAs(name);
    return opened;
  }

  /** A guest's phone, in a browser of its own. */
  async openPhone(number: string): Promise<GuestPhone> {
    const context = await this.openBrowser();
    const phone = new GuestPhone(await context.newPage());
    await phone.open(this.foyer.url, number);
    return phone;
  }

  /** No screen of the journey threw, logged an error, or broke the content security policy. */
  assertNoComplaints(): void {
    assert.deepEqual(this.#complaints, []);
  }

  async close(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
  }

  /** Keeps what somebody needs to understand a failure. Returns the folder. */
  async keepEvidence(): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), "foyer-evidence-"));
    writeFileSync(join(folder, "server.log"), this.foyer.log);
    writeFileSync(join(folder, "complaints.txt"), this.#complaints.join("\n"));
    const pages = this.#contexts.flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
      const path = join(folder, `page-${index + 1}.png`);
      await page.screenshot({ path }).catch(() => undefined);
    }
    return folder;
  }
}

export interface InboxOptions extends BrowserContextOptions {
  /** Where the browser finds Foyer, if there is something in between. */
  readonly baseUrl?: string;
}

export interface StageOptions {
  /** What is in the house before it opens; those of the demo who are there today, unless said. */
  readonly furnish?: (folders: Folders) => Promise<void>;
  /** The whole demo, as `npm start` makes it: with the fortnight behind it. */
  readonly hasFortnight?: boolean;
}

/** A demo without its past is made in a third of the time. */
async function furnishToday(folders: Folders): Promise<void> {
  const { withHouse } = await import("./open-house.ts");
  await withHouse(folders, async () => undefined);
}

type Walk = (stage: Stage, t: TestContext) => Promise<void>;

/** One house and one browser for all journeys of a file. Returns how to declare a journey. */
export function setStage({
  furnish = furnishToday,
  hasFortnight = false,
}: StageOptions = {}): (name: string, walk: Walk) => void {
  const foyer = new FoyerProcess();
  let browser: Browser | undefined;
  before(async () => {
    buildInboxIfMissing();
    if (!hasFortnight) await furnish(foyer.folders);
    [browser] = await Promise.all([launchBrowser(), foyer.start()]);
  });
  after(async () => {
    await browser?.close();
    await foyer.remove();
  });
  return (name, walk) => {
    test(name, async (t) => {
      assert.ok(browser, "The browser did not start.");
      const stage = new Stage(foyer, browser);
      try {
        await walk(stage, t);
        stage.assertNoComplaints();
      } catch (error) {
        process.stderr.write(`\n${name}\n  evidence: ${await stage.keepEvidence()}\n`);
        throw error;
      } finally {
        await stage.close();
      }
    });
  };
}
