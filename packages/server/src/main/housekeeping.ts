import { allFeeds, trimFeed } from "../platform/feed/index.ts";
import { trimJobs } from "../platform/jobs/index.ts";
import { describeError } from "../platform/log.ts";
import type { Assembly } from "./assemble.ts";

const everyMs = 60 * 60_000;

/** Drops what is past its retention, once an hour: every module names its own numbers. */
export function housekeeping(assembly: Assembly): { stop(): void } {
  const run = () => {
    tidy(assembly).catch((error) => assembly.log.warn(describeError(error), "housekeeping.failed"));
  };
  const timer = setInterval(run, everyMs).unref();
  return { stop: () => clearInterval(timer) };
}

/** One round over all tenants. */
export async function tidy({ store, clock, openScope, modules }: Assembly): Promise<void> {
  const feeds = await allFeeds(store);
  for (const feed of feeds) await trimFeed(store, feed.tenant_id, feed.property_id, clock.now());
  for (const tenantId of new Set(feeds.map((feed) => feed.tenant_id))) {
    await trimJobs(store, tenantId, clock.now());
    const scope = await openScope(tenantId);
    for (const module of modules) await module.tidy?.(scope);
  }
}
