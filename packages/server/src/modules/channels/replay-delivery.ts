import {
  type Delivery,
  type DeliveryId,
  type OperationParsed,
  type operations,
  writeInstant,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import type { JobHandler } from "../../platform/jobs/index.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { findChannel } from "./channels.ts";
import { openDelivery } from "./kept-delivery.ts";
import type { DeliveryFailure } from "./ports.ts";
import { type ProcessParts, process, understand } from "./process-delivery.ts";
import { isWorthRetrying } from "./rules.ts";
import * as statements from "./store.ts";
import type { DeliveryRow } from "./tables.ts";

/** Tries by itself; after that a person decides. */
const attemptsMax = 8;

/** Processes a delivery again that was received and not processed. */
export function createReplayDelivery(parts: ProcessParts) {
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
export function processDeliveryJob(parts: ProcessParts): JobHandler {
  return {
    kind: "delivery.process",
    run: async (scope, job) => {
      const row = await processAgain(parts, scope, job.subject_id as DeliveryId);
      return { kind: row && mayTryAgain(row) ? "again" : "done" };
    },
  };
}

function mayTryAgain({ state, failure, attempts }: DeliveryRow): boolean {
  if (state !== "failed" || attempts >= attemptsMax) return false;
  return isWorthRetrying(failure as DeliveryFailure);
}

/** One more attempt, under the delivery's lock; returns the row as it is then. */
async function processAgain(
  parts: ProcessParts,
  scope: Scope,
  id: DeliveryId,
): Promise<DeliveryRow | undefined> {
  const known = await scope.read.first(statements.deliveryById, { id });
  const channel = known && (await findChannel(scope, known.channel_id));
  if (!channel) return undefined;
  const understood = understand(parts.adapters, channel, openDelivery(scope.cipher, known));
  return scope.transact(async (unit) => {
    const row = await unit.db.first(statements.deliveryById, { id });
    if (row?.state !== "failed") return row;
    const { received_at } = row;
    const { state, failure } = await process(parts, unit, channel, { understood, received_at });
    await unit.db.run(statements.concludeDelivery, {
      id,
      state,
      failure,
      attempts: row.attempts + 1,
      processed_at: state === "failed" ? null : unit.now,
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
