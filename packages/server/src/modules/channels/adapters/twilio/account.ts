import { z } from "zod";
import type { ChannelSettings } from "../../ports.ts";

/** What a Twilio channel seals. */
const accountSchema = z.looseObject({
  /** The property's number: E.164. */
  address: z.string(),
  channelKey: z.string(),
  accountSid: z.string(),
  authToken: z.string(),
  /** The token before this one, which the provider may sign with until it is told of the new. */
  previousAuthToken: z.string().nullish(),
  /** Integer ms. */
  previousUntil: z.int().nullish(),
});

export type TwilioAccount = z.output<typeof accountSchema>;

/** How long the token before still opens the webhook: as long as a change over there may take. */
const previousTokenMs = 60 * 60_000;

/** @throws ZodError for the settings of another kind of channel: a mistake of ours */
export function accountOf(settings: ChannelSettings): TwilioAccount {
  return accountSchema.parse(settings);
}

/** HTTP Basic (RFC 7617): the account's id is the name, its token the password. */
export function authorizationOf({ accountSid, authToken }: TwilioAccount): string {
  return `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
}

/**
 * An account with another id, another token or both. The token that was there still opens the
 * webhook for a while, for the same account: over there the new one takes its place only when
 * somebody says so.
 */
export function changeAccount(
  settings: ChannelSettings,
  change: { readonly accountSid?: string | undefined; readonly authToken?: string | undefined },
  now: number,
): TwilioAccount {
  const before = accountOf(settings);
  const accountSid = change.accountSid ?? before.accountSid;
  const authToken = change.authToken ?? before.authToken;
  const account = { ...before, accountSid, authToken };
  if (accountSid !== before.accountSid) {
    return { ...account, previousAuthToken: null, previousUntil: null };
  }
  if (authToken === before.authToken) return account;
  return {
    ...account,
    previousAuthToken: before.authToken,
    previousUntil: now + previousTokenMs,
  };
}
