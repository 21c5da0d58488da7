import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The edges of an open menu: focus that reaches one is passed on at once and never stays. */
const focusGuards = ["[data-base-ui-focus-guard]"];

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds on a page as it stands: nothing serious or critical (WCAG 2.2 A and AA). */
export async function assertAccessible(page: Page, screen: string): Promise<void> {
  // What still moves or fades has colours that nobody reads.
  await page.evaluate(`Promise.all(document.getAnimations()
    .filter(({ effect }) => effect.getTiming().iterations !== Infinity)
    .map(({ finished }) => finished.catch(() => {})))`);
  // Evaluated by the browser's debugger: a script element would be refused by the page's policy.
  for (const frame of page.frames()) await frame.evaluate(source);
  const { violations } = await page.evaluate<{ violations: Violation[] }>(
    `axe.run({ exclude: ${JSON.stringify(focusGuards)} })`,
  );
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = grave.map(({ id, help, nodes }) => {
    const [first] = nodes;
    return `${screen}: ${id} (${help}), ${nodes.length} times: ${first?.html} ${first?.failureSummary}`;
  });
  assert.deepEqual(told, []);
}
