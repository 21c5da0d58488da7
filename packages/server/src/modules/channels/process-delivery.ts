import { describeError, type Log } from "../../platform/log.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { undoesTransaction } from "../../platform/store/index.ts";
import type { Adapters } from "./adapters/index.ts";
import type { OpenChannel } from "./channels.ts";
import { type DeliveryFailure, type RawDelivery, type Understood, Unreadable } from "./ports.ts";
import { dropsMedia, noticeOf } from "./rules.ts";
import * as statements from "./store.ts";
import type { DeliveryRow } from "./tables.ts";

export interface ProcessParts {
  readonly adapters: Adapters;
  readonly log: Log;
}

/** What became of a delivery. One that was processed may have left something behind, too. */
export type Processed =
  | { readonly state: "processed"; readonly failure: "attachments_dropped" | null }
  | { readonly state: "ignored"; readonly failure: null }
  | { readonly state: "failed"; readonly failure: DeliveryFailure };

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
 * Does what a delivery asks for, behind a savepoint, and says what came of it. Where it could not,
 * what it wrote until then is undone; the delivery itself is not.
 */
export async function process(
  parts: ProcessParts,
  unit: Unit,
  channel: OpenChannel,
  delivery: {
    readonly understood: Understood | DeliveryFailure;
    readonly received_at: DeliveryRow["received_at"];
  },
): Promise<Processed> {
  const { understood, received_at: heardAt } = delivery;
  if (typeof understood === "string") return { state: "failed", failure: understood };
  if (understood.kind === "nothing") return { state: "ignored", failure: null };
  const { capabilities } = parts.adapters[channel.kind];
  const { error } = await unit.attempt(() =>
    unit.notify(noticeOf(channel, capabilities, understood, heardAt)),
  );
  if (error === undefined) {
    return { state: "processed", failure: dropsMedia(understood) ? "attachments_dropped" : null };
  }
  if (undoesTransaction(error)) throw error;
  if (await isOfTest(unit, channel, understood)) return { state: "ignored", failure: null };
  if (error instanceof Unreadable) return { state: "failed", failure: error.failure };
  parts.log.error({ channel: channel.id, ...describeError(error) }, "delivery.not_processed");
  return { state: "failed", failure: "processing_failed" };
}

/** A report of a text that was sent to see whether the channel works: there is no message. */
async function isOfTest(
  unit: Unit,
  channel: OpenChannel,
  understood: Exclude<Understood, { kind: "nothing" }>,
): Promise<boolean> {
  if (understood.kind !== "status" || understood.reference === null) return false;
  const test = await unit.db.first(statements.testById, { id: understood.reference });
  return test?.channel_id === channel.id;
}
