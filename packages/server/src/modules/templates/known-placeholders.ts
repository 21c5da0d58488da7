import type { PropertyId } from "@foyer/contract";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import { fieldsOf } from "../contacts/index.ts";
import { builtInPlaceholders, placeholderOf } from "./placeholders.ts";

/** Every name that a text may have in braces at a property: the house's own, and its fields'. */
export async function knownPlaceholders(
  { read, cipher }: { readonly read: TenantReader; readonly cipher: TenantCipher },
  propertyId: PropertyId,
): Promise<ReadonlySet<string>> {
  const fields = await fieldsOf(read, cipher, propertyId);
  const own = fields.map(({ name }) => placeholderOf(name)).filter((name) => name !== "");
  return new Set([...builtInPlaceholders, ...own]);
}
