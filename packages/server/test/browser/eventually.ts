import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/** How long anything may take before a journey gives up. */
export const actionTimeoutMs = 10_000;

/** Waits until something is so, by asking again; the condition says what it waits for. */
export async function eventually(page: Page, what: string, is: () => Promise<boolean> | boolean) {
  const deadline = Date.now() + actionTimeoutMs;
  while (!(await is())) {
    assert.ok(Date.now() < deadline, `It never came about: ${what}`);
    await page.evaluate("new Promise((done) => requestAnimationFrame(done))");
  }
}
