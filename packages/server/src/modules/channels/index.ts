import { operations } from "@foyer/contract";
import { route } from "../../platform/access/index.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import type { Directory } from "../directory/index.ts";
import { createGetChannelSettings, type SettingsParts } from "./channel-settings.ts";
import { listChannels } from "./channels.ts";
import { createConnectChannel } from "./connect-channel.ts";
import { createEndChannel, createUpdateChannel } from "./edit-channel.ts";
import { listDeliveries } from "./list-deliveries.ts";
import type { ReceiveParts } from "./receive-delivery.ts";
import { createReplayDelivery, processDeliveryJob } from "./replay-delivery.ts";
import { dropDeliveries, dropTests } from "./store.ts";
import { channelMigration, channelTables } from "./tables.ts";
import { createTestChannel } from "./test-channel.ts";

export { type Adapters, createAdapters } from "./adapters/index.ts";
export {
  channelForReply,
  createChannel,
  findChannel,
  type OpenChannel,
  openChannels,
} from "./channels.ts";
export { consentWordOf } from "./consent-word.ts";
export { createKnownChannels } from "./known-channels.ts";
export { type LookUpOutcome, type SendOutcome, Unreadable } from "./ports.ts";
export { webhookPath } from "./webhook-path.ts";
export { bindWebhooks } from "./webhooks.ts";

/** What a provider brought can be looked at, and replayed, for so long. */
const deliveryRetentionMs = 30 * 24 * 60 * 60 * 1000;
/** Reports about a test come for so long, at most. */
const testRetentionMs = 7 * 24 * 60 * 60 * 1000;

export type ChannelParts = SettingsParts &
  Pick<ReceiveParts, "log"> & { readonly directory: Directory };

/** Channels and what providers brought. */
export function createChannels(parts: ChannelParts): ModuleManifest {
  return {
    name: "channels",
    tables: channelTables,
    migrations: [channelMigration],
    routes: [
      route(operations.listChannels, async (context, { propertyId }) => ({
        items: await listChannels(context, parts.adapters, propertyId),
      })),
      route(operations.getChannelSettings, createGetChannelSettings(parts)),
      route(operations.createChannel, createConnectChannel(parts)),
      route(operations.updateChannel, createUpdateChannel(parts)),
      route(operations.endChannel, createEndChannel(parts)),
      route(operations.testChannel, createTestChannel(parts)),
      route(operations.listDeliveries, listDeliveries),
      route(operations.replayDelivery, createReplayDelivery(parts)),
    ],
    jobs: [processDeliveryJob(parts)],
    tidy: async (scope) => {
      const now = scope.now();
      await scope.transact(async (unit) => {
        await unit.db.run(dropDeliveries, { before: now - deliveryRetentionMs });
        await unit.db.run(dropTests, { before: now - testRetentionMs });
      });
    },
  };
}
