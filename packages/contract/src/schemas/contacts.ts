import { z } from "zod";
import { idOf } from "../ids.ts";
import { instant } from "../instant.ts";
import { limits } from "../limits.ts";

const addressKind = z.enum(["phone", "email"]);

/** How a guest agreed to be texted. `guest_wrote` is the house's own finding, never an agent's. */
export const consentGround = z.enum([
  "guest_wrote",
  "asked_in_person",
  "booking_form",
  "asked_by_phone",
  "keyword",
]);
export type ConsentGround = z.output<typeof consentGround>;

/** Whether a guest may be texted at an address by one property. */
const consent = z.object({
  state: z.enum(["unknown", "opted_in", "opted_out"]),
  ground: consentGround.nullable(),
  /** Null: the guest themselves, by writing or by a keyword. */
  agentId: idOf<"agent">().nullable(),
  at: instant.nullable(),
});
export type Consent = z.output<typeof consent>;

/**
 * An address of a contact: an E.164 number or an e-mail, and the time in which it was theirs.
 * Numbers are recycled and shared: an address belongs to one contact at a time.
 */
const address = z.object({
  id: idOf<"address">(),
  kind: addressKind,
  value: z.string(),
  /** The value as people write it, for example `(312) 555-0117`. */
  formatted: z.string(),
  since: instant,
  /** Null: it is theirs now. */
  until: instant.nullable(),
  consent,
});
export type Address = z.output<typeof address>;

/** A date of a stay, in the property's own calendar: `2026-11-24`. */
export const localDate = z.iso.date();

/** What a custom field holds. A date is a local date; a choice is one of the field's options. */
export const fieldValue = z.union([
  z.string().trim().min(1).max(limits.fieldTextCharactersMax),
  z.number(),
  z.boolean(),
]);
export type FieldValue = z.output<typeof fieldValue>;

/** A guest as one property knows them: labels, fields and consent are that property's own. */
export const contact = z.object({
  id: idOf<"contact">(),
  /** Null: only an address is known. */
  name: z.string().nullable(),
  /** A BCP 47 language tag, for example `de` or `pt-BR`. */
  language: z.string().nullable(),
  /** Theirs now, then those that were theirs. */
  addresses: z.array(address),
  labelIds: z.array(idOf<"label">()),
  fields: z.array(z.object({ fieldId: idOf<"field">(), value: fieldValue })),
  /** Blocked by staff: what they write is kept, and nobody waits. */
  blockedAt: instant.nullable(),
  createdAt: instant,
  version: z.int(),
});
export type Contact = z.output<typeof contact>;

/** An address as a person types it; the server normalizes it or says what is wrong. */
export const typedAddress = z.object({
  kind: addressKind,
  value: z.string().trim().min(1).max(limits.addressCharactersMax),
});
