import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { ChannelSettings, RawDelivery } from "../../ports.ts";
import { accountOf, type TwilioAccount } from "./account.ts";
import { bodyDigestOf, decodeForm, valuesByName } from "./parameters.ts";

/**
 * Checks `X-Twilio-Signature`: base64 of HMAC-SHA1 under the account's auth token, over the called
 * URL and behind it every parameter of the form, sorted by name, name and value side by side. A
 * body that is no form is covered by its SHA-256 in the URL instead (Twilio, "Webhooks security").
 *
 * The signature holds no time, so it can be replayed by who saw it: a delivery that comes again is
 * recognized by the message's id.
 */
export function isGenuine(settings: ChannelSettings, delivery: RawDelivery, now: number): boolean {
  const given = delivery.headers["x-twilio-signature"] ?? "";
  const signed = signedTextOf(delivery);
  if (given === "" || signed === undefined) return false;
  let isSigned = false;
  // Each is compared, so that how long it takes says nothing about which one fits.
  for (const token of tokensOf(accountOf(settings), now)) {
    for (const url of spellingsOf(delivery.url)) {
      const expected = createHmac("sha1", token).update(url).update(signed).digest("base64");
      if (isSame(given, expected)) isSigned = true;
    }
  }
  return isSigned;
}

/** What stands behind the URL under the signature; undefined where the body cannot be under it. */
function signedTextOf({ url, body }: RawDelivery): string | undefined {
  const digest = bodyDigestOf(url);
  if (digest !== null) {
    return isSame(digest, createHash("sha256").update(body).digest("hex")) ? "" : undefined;
  }
  const form = decodeForm(body);
  if (!form) return undefined;
  const given = valuesByName(form);
  return [...given.keys()]
    .sort()
    .flatMap((name) => [...new Set(given.get(name))].sort().map((value) => name + value))
    .join("");
}

function tokensOf(account: TwilioAccount, now: number): string[] {
  const { authToken, previousAuthToken, previousUntil } = account;
  const isPreviousHeld = previousAuthToken && now < (previousUntil ?? 0);
  return isPreviousHeld ? [authToken, previousAuthToken] : [authToken];
}

/**
 * The spellings of one address that the provider is known to sign: with its port and without. A
 * fragment holds settings of the webhook and never travels.
 */
function spellingsOf(url: string): readonly [string, string] {
  const [called = ""] = url.split("#", 1);
  const [, scheme = "", host = "", port, rest = ""] =
    /^(https?:\/\/)([^/?:[\]]+|\[[^\]]*\])(:\d+)?(.*)$/s.exec(called) ?? [];
  const standardPort = scheme === "https://" ? ":443" : ":80";
  return [`${scheme}${host}${rest}`, `${scheme}${host}${port ?? standardPort}${rest}`];
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
