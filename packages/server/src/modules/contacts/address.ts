import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { z } from "zod";

/** An address in the one form in which it is compared: E.164, or an e-mail in lower case. */
export interface NormalizedAddress {
  readonly kind: "phone" | "email";
  readonly value: string;
}

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
  const number = parsePhoneNumberFromString(written, {
    ...(country ? { defaultCountry: country as CountryCode } : {}),
    extract: false,
  });
  return number?.isPossible() ? { kind: "phone", value: number.number } : undefined;
}

/** An address as people write it: a number in its country's international form. */
export function formatAddress(address: NormalizedAddress): string {
  if (address.kind === "email") return address.value;
  return parsePhoneNumberFromString(address.value)?.formatInternational() ?? address.value;
}
