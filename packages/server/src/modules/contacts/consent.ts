import type {
  AddressId,
  AgentId,
  Consent,
  ConsentGround,
  ContactId,
  PropertyId,
} from "@foyer/contract";
import { writeInstant } from "@foyer/contract";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { Unit } from "../../platform/scope/index.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import { assertGenuine, macOf } from "../tenancy/index.ts";
import * as consents from "./consent-store.ts";
import { decideWord, isOwnStop } from "./rules.ts";
import * as statements from "./store.ts";
import type { AddressRow, ConsentRow, ContactRow } from "./tables.ts";
import { tellOf } from "./tell.ts";

interface Reading {
  readonly read: TenantReader;
  readonly cipher: TenantCipher;
}

/** Where a consent holds: one property may text one address. */
interface At {
  readonly propertyId: PropertyId;
  readonly contactId: ContactId;
  readonly addressId: AddressId;
}

/** What is said of a consent, by whom. */
export interface Said {
  readonly state: "opted_in" | "opted_out";
  readonly ground: ConsentGround;
  /** Null: the guest themselves. */
  readonly agentId: AgentId | null;
}

/** What decides whether an address may be texted. */
export interface Permission {
  readonly isBlocked: boolean;
  readonly isOptedOut: boolean;
  /** False once the address is no longer theirs: what is said would reach a stranger. */
  readonly isTheirs: boolean;
}

/** To whom a message goes. */
export interface Recipient extends Permission {
  /** As providers are told it. */
  readonly address: string;
}

/**
 * Whether an address may be texted now: asked in the moment of sending, and nothing else decides.
 *
 * @throws RowForged where somebody without the tenant's keys wrote the consent
 */
export async function mayText(
  { read, cipher }: Reading,
  propertyId: PropertyId,
  contactId: ContactId,
  addressId: AddressId,
): Promise<Permission> {
  const row = await read.first(statements.addressToText, { id: addressId, contactId, propertyId });
  if (!row) return { isBlocked: false, isOptedOut: false, isTheirs: false };
  return permissionOf(cipher, row, propertyId, addressId);
}

/**
 * The same, with the address itself; undefined for one that the contact never had.
 *
 * @throws RowForged as `mayText` does
 */
export async function openRecipient(
  { read, cipher }: Reading,
  { propertyId, contactId, addressId: id }: At,
): Promise<Recipient | undefined> {
  const row = await read.first(statements.addressToText, { id, contactId, propertyId });
  if (!row) return undefined;
  const address = cipher.openText(FIELD.contactAddress, id, row.value);
  return { address, ...permissionOf(cipher, row, propertyId, id) };
}

function permissionOf(
  cipher: TenantCipher,
  row: Joined & Pick<AddressRow, "ended_at"> & Pick<ContactRow, "blocked_at">,
  propertyId: PropertyId,
  addressId: AddressId,
): Permission {
  return {
    isBlocked: row.blocked_at !== null,
    isOptedOut: joinedConsent(cipher, row, propertyId, addressId)?.state === "opted_out",
    isTheirs: row.ended_at === null,
  };
}

/** Notes that a guest who wrote may be answered, where nothing is known. Tells nobody. */
export async function assumeConsent(unit: Unit, at: At): Promise<void> {
  const said = { state: "opted_in", ground: "guest_wrote", agentId: null } as const;
  await insert(unit, at, said);
}

/**
 * Takes a guest's own word: STOP or START. Takes the contact's lock and tells what changed, so
 * that whoever holds a conversation's lock has let it be until this is done.
 */
export async function recordGuestWord(
  unit: Unit,
  given: At & { readonly word: "stop" | "start" },
): Promise<void> {
  await unit.db.first(statements.lockContact, { id: given.contactId });
  const said = decideWord(await consentAt(unit, given), given.word);
  if (said) await writeConsent(unit, given, said);
}

/**
 * Writes down what is known of a consent from now on, and tells it where the state is another.
 * The contact's lock is held.
 */
export async function writeConsent(unit: Unit, at: At, said: Said): Promise<void> {
  const known = await consentAt(unit, at);
  const isNew = !known && (await insert(unit, at, said));
  // A guest who writes takes no contact's lock: what was not there may be by now.
  const before = known ?? (isNew ? undefined : await consentAt(unit, at));
  if (before) await replace(unit, before, said);
  await unit.db.run(statements.touchContact, { id: at.contactId });
  const { propertyId, contactId } = at;
  const about = { propertyId, contactId, agentId: said.agentId };
  await tellOf(unit, about, before?.state === said.state ? null : said.state);
}

/** What is known of a consent; undefined: nothing. */
export async function consentAt(
  unit: Unit,
  { propertyId, addressId }: At,
): Promise<ConsentRow | undefined> {
  const row = await unit.db.first(consents.consentOf, { propertyId, addressId });
  return row && genuine(unit.cipher, row);
}

/**
 * A STOP was texted from a number, and stands at every property until a START is: whoever has the
 * number next is not texted either. Nothing else that was said of it is said of them.
 */
export async function carryStops(unit: Unit, from: AddressId, to: AddressId): Promise<void> {
  for (const row of await unit.db.all(consents.consentsOfAddress, { addressId: from })) {
    const { mac: _, ...known } = genuine(unit.cipher, row);
    if (!isOwnStop(known)) continue;
    await unit.db.insert(consents.insertConsent, sealed(unit, { ...known, address_id: to }));
  }
}

/** A consent as it stands beside its address in a joined row; all null where there is none. */
type Joined = {
  readonly [Name in keyof Columns]: Columns[Name] | null;
};
type Columns = Omit<ConsentRow, "tenant_id" | "property_id" | "address_id">;

/** Takes a property's consent out of a joined row; undefined: nothing is known. */
export function joinedConsent(
  cipher: TenantCipher,
  row: Joined,
  propertyId: PropertyId,
  addressId: AddressId,
): Consented | undefined {
  const { state, ground, agent_id, at, revision, mac } = row;
  if (state === null || ground === null || at === null || revision === null || mac === null) {
    return undefined;
  }
  const columns = { state, ground, agent_id, at, revision, mac };
  return genuine(cipher, { property_id: propertyId, address_id: addressId, ...columns });
}

/** A consent in the contract's shape. */
export function presentConsent(known: Consented | undefined): Consent {
  if (!known) return { state: "unknown", ground: null, agentId: null, at: null };
  const { state, ground, agent_id: agentId, at } = known;
  return { state, ground, agentId, at: writeInstant(at) };
}

type Consented = Omit<ConsentRow, "tenant_id">;

function genuine<Row extends Consented>(cipher: TenantCipher, row: Row): Row {
  return assertGenuine(cipher, TABLE.consent, row.revision, row);
}

async function insert(unit: Unit, at: At, said: Said): Promise<boolean> {
  const row = {
    property_id: at.propertyId,
    address_id: at.addressId,
    state: said.state,
    ground: said.ground,
    agent_id: said.agentId,
    at: unit.now,
    revision: 1,
  };
  return unit.db.insert(consents.insertConsent, sealed(unit, row));
}

async function replace(unit: Unit, before: ConsentRow, said: Said): Promise<void> {
  const { state, ground, agentId: agent_id } = said;
  const after = { ...before, state, ground, agent_id, at: unit.now };
  const { mac } = sealed(unit, { ...after, revision: before.revision + 1 });
  const changed = await unit.db.run(consents.updateConsent, { ...after, mac });
  if (changed === 0) throw new Error("A consent changed under its contact's lock");
}

type Unsealed = Omit<ConsentRow, "tenant_id" | "mac">;

function sealed(unit: Unit, row: Unsealed): Omit<ConsentRow, "tenant_id"> {
  const { property_id, address_id, state, ground, agent_id, at, revision } = row;
  const columns = { property_id, address_id, state, ground, agent_id, at, revision };
  return { ...columns, mac: macOf(unit.cipher, TABLE.consent, revision, columns) };
}
