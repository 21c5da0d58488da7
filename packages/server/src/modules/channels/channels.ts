import type { Channel, ChannelId, PropertyId } from "@foyer/contract";
import { z } from "zod";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { Unit } from "../../platform/scope/index.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import type { Directory } from "../directory/index.ts";
import { assertGenuine, macOf } from "../tenancy/index.ts";
import type { Adapters } from "./adapters/index.ts";
import type { ChannelKind, ChannelSettings } from "./ports.ts";
import * as statements from "./store.ts";
import type { ChannelRow } from "./tables.ts";

const settingsSchema = z.looseObject({ address: z.string() });

/** A channel with its settings open: never leaves the server. */
export interface OpenChannel {
  readonly id: ChannelId;
  readonly propertyId: PropertyId;
  readonly kind: ChannelKind;
  readonly settings: ChannelSettings;
  readonly isActive: boolean;
}

/**
 * Makes a channel. `channelKey` is the secret part of the address that its provider calls; it
 * leads to the tenant and is stored as a digest only.
 */
export async function createChannel(
  unit: Unit,
  directory: Directory,
  given: {
    readonly id?: ChannelId;
    readonly propertyId: PropertyId;
    readonly kind: ChannelKind;
    readonly settings: ChannelSettings;
    readonly channelKey: string;
  },
): Promise<ChannelId> {
  const id = given.id ?? unit.mint<"channel">();
  const row = {
    id,
    property_id: given.propertyId,
    kind: given.kind,
    settings: unit.cipher.sealJson(FIELD.channelSettings, id, given.settings),
    created_at: unit.now,
    ended_at: null,
    version: 1,
  };
  const mac = macOf(unit.cipher, TABLE.channel, row.version, row);
  await unit.db.run(statements.insertChannel, { ...row, mac });
  await directory.add(unit, "channel_key", given.channelKey, id);
  unit.record({ act: "channel.created", agentId: null, subjectId: id });
  return id;
}

/** A channel by its id; undefined where the tenant has none such. */
export async function findChannel(
  { read, cipher }: { readonly read: TenantReader; readonly cipher: TenantCipher },
  id: ChannelId,
): Promise<OpenChannel | undefined> {
  const row = await read.first(statements.channelById, { id });
  return row && openChannel(cipher, row);
}

function openChannel(cipher: TenantCipher, row: ChannelRow): OpenChannel {
  assertGenuine(cipher, TABLE.channel, row.version, row);
  return {
    id: row.id,
    propertyId: row.property_id,
    kind: row.kind,
    settings: cipher.openJson(FIELD.channelSettings, row.id, row.settings, settingsSchema),
    isActive: row.ended_at === null,
  };
}

/** The channels of a property with their settings open. */
export async function openChannels(
  { read, cipher }: { readonly read: TenantReader; readonly cipher: TenantCipher },
  propertyId: PropertyId,
): Promise<OpenChannel[]> {
  const rows = await read.all(statements.channelsOfProperty, { propertyId });
  return rows.map((row) => openChannel(cipher, row));
}

/** The channels of a property, as agents see them. */
export async function listChannels(
  { read, cipher }: { readonly read: TenantReader; readonly cipher: TenantCipher },
  adapters: Adapters,
  propertyId: PropertyId,
): Promise<Channel[]> {
  const channels = await openChannels({ read, cipher }, propertyId);
  return channels.map(({ id, kind, settings, isActive }) => {
    const { medium, textCharactersMax, hasSubject, windowMs, reportsRead } =
      adapters[kind].capabilities;
    const capabilities = { textCharactersMax, hasSubject, windowMs, reportsRead };
    return { id, kind, medium, address: settings.address, isActive, capabilities };
  });
}
