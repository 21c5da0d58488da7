import type { ChannelId } from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { describeError, type Log } from "../../platform/log.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { OpenScope, Scope, Unit } from "../../platform/scope/index.ts";
import { undoesTransaction } from "../../platform/store/index.ts";
import type { Directory } from "../directory/index.ts";
import type { Adapters } from "./adapters/index.ts";
import { findChannel, type OpenChannel } from "./channels.ts";
import { type DeliveryFailure, type RawDelivery, type Understood, Unreadable } from "./ports.ts";
import { deliveryKeyOf, noticeOf } from "./rules.ts";
import * as statements from "./store.ts";
import type { DeliveryRow } from "./tables.ts";

export interface ReceiveParts {
  readonly directory: Directory;
  readonly openScope: OpenScope;
  readonly adapters: Adapters;
  readonly log: Log;
}

/**
 * Takes what a provider brought. When this resolves, the delivery is on disk: the provider may be
 * told so. A delivery that came before is recognized and changes nothing.
 *
 * @throws Refusal `resource.not_found` for an unknown key, `delivery.not_signed` for a wrong or
 *   missing signature: nothing of those is stored
 */
export async function receiveDelivery(
  parts: ReceiveParts,
  channelKey: string,
  raw: RawDelivery,
): Promise<void> {
  const [hit] = await parts.directory.find("channel_key", channelKey);
  if (!hit) throw notFound();
  const scope = await parts.openScope(hit.tenantId);
  const channel = await findChannel(scope, hit.subjectId as ChannelId);
  if (!channel?.isActive) throw notFound();
  const adapter = parts.adapters[channel.kind];
  if (!adapter.isGenuine(channel.settings, raw, scope.now())) {
    throw new Refusal("delivery.not_signed");
  }
  await store(parts, scope, channel, raw);
}

async function store(
  parts: ReceiveParts,
  scope: Scope,
  channel: OpenChannel,
  raw: RawDelivery,
): Promise<void> {
  const understood = understand(parts.adapters, channel, raw);
  const key = deliveryKeyOf(raw, understood);
  const id = scope.mint<"delivery">();
  const sealedBody = scope.cipher.seal(FIELD.deliveryBody, id, raw.body);
  const providerIndex = scope.cipher.index(FIELD.deliveryProviderIdIndex, key);
  await scope.transact(async (unit) => {
    const row: Omit<DeliveryRow, "tenant_id"> = {
      id,
      channel_id: channel.id,
      property_id: channel.propertyId,
      kind: raw.kind,
      provider_index: providerIndex,
      body: sealedBody,
      body_bytes: raw.body.byteLength,
      state: "processed",
      failure: null,
      attempts: 1,
      received_at: unit.now,
      processed_at: unit.now,
    };
    const isNew = await unit.db.insert(statements.insertDelivery, row);
    if (!isNew) return;
    const failure = await process(parts, unit, channel, understood);
    if (failure) await keepAsFailed(unit, row, failure);
  });
}

/** Reads a delivery, or says why it cannot be read; a bug in an adapter loses nothing either. */
export function understand(
  adapters: Adapters,
  channel: OpenChannel,
  raw: RawDelivery,
): Understood | DeliveryFailure {
  try {
    return adapters[channel.kind].read(raw);
  } catch (error) {
    return error instanceof Unreadable ? error.failure : "processing_failed";
  }
}

/**
 * Does what a delivery asks for, behind a savepoint; returns why it could not. What it wrote
 * until then is undone, the delivery itself is not.
 */
export async function process(
  parts: Pick<ReceiveParts, "log" | "adapters">,
  unit: Unit,
  channel: OpenChannel,
  understood: Understood | DeliveryFailure,
): Promise<DeliveryFailure | undefined> {
  if (typeof understood === "string") return understood;
  if (understood.kind === "nothing") return undefined;
  const { addressKind } = parts.adapters[channel.kind].capabilities;
  const { error } = await unit.attempt(() =>
    unit.notify(noticeOf(channel, addressKind, understood, unit.now)),
  );
  if (error === undefined) return undefined;
  if (undoesTransaction(error)) throw error;
  if (error instanceof Unreadable) return error.failure;
  parts.log.error({ channel: channel.id, ...describeError(error) }, "delivery.not_processed");
  return "processing_failed";
}

async function keepAsFailed(
  unit: Unit,
  row: Omit<DeliveryRow, "tenant_id">,
  failure: DeliveryFailure,
): Promise<void> {
  const { id } = row;
  await unit.db.run(statements.concludeDelivery, {
    id,
    state: "failed",
    failure,
    attempts: row.attempts,
    processed_at: null,
  });
  unit.schedule({
    kind: "delivery.process",
    propertyId: row.property_id,
    subjectId: id,
    dueAt: unit.now + firstRetryMs,
  });
}

const firstRetryMs = 5_000;
