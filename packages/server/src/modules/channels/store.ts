import type { AgentId, ChannelId, DeliveryId, EntryId, PropertyId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { ChannelRow, ChannelTables, DeliveryRow } from "./tables.ts";

const statement = statementsFor<ChannelTables>();

type New<Row> = Omit<Row, "tenant_id">;

const channelsPerPropertyMax = 200;

export const insertChannel = statement<New<ChannelRow>>()("channel.insert", (sql, given) =>
  sql.insertInto("channel").values({
    tenant_id: given.tenant,
    id: given.id,
    property_id: given.property_id,
    kind: given.kind,
    address_index: given.address_index,
    settings: given.settings,
    created_at: given.created_at,
    ended_at: given.ended_at,
    version: given.version,
    mac: given.mac,
  }),
);

export const channelById = statement<{ id: ChannelId }>()("channel.byId", (sql, given) =>
  sql
    .selectFrom("channel")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

export const lockChannel = statement<{ id: ChannelId }>()("channel.lock", (sql, given, { lock }) =>
  lock(
    sql
      .selectFrom("channel")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id),
  ),
);

/** Under the row's lock: see `lockChannel`. */
export const saveChannel = statement<
  Pick<ChannelRow, "id" | "address_index" | "settings" | "ended_at" | "version" | "mac">
>()("channel.save", (sql, given) =>
  sql
    .updateTable("channel")
    .set({
      address_index: given.address_index,
      settings: given.settings,
      ended_at: given.ended_at,
      version: given.version,
      mac: given.mac,
    })
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

export const channelsOfProperty = statement<{ propertyId: PropertyId }>()(
  "channel.ofProperty",
  (sql, given) =>
    sql
      .selectFrom("channel")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .orderBy("created_at")
      .orderBy("id")
      .limit(channelsPerPropertyMax),
);

export const insertDelivery = statement<New<DeliveryRow>>()("delivery.insert", (sql, given) =>
  sql.insertInto("delivery").values({
    tenant_id: given.tenant,
    id: given.id,
    channel_id: given.channel_id,
    property_id: given.property_id,
    kind: given.kind,
    provider_index: given.provider_index,
    body: given.body,
    body_bytes: given.body_bytes,
    state: given.state,
    failure: given.failure,
    attempts: given.attempts,
    received_at: given.received_at,
    processed_at: given.processed_at,
  }),
);

export const deliveryById = statement<{ id: DeliveryId }>()(
  "delivery.byId",
  (sql, given, { lock }) =>
    lock(
      sql
        .selectFrom("delivery")
        .selectAll()
        .where("tenant_id", "=", given.tenant)
        .where("id", "=", given.id),
    ),
);

export const concludeDelivery = statement<
  Pick<DeliveryRow, "id" | "state" | "failure" | "attempts" | "processed_at">
>()("delivery.conclude", (sql, given) =>
  sql
    .updateTable("delivery")
    .set({
      state: given.state,
      failure: given.failure,
      processed_at: given.processed_at,
      attempts: given.attempts,
    })
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

/** What a channel's provider brought last. */
export const newestDelivery = statement<{ propertyId: PropertyId; channelId: ChannelId }>()(
  "delivery.newest",
  (sql, given) =>
    sql
      .selectFrom("delivery")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("channel_id", "=", given.channelId)
      .orderBy("received_at", "desc")
      .orderBy("id", "desc")
      .limit(1),
);

interface Page {
  readonly propertyId: PropertyId;
  readonly before: number;
  readonly beforeId: DeliveryId;
  readonly limit: number;
}

const page = (withState: boolean) =>
  statement<Page & { state: DeliveryRow["state"] }>()("delivery.page", (sql, given) => {
    const ofProperty = sql
      .selectFrom("delivery")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where((is) =>
        is.or([
          is("received_at", "<", given.before),
          is.and([is("received_at", "=", given.before), is("id", "<", given.beforeId)]),
        ]),
      );
    return (withState ? ofProperty.where("state", "=", given.state) : ofProperty)
      .orderBy("received_at", "desc")
      .orderBy("id", "desc")
      .limit(given.limit);
  });

/** Newest first. */
export const deliveryPage = page(false);
export const deliveryPageInState = page(true);

export const dropDeliveries = statement<{ before: number }>()("delivery.drop", (sql, given) =>
  sql
    .deleteFrom("delivery")
    .where("tenant_id", "=", given.tenant)
    .where("received_at", "<", given.before),
);

export const insertTest = statement<{
  id: EntryId;
  channelId: ChannelId;
  agentId: AgentId;
  now: number;
}>()("channelTest.insert", (sql, given) =>
  sql.insertInto("channel_test").values({
    tenant_id: given.tenant,
    id: given.id,
    channel_id: given.channelId,
    agent_id: given.agentId,
    created_at: given.now,
  }),
);

/** When a channel was tested lately, newest first. */
export const testsSince = statement<{ channelId: ChannelId; since: number; limit: number }>()(
  "channelTest.since",
  (sql, given) =>
    sql
      .selectFrom("channel_test")
      .select(["created_at"])
      .where("tenant_id", "=", given.tenant)
      .where("channel_id", "=", given.channelId)
      .where("created_at", ">", given.since)
      .orderBy("created_at", "desc")
      .limit(given.limit),
);

export const testById = statement<{ id: EntryId }>()("channelTest.byId", (sql, given) =>
  sql
    .selectFrom("channel_test")
    .select(["channel_id"])
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

export const dropTests = statement<{ before: number }>()("channelTest.drop", (sql, given) =>
  sql
    .deleteFrom("channel_test")
    .where("tenant_id", "=", given.tenant)
    .where("created_at", "<", given.before),
);
