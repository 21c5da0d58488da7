import { z } from "zod";
import { idOf } from "../ids.ts";
import { instant } from "../instant.ts";
import { limits } from "../limits.ts";

const addressKind = z.enum(["phone", "email"]);

/** An address of a contact: an E.164 number or an e-mail. */
const address = z.object({
  id: idOf<"address">(),
  kind: addressKind,
  value: z.string(),
  /** The value as people write it, for example `(312) 555-0117`. */
  formatted: z.string(),
});
export type Address = z.output<typeof address>;

export const contact = z.object({
  id: idOf<"contact">(),
  /** Null: only an address is known. */
  name: z.string().nullable(),
  language: z.string().nullable(),
  addresses: z.array(address),
  createdAt: instant,
  version: z.int(),
});
export type Contact = z.output<typeof contact>;

/** An address as a person types it; the server normalizes it or says what is wrong. */
export const typedAddress = z.object({
  kind: addressKind,
  value: z.string().trim().min(1).max(limits.addressCharactersMax),
});
