import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { z } from "zod";
import { BoundedCache } from "../../platform/bounded-cache.ts";

/** An address in the one form in which it is compared: E.164, or an e-mail in lower case. */
export interface NormalizedAddress {
  readonly kind: "phone" | "email";
  readonly value: string;
}

/**
 * A guest texts more than once, and taking a number apart costs as much as sealing what they say.
 * Pure, so it is the same for every tenant.
 */
const numbersKnown = new BoundedCache<string, string | null>(4_096);

const email = z.email().max(254);

/**
 * Brings an address that somebody typed into its one form; undefined for one that cannot exist.
 * A number without a country is read as one of the given country (ISO 3166-1 alpha-2).
 */
export function normalizeAddress(
  typed: { readonly kind: "phone" | "email"; readonly value: string },
  country: string | undefined,
): NormalizedAddress | undefined {
  const written = typed.value.trim().normalize("NFKC");
  if (typed.kind === "email") {
    const value = written.toLowerCase();
    return email.safeParse(value).success ? { kind: "email", value } : undefined;
  }
  const value = numbersKnown.get(`${country} ${written}`, () => e164Of(written, country));
  return value === null ? undefined : { kind: "phone", value };
}

function e164Of(written: string, country: string | undefined): string | null {
  const number = parsePhoneNumberFromString(written, {
    ...(country ? { defaultCountry: country as CountryCode } : {}),
    extract: false,
  });
  return number?.isPossible() ? number.number : null;
}

/** An address as people write it: a number in its country's international form. */
export function formatAddress(address: NormalizedAddress): string {
  if (address.kind === "email") return address.value;
  return parsePhoneNumberFromString(address.value)?.formatInternational() ?? address.value;
}
