import { z } from "zod";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { RawDelivery } from "./ports.ts";
import type { DeliveryRow } from "./tables.ts";

/** What stands before the bytes, as one line of JSON. */
const heading = z.object({ format: z.literal(1), url: z.string() });
const lineEnd = 0x0a;

/** Seals what is kept of a delivery: what an adapter must read to understand it once more. */
export function sealDelivery(
  cipher: TenantCipher,
  id: string,
  { url, body }: RawDelivery,
): Uint8Array {
  const line = Buffer.from(`${JSON.stringify({ format: 1, url })}\n`);
  return cipher.seal(FIELD.deliveryBody, id, Buffer.concat([line, body]));
}

/** The delivery as it came, but for its headers: they were for the signature. */
export function openDelivery(
  cipher: TenantCipher,
  { id, kind, body: sealed }: Pick<DeliveryRow, "id" | "kind" | "body">,
): RawDelivery {
  const bytes = cipher.open(FIELD.deliveryBody, id, sealed);
  const end = bytes.indexOf(lineEnd);
  const { url } = heading.parse(JSON.parse(Buffer.from(bytes.subarray(0, end)).toString()));
  return { kind, url, headers: {}, body: bytes.subarray(end + 1) };
}
