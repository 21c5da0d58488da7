import type { ChannelId, OperationOutput, operations, PropertyId } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound } from "../../platform/refusal.ts";
import type { Adapters } from "./adapters/index.ts";
import { findChannel, type OpenChannel, presentChannel } from "./channels.ts";
import type { KnownChannels } from "./known-channels.ts";
import { reachOf } from "./reach.ts";
import { presentDelivery } from "./replay-delivery.ts";
import * as statements from "./store.ts";
import { webhookPath } from "./webhook-path.ts";

export interface SettingsParts {
  readonly adapters: Adapters;
  /** The origin under which providers call us, as it was configured. */
  readonly publicOrigin: () => string;
  /** The origin of Twilio's API, as the operators set it. */
  readonly twilioApiUrl: string;
  readonly knownChannels: KnownChannels;
}

interface Named {
  readonly propertyId: PropertyId;
  readonly channelId: ChannelId;
}

/** How a channel is set up, and what its provider brought last. */
export function createGetChannelSettings(parts: SettingsParts) {
  return async (context: Context, input: Named) => {
    return describeChannel(parts, context, await reachChannel(context, input));
  };
}

/** @throws Refusal `resource.not_found` also for a channel of another property */
export async function reachChannel(context: Context, named: Named): Promise<OpenChannel> {
  const channel = await findChannel(context, named.channelId);
  if (channel?.propertyId !== named.propertyId) throw notFound();
  return channel;
}

/** What the settings page shows of a channel: of its secrets the addresses to call, no more. */
export async function describeChannel(
  { adapters, publicOrigin, twilioApiUrl }: SettingsParts,
  { read }: Pick<Context, "read">,
  channel: OpenChannel,
): Promise<OperationOutput<(typeof operations)["getChannelSettings"]>> {
  const { id: channelId, propertyId, kind, settings, version } = channel;
  const { channelKey, ["accountSid"]: accountSid } = settings;
  const last = await read.first(statements.newestDelivery, { propertyId, channelId });
  const origin = publicOrigin();
  const isTwilio = kind === "twilio";
  return {
    channel: presentChannel(adapters, channel),
    inboundUrl: origin + webhookPath(channelKey, "inbound"),
    statusUrl: origin + webhookPath(channelKey, "status"),
    reach: reachOf(origin),
    accountSid: isTwilio && typeof accountSid === "string" ? accountSid : null,
    apiBaseUrl: isTwilio ? twilioApiUrl : null,
    lastDelivery: last ? presentDelivery(last) : null,
    version,
  };
}
