import type { Address, ContactId, OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import {
  findOrCreateContact,
  hydrateGuests,
  introduceContact,
  lockContact,
  type NormalizedAddress,
  normalized,
  recordConsent,
} from "../contacts/index.ts";

type Input = Pick<OperationParsed<(typeof operations)["start"]>, "propertyId" | "to" | "consent">;

/** Whom a first message goes to. */
export interface Recipient {
  readonly contactId: ContactId;
  readonly address: Address;
  readonly isBlocked: boolean;
}

/**
 * A typed address in its one form; undefined where a contact was chosen.
 *
 * @throws Refusal `contact.address_invalid` for one that cannot exist, or that the channel does
 *   not reach
 */
export async function normalizedRecipient(
  context: Context,
  { propertyId, to }: Input,
  reaches: Address["kind"],
): Promise<NormalizedAddress | undefined> {
  if (!("address" in to)) return undefined;
  if (to.address.kind !== reaches) throw new Refusal("contact.address_invalid");
  return normalized(context, propertyId, to.address, "to.address");
}

/**
 * The contact whom a first message goes to, locked: the one that was chosen, or whomever a typed
 * address belongs to; a new one where it belongs to nobody.
 *
 * @throws Refusal `resource.not_found` for an address that the contact never had
 */
export async function findRecipient(
  unit: Unit,
  { propertyId, to }: Input,
  typed: NormalizedAddress | undefined,
): Promise<Recipient> {
  const { contactId, addressId } =
    "contactId" in to ? to : await findOrCreateContact(unit, propertyId, typed ?? to.address);
  await lockContact(unit, contactId);
  const reading = { read: unit.db, cipher: unit.cipher };
  const guest = (await hydrateGuests(reading, propertyId, [contactId])).get(contactId);
  const address = guest?.contact.addresses.find(({ id }) => id === addressId);
  if (!guest || !address) throw notFound();
  return { contactId, address, isBlocked: guest.contact.blockedAt !== null };
}

/** Writes down what the sender said of the recipient: their name, and how they agreed. */
export async function noteOfRecipient(
  unit: Unit,
  { propertyId, to, consent: ground }: Input,
  { contactId, address }: Recipient,
  agentId: Context["caller"]["agentId"],
): Promise<void> {
  const about = { propertyId, contactId, agentId };
  if ("address" in to && to.name !== null)
    await introduceContact(unit, { ...about, name: to.name });
  if (address.consent.state !== "unknown" || ground === undefined) return;
  await recordConsent(unit, { ...about, addressId: address.id, state: "opted_in", ground });
}
