/**
 * Takes the README's pictures of a fresh demo:
 * `npm run node -- packages/server/test/browser/pictures.ts`
 */
import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { FoyerProcess } from "./foyer-process.ts";
import { Inbox } from "./inbox.ts";
import { buildInboxIfMissing, desktop, handheld, launchBrowser } from "./stage.ts";

const folder = fileURLToPath(new URL("../../../../docs/pictures/", import.meta.url));
const pictureBytesMax = 300_000;

interface Picture {
  readonly file: string;
  readonly options: BrowserContextOptions;
  readonly goToList: (inbox: Inbox) => Promise<void>;
}

const pictures: readonly Picture[] = [
  {
    file: "inbox-light.png",
    options: { ...desktop, colorScheme: "light" },
    goToList: (inbox) => inbox.goTo("All open"),
  },
  {
    file: "inbox-dark.png",
    options: { ...desktop, colorScheme: "dark" },
    goToList: (inbox) => inbox.goTo("All open"),
  },
  {
    file: "phone.png",
    options: { ...handheld, colorScheme: "light" },
    goToList: async () => undefined,
  },
];

const foyer = new FoyerProcess();
buildInboxIfMissing();
const browser = await launchBrowser();
try {
  await foyer.start();
  mkdirSync(folder, { recursive: true });
  for (const picture of pictures) await take(browser, picture);
} finally {
  await browser.close();
  await foyer.remove();
}

async function take(from: Browser, { file, options, goToList }: Picture): Promise<void> {
  const context = await from.newContext({ locale: "en-GB", ...options });
  const inbox = new Inbox(await context.newPage(), foyer.url);
  await inbox.signInAs("Mia Lind");
  await goToList(inbox);
  await inbox.open("Ada Nguyen");
  await inbox.saying("Two more towels please").waitFor();
  await inbox.page.evaluate(`document.fonts.ready.then(() => Promise.all(document.getAnimations()
    .filter(({ effect }) => effect.getTiming().iterations !== Infinity)
    .map(({ finished }) => finished.catch(() => {})))).then(() => undefined)`);
  const path = `${folder}${file}`;
  await inbox.page.screenshot({ path });
  await context.close();
  const { size } = statSync(path);
  if (size > pictureBytesMax) throw new Error(`${file} has ${size} bytes, too many for a README`);
  process.stdout.write(`${path} ${size} bytes\n`);
}
