import { operations } from "@foyer/contract";
import { route } from "../../platform/access/index.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import { listChannels } from "./channels.ts";
import { listDeliveries } from "./list-deliveries.ts";
import type { ReceiveParts } from "./receive-delivery.ts";
import { createReplayDelivery, processDeliveryJob } from "./replay-delivery.ts";
import { dropDeliveries } from "./store.ts";
import { channelMigration, channelTables } from "./tables.ts";

export { type Adapters, createAdapters } from "./adapters/index.ts";
export { createChannel, findChannel, type OpenChannel, openChannels } from "./channels.ts";
export { type LookUpOutcome, type SendOutcome, Unreadable } from "./ports.ts";
export { bindWebhooks, webhookPath } from "./webhooks.ts";

/** What a provider brought can be looked at, and replayed, for so long. */
const deliveryRetentionMs = 30 * 24 * 60 * 60 * 1000;

/** Channels and what providers brought. */
export function createChannels(parts: Pick<ReceiveParts, "adapters" | "log">): ModuleManifest {
  return {
    name: "channels",
    tables: channelTables,
    migrations: [channelMigration],
    routes: [
      route(operations.listChannels, async (context, { propertyId }) => ({
        items: await listChannels(context, parts.adapters, propertyId),
      })),
      route(operations.listDeliveries, listDeliveries),
      route(operations.replayDelivery, createReplayDelivery(parts)),
    ],
    jobs: [processDeliveryJob(parts)],
    tidy: async (scope) => {
      const before = scope.now() - deliveryRetentionMs;
      await scope.transact((unit) => unit.db.run(dropDeliveries, { before }));
    },
  };
}
