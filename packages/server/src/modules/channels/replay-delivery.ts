import {
  type Delivery,
  type DeliveryId,
  type OperationParsed,
  type operations,
  writeInstant,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import type { JobHandler } from "../../platform/jobs/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { findChannel } from "./channels.ts";
import { process, type ReceiveParts, understand } from "./receive-delivery.ts";
import * as statements from "./store.ts";
import type { DeliveryRow } from "./tables.ts";

type Parts = Pick<ReceiveParts, "adapters" | "log">;

/** Tries by itself; after that a person decides. */
const attemptsMax = 8;

/** Processes a delivery again that was received and not processed. */
export function createReplayDelivery(parts: Parts) {
  return async (
    context: Context,
    input: OperationParsed<(typeof operations)["replayDelivery"]>,
  ) => {
    const known = await context.read.first(statements.deliveryById, { id: input.deliveryId });
    if (!known) throw notFound();
    context.reach(known.property_id);
    if (known.state !== "failed") throw new Refusal("delivery.not_replayable");
    await processAgain(parts, context, input.deliveryId);
    const row = await context.read.first(statements.deliveryById, { id: input.deliveryId });
    if (!row) throw notFound();
    return { delivery: presentDelivery(row) };
  };
}

/** The job that tries failed deliveries again, a bounded number of times. */
export function processDeliveryJob(parts: Parts): JobHandler {
  return {
    kind: "delivery.process",
    run: async (scope, job) => {
      const row = await processAgain(parts, scope, job.subject_id as DeliveryId);
      const isOver = row?.state !== "failed" || row.attempts >= attemptsMax;
      return { kind: isOver ? "done" : "again" };
    },
  };
}

/** One more attempt, under the delivery's lock; returns the row as it is then. */
async function processAgain(
  parts: Parts,
  scope: Scope,
  id: DeliveryId,
): Promise<DeliveryRow | undefined> {
  const known = await scope.read.first(statements.deliveryById, { id });
  const channel = known && (await findChannel(scope, known.channel_id));
  if (!channel) return undefined;
  const body = scope.cipher.open(FIELD.deliveryBody, id, known.body);
  const understood = understand(parts.adapters, channel, { kind: known.kind, headers: {}, body });
  return scope.transact(async (unit) => {
    const row = await unit.db.first(statements.deliveryById, { id });
    if (row?.state !== "failed") return row;
    const failure = await process(parts, unit, channel, understood);
    const state = failure ? "failed" : "processed";
    const processedAt = failure ? null : unit.now;
    await unit.db.run(statements.concludeDelivery, {
      id,
      state,
      failure: failure ?? null,
      attempts: row.attempts + 1,
      processed_at: processedAt,
    });
    return unit.db.first(statements.deliveryById, { id });
  });
}

export function presentDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    channelId: row.channel_id,
    kind: row.kind,
    state: row.state,
    failure: row.failure,
    attempts: row.attempts,
    receivedAt: writeInstant(row.received_at),
    processedAt: row.processed_at === null ? null : writeInstant(row.processed_at),
    bytes: row.body_bytes,
  };
}
