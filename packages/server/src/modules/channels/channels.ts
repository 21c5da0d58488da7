import type { AgentId, Channel, ChannelId, PropertyId } from "@foyer/contract";
import { z } from "zod";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import { formatAddress } from "../contacts/index.ts";
import type { Directory } from "../directory/index.ts";
import { assertGenuine, macOf } from "../tenancy/index.ts";
import type { Adapters } from "./adapters/index.ts";
import type { ChannelKind, ChannelSettings } from "./ports.ts";
import { replyChannelOf } from "./rules.ts";
import * as statements from "./store.ts";
import type { ChannelRow } from "./tables.ts";

const settingsSchema = z.looseObject({ address: z.string(), channelKey: z.string() });

interface Reading {
  readonly read: TenantReader;
  readonly cipher: TenantCipher;
}

/** A channel with its settings open: never leaves the server. */
export interface OpenChannel {
  readonly id: ChannelId;
  readonly propertyId: PropertyId;
  readonly kind: ChannelKind;
  readonly settings: ChannelSettings;
  readonly isActive: boolean;
  readonly version: number;
}

interface NewChannel {
  readonly id?: ChannelId;
  readonly propertyId: PropertyId;
  readonly kind: ChannelKind;
  /** The property's address in its one form, and what the adapter needs beside it. */
  readonly settings: { readonly address: string; readonly [name: string]: unknown };
  /** The secret part of the address that its provider calls: it leads to the tenant. */
  readonly channelKey: string;
  /** Who connects it; the house itself unless given. */
  readonly agentId?: AgentId;
}

/**
 * Makes a channel. Its key is stored as a digest, by which it is found, and sealed with the
 * settings, so that its address can be shown again.
 *
 * @throws Refusal `channel.address_taken`, `entry.id_taken`
 */
export async function createChannel(
  unit: Unit,
  directory: Directory,
  given: NewChannel,
): Promise<ChannelId> {
  const id = given.id ?? unit.mint<"channel">();
  const settings = { ...given.settings, channelKey: given.channelKey };
  const row = {
    id,
    property_id: given.propertyId,
    kind: given.kind,
    address_index: unit.cipher.index(FIELD.channelAddressIndex, settings.address),
    settings: unit.cipher.sealJson(FIELD.channelSettings, id, settings),
    created_at: unit.now,
    ended_at: null,
    version: 1,
  };
  const mac = macOf(unit.cipher, TABLE.channel, row.version, row);
  if (!(await unit.db.insert(statements.insertChannel, { ...row, mac }))) {
    const isIdTaken = await unit.db.first(statements.channelById, { id });
    throw new Refusal(isIdTaken ? "entry.id_taken" : "channel.address_taken");
  }
  await directory.add(unit, "channel_key", given.channelKey, id);
  unit.record({ act: "channel.created", agentId: given.agentId ?? null, subjectId: id });
  return id;
}

/** A channel by its id; undefined where the tenant has none such. */
export async function findChannel(
  { read, cipher }: Reading,
  id: ChannelId,
): Promise<OpenChannel | undefined> {
  const row = await read.first(statements.channelById, { id });
  return row && openChannel(cipher, row);
}

export function openChannel(cipher: TenantCipher, row: ChannelRow): OpenChannel {
  assertGenuine(cipher, TABLE.channel, row.version, row);
  return {
    id: row.id,
    propertyId: row.property_id,
    kind: row.kind,
    settings: cipher.openJson(FIELD.channelSettings, row.id, row.settings, settingsSchema),
    isActive: row.ended_at === null,
    version: row.version,
  };
}

/** The channels of a property with their settings open, oldest first. */
export async function openChannels(
  { read, cipher }: Reading,
  propertyId: PropertyId,
): Promise<OpenChannel[]> {
  const rows = await read.all(statements.channelsOfProperty, { propertyId });
  return rows.map((row) => openChannel(cipher, row));
}

/**
 * The channel by which a guest is answered who wrote on the given one: that one, or where it has
 * ended the one that stands in for it. One that is not active means that there is none; undefined,
 * that the tenant has no such channel.
 */
export async function channelForReply(
  reading: Reading,
  propertyId: PropertyId,
  channelId: ChannelId,
): Promise<OpenChannel | undefined> {
  const channel = await findChannel(reading, channelId);
  if (!channel || channel.isActive) return channel;
  return replyChannelOf(channel, await openChannels(reading, propertyId));
}

/** The channels of a property, as agents see them. */
export async function listChannels(
  reading: Reading,
  adapters: Adapters,
  propertyId: PropertyId,
): Promise<Channel[]> {
  const channels = await openChannels(reading, propertyId);
  return channels.map((channel) => presentChannel(adapters, channel));
}

/** A channel as agents see it: nothing that was told us as a secret. */
export function presentChannel(adapters: Adapters, channel: OpenChannel): Channel {
  const { id, kind, settings, isActive } = channel;
  const { medium, addressKind, ...capabilities } = adapters[kind].capabilities;
  const { address } = settings;
  const formatted = formatAddress({ kind: addressKind, value: address });
  return { id, kind, medium, address, formatted, isActive, capabilities };
}
