import type { RawDelivery } from "./ports.ts";

/** What a provider calls, with the channel's key in the path. */
export const webhookPath = (channelKey: string, kind: RawDelivery["kind"]) =>
  `/services/channels/${channelKey}/${kind}`;
