import type { PropertyId } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { Refusal } from "../../platform/refusal.ts";
import { listProperties } from "../tenancy/index.ts";
import { type NormalizedAddress, normalizeAddress } from "./address.ts";

interface Typed {
  readonly kind: "phone" | "email";
  readonly value: string;
}

const issues = {
  phone: "must be a number that can exist: with its country, +1 312 …, or as dialled here",
  email: "must be an e-mail",
} as const;

/**
 * Brings an address that somebody typed at a property into its one form: a number without a
 * country is one of the property's.
 *
 * @throws Refusal `contact.address_invalid` for one that cannot exist
 */
export async function normalized(
  context: Context,
  propertyId: PropertyId,
  typed: Typed,
  field: string,
): Promise<NormalizedAddress> {
  const [address] = await normalizedAll(context, propertyId, [{ typed, field }]);
  if (!address) throw new Error("An address was normalized to nothing");
  return address;
}

/** The same for several; the same address twice counts once. */
export async function normalizedAll(
  context: Context,
  propertyId: PropertyId,
  all: readonly { readonly typed: Typed; readonly field: string }[],
): Promise<NormalizedAddress[]> {
  if (all.length === 0) return [];
  const here = (await listProperties(context)).find(({ id }) => id === propertyId);
  const unique = new Map<string, NormalizedAddress>();
  for (const { typed, field } of all) {
    const address = normalizeAddress(typed, here?.country);
    if (!address) {
      throw new Refusal("contact.address_invalid", {
        issues: [{ field, issue: issues[typed.kind] }],
      });
    }
    unique.set(`${address.kind} ${address.value}`, address);
  }
  return [...unique.values()];
}
