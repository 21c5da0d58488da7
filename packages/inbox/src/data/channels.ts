import type { ChannelId, PropertyId } from "@foyer/contract";
import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "./api.ts";
import { keys } from "./keys.ts";
import { queryClient } from "./query-client.ts";
import { readSettingsAnew } from "./setting-lists.ts";
import { mintUuidV7 } from "./uuid-v7.ts";

export type ChannelSettings = Answer<"getChannelSettings">;
export type TestOutcome = Answer<"testChannel">;

export interface TwilioAccount {
  readonly accountSid: string;
  /** Empty: the one that is stored stays. */
  readonly authToken: string;
}

/** How a channel is set up. What its provider brought last is news, so opening reads it. */
export function channelSettingsOptions(propertyId: PropertyId, channelId: ChannelId) {
  return queryOptions({
    queryKey: keys.channel(propertyId, channelId),
    queryFn: ({ signal }): Promise<ChannelSettings> =>
      call("getChannelSettings", { propertyId, channelId }, signal),
    staleTime: 0,
  });
}

/** Connects a number of a Twilio account. Throws what is refused. */
export async function connectTwilio(
  propertyId: PropertyId,
  address: string,
  account: TwilioAccount,
): Promise<ChannelId> {
  const channelId = mintUuidV7() as ChannelId;
  const input = { propertyId, channelId, kind: "twilio" as const, address, ...account };
  const settings = await call("createChannel", input);
  queryClient.setQueryData(keys.channel(propertyId, channelId), settings);
  readSettingsAnew(propertyId);
  return channelId;
}

/** Changes the account, unless somebody did since the version. Throws what is refused. */
export async function updateTwilio(
  propertyId: PropertyId,
  channelId: ChannelId,
  version: number,
  { accountSid, authToken }: TwilioAccount,
): Promise<ChannelSettings> {
  const token = authToken === "" ? {} : { authToken };
  const input = { propertyId, channelId, version, accountSid, ...token };
  const settings = await call("updateChannel", input);
  queryClient.setQueryData(keys.channel(propertyId, channelId), settings);
  readSettingsAnew(propertyId);
  return settings;
}

export async function endChannel(propertyId: PropertyId, channelId: ChannelId): Promise<void> {
  await call("endChannel", { propertyId, channelId });
  readSettingsAnew(propertyId);
}

/** Sends one text at once and says what came of it. Throws what is refused. */
export function testChannel(
  propertyId: PropertyId,
  channelId: ChannelId,
  to: string,
): Promise<TestOutcome> {
  return call("testChannel", { propertyId, channelId, to });
}
