import type {
  AgentId,
  ChannelId,
  DeliveryId,
  EntryId,
  PropertyId,
  TenantId,
} from "@foyer/contract";
import {
  digest,
  id,
  instant,
  integer,
  nullable,
  type RowOf,
  sealed,
  table,
  word,
} from "../../platform/store/index.ts";
import type { ChannelKind } from "./ports.ts";

/** A channel's row says whose key signs and who may send: it carries a MAC. */
export const channel = table(
  "channel",
  {
    tenant_id: id<TenantId>(),
    id: id<ChannelId>(),
    property_id: id<PropertyId>(),
    kind: word<ChannelKind>(),
    /**
     * The blind index of the address: a tenant has one channel in use for each. Null once it has
     * ended. Whether another tenant has the same address is nobody's to know.
     */
    address_index: nullable(digest()),
    /** Sealed: the address, and what the adapter needs to speak with the provider. */
    settings: sealed(),
    created_at: instant(),
    ended_at: nullable(instant()),
    version: integer(),
    mac: digest(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    unique: [["tenant_id", "address_index"]],
    indexes: [["tenant_id", "property_id"]],
    references: [
      { columns: ["tenant_id", "property_id"], table: "property", to: ["tenant_id", "id"] },
    ],
  },
);

export const delivery = table(
  "delivery",
  {
    tenant_id: id<TenantId>(),
    id: id<DeliveryId>(),
    channel_id: id<ChannelId>(),
    property_id: id<PropertyId>(),
    kind: word<"inbound" | "status">(),
    /** The blind index of the provider's id: what makes a redelivery recognizable. */
    provider_index: digest(),
    /** Sealed: the address that was called and the raw bytes, as they came. */
    body: sealed(),
    body_bytes: integer(),
    state: word<"received" | "processed" | "ignored" | "failed">(),
    failure: nullable(word<string>()),
    attempts: integer(),
    received_at: instant(),
    processed_at: nullable(instant()),
  },
  {
    primaryKey: ["tenant_id", "id"],
    unique: [["tenant_id", "channel_id", "provider_index"]],
    indexes: [["tenant_id", "property_id", "received_at"]],
    references: [
      { columns: ["tenant_id", "channel_id"], table: "channel", to: ["tenant_id", "id"] },
    ],
  },
);

/** A text that somebody sent to a number of their own, to see whether a channel works. */
export const channelTest = table(
  "channel_test",
  {
    tenant_id: id<TenantId>(),
    /** What its provider was given as our id of the message. */
    id: id<EntryId>(),
    channel_id: id<ChannelId>(),
    agent_id: id<AgentId>(),
    created_at: instant(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    indexes: [["tenant_id", "channel_id", "created_at"]],
    references: [
      { columns: ["tenant_id", "channel_id"], table: "channel", to: ["tenant_id", "id"] },
    ],
  },
);

export interface ChannelTables {
  channel: RowOf<typeof channel>;
  delivery: RowOf<typeof delivery>;
  channel_test: RowOf<typeof channelTest>;
}
export type ChannelRow = RowOf<typeof channel>;
export type DeliveryRow = RowOf<typeof delivery>;

export const channelTables = [channel, delivery, channelTest];
export const channelMigration = { name: "channels-0001", tables: channelTables };
