import type { ChannelId, TenantId } from "@foyer/contract";
import type { Clock } from "../../platform/clock.ts";
import type { OpenScope } from "../../platform/scope/index.ts";
import type { Directory } from "../directory/index.ts";
import { findChannel, type OpenChannel } from "./channels.ts";

/**
 * So long is what was read of a channel believed. A crowd of texts then asks for it once; and a
 * channel that another process has disconnected takes texts in for at most so much longer.
 */
const believedMs = 1_000;
const channelsMax = 10_000;

/** A channel and whose it is. */
export interface KnownChannel {
  readonly tenantId: TenantId;
  readonly channel: OpenChannel;
}

/** The channels whose webhooks are being called, by the key in their address. */
export interface KnownChannels {
  /** Undefined for a key that leads to no channel. */
  find(channelKey: string): Promise<KnownChannel | undefined>;
  /** Reads a channel anew when it is asked for next: it was changed here. */
  forget(id: ChannelId): void;
}

export function createKnownChannels(parts: {
  readonly directory: Directory;
  readonly openScope: OpenScope;
  readonly clock: Clock;
}): KnownChannels {
  const known = new Map<string, KnownChannel & { readonly readAt: number }>();
  return {
    find: async (channelKey) => {
      const now = parts.clock.monotonic();
      const last = known.get(channelKey);
      if (last && now - last.readAt < believedMs) return last;
      known.delete(channelKey);
      const found = await read(parts, channelKey);
      if (found && known.size < channelsMax) known.set(channelKey, { ...found, readAt: now });
      return found;
    },
    forget: (id) => {
      for (const [key, { channel }] of known) if (channel.id === id) known.delete(key);
    },
  };
}

async function read(
  { directory, openScope }: Parameters<typeof createKnownChannels>[0],
  channelKey: string,
): Promise<KnownChannel | undefined> {
  const [hit] = await directory.find("channel_key", channelKey);
  if (!hit) return undefined;
  const { tenantId } = hit;
  const channel = await findChannel(await openScope(tenantId), hit.subjectId as ChannelId);
  return channel && { tenantId, channel };
}
