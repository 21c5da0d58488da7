/**
 * Takes the README's pictures on the walk of the first five minutes, each walk in a fresh demo:
 * `npm run node -- packages/server/test/browser/pictures.ts`
 */
import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { type Camera, type Moment, walkFiveMinutes } from "./five-minutes.ts";
import { FoyerProcess } from "./foyer-process.ts";
import { buildInboxIfMissing, desktop, handheld, launchBrowser, Stage } from "./stage.ts";

const folder = fileURLToPath(new URL("../../../../docs/pictures/", import.meta.url));
const pictureBytesMax = 400_000;

const light: Readonly<Record<Moment, string>> = {
  waiting: "five-minutes-waiting.png",
  phone: "five-minutes-phone.png",
  note: "inbox-light.png",
  typing: "five-minutes-typing.png",
  offline: "five-minutes-offline.png",
  search: "five-minutes-search.png",
};

buildInboxIfMissing();
mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();
try {
  await onStage(async (stage) => {
    await walkFiveMinutes(stage, keepAs(light), { ...desktop, colorScheme: "light" });
    await takePhone(stage);
  });
  const dark = { ...desktop, colorScheme: "dark" } as const;
  await onStage((stage) => walkFiveMinutes(stage, keepAs({ note: "inbox-dark.png" }), dark));
} finally {
  await browser.close();
}

async function onStage(walk: (stage: Stage) => Promise<void>): Promise<void> {
  const foyer = new FoyerProcess();
  const stage = new Stage(foyer, browser);
  try {
    await foyer.start();
    await walk(stage);
  } finally {
    await stage.close();
    await foyer.remove();
  }
}

function keepAs(files: Partial<Record<Moment, string>>): Camera {
  return async (moment, page) => {
    const file = files[moment];
    if (file) await take(page, file);
  };
}

/** The inbox in the hand of somebody on the move. */
async function takePhone(stage: Stage): Promise<void> {
  const inbox = await stage.openInbox("Mia Lind", { ...handheld, colorScheme: "light" });
  await inbox.row("Priya Raman").getByRole("link").tap();
  await inbox.saying("lukewarm").waitFor();
  await take(inbox.page, "phone.png");
}

/** As it looks once nothing moves any more. */
async function take(page: Page, file: string): Promise<void> {
  await page.evaluate(`document.fonts.ready.then(() => Promise.all([
    ...document.getAnimations()
      .filter(({ effect }) => effect.getTiming().iterations !== Infinity)
      .map(({ finished }) => finished.catch(() => {})),
    ...[...document.images].map((image) => image.decode().catch(() => {})),
  ])).then(() => undefined)`);
  const path = `${folder}${file}`;
  await page.screenshot({ path });
  const { size } = statSync(path);
  if (size > pictureBytesMax) throw new Error(`${file} has ${size} bytes, too many for a README`);
  process.stdout.write(`${path} ${size} bytes\n`);
}
