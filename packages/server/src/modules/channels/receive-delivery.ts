import { FIELD } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { OpenScope, Scope, Unit } from "../../platform/scope/index.ts";
import type { OpenChannel } from "./channels.ts";
import { sealDelivery } from "./kept-delivery.ts";
import type { KnownChannels } from "./known-channels.ts";
import type { ChannelAdapter, RawDelivery } from "./ports.ts";
import { type Processed, type ProcessParts, process, understand } from "./process-delivery.ts";
import { deliveryKeyOf, isWorthRetrying } from "./rules.ts";
import * as statements from "./store.ts";
import type { DeliveryRow } from "./tables.ts";

export interface ReceiveParts extends ProcessParts {
  readonly knownChannels: KnownChannels;
  readonly openScope: OpenScope;
}

const firstRetryMs = 5_000;

/**
 * Takes what a provider brought. When this resolves, the delivery is on disk: the provider may be
 * told so, in the words that it reads. A delivery that came before is recognized and changes
 * nothing. What became of our messages is heard even of a channel that has ended.
 *
 * @throws Refusal `resource.not_found` for an unknown key, `delivery.not_signed` for a wrong or
 *   missing signature: nothing of those is stored
 */
export async function receiveDelivery(
  parts: ReceiveParts,
  channelKey: string,
  raw: RawDelivery,
): Promise<ChannelAdapter["answer"]> {
  const known = await parts.knownChannels.find(channelKey);
  if (!known) throw notFound();
  const { channel } = known;
  if (!channel.isActive && raw.kind === "inbound") throw notFound();
  const scope = await parts.openScope(known.tenantId);
  const adapter = parts.adapters[channel.kind];
  if (!adapter.isGenuine(channel.settings, raw, scope.now())) {
    throw new Refusal("delivery.not_signed");
  }
  await store(parts, scope, channel, raw);
  return adapter.answer;
}

async function store(
  parts: ReceiveParts,
  scope: Scope,
  channel: OpenChannel,
  raw: RawDelivery,
): Promise<void> {
  const understood = understand(parts.adapters, channel, raw);
  const isNothing = typeof understood !== "string" && understood.kind === "nothing";
  const key = deliveryKeyOf(raw, understood);
  const id = scope.mint<"delivery">();
  const sealedBody = sealDelivery(scope.cipher, id, raw);
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
      state: isNothing ? "ignored" : "processed",
      failure: null,
      attempts: 1,
      received_at: unit.now,
      processed_at: unit.now,
    };
    const isNew = await unit.db.insert(statements.insertDelivery, row);
    if (!isNew) return;
    const { received_at } = row;
    const processed = await process(parts, unit, channel, { understood, received_at });
    const isAsWritten = processed.state === row.state && processed.failure === row.failure;
    if (!isAsWritten) await conclude(unit, row, processed);
  });
}

/** Writes down what became of it; what may yet succeed is tried again by a job. */
async function conclude(
  unit: Unit,
  { id, property_id: propertyId, attempts }: Omit<DeliveryRow, "tenant_id">,
  { state, failure }: Processed,
): Promise<void> {
  const processedAt = state === "failed" ? null : unit.now;
  const outcome = { id, state, failure, attempts, processed_at: processedAt };
  await unit.db.run(statements.concludeDelivery, outcome);
  if (state !== "failed" || !isWorthRetrying(failure)) return;
  const dueAt = unit.now + firstRetryMs;
  unit.schedule({ kind: "delivery.process", propertyId, subjectId: id, dueAt });
}
