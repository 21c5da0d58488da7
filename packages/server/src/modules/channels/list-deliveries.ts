import type { DeliveryId, OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { readPageCursor, writePageCursor } from "../../platform/page-cursor.ts";
import { presentDelivery } from "./replay-delivery.ts";
import * as statements from "./store.ts";

const endOfTime = Number.MAX_SAFE_INTEGER;
const lastId = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** What providers brought to a property, newest first. */
export async function listDeliveries(
  context: Context,
  input: OperationParsed<(typeof operations)["listDeliveries"]>,
) {
  const { propertyId, state, limit } = input;
  const after = readPageCursor(input.after) ?? { key: endOfTime, id: lastId };
  const page = {
    propertyId,
    before: after.key,
    beforeId: after.id as DeliveryId,
    limit: limit + 1,
  };
  const rows = state
    ? await context.read.all(statements.deliveryPageInState, { ...page, state })
    : await context.read.all(statements.deliveryPage, { ...page, state: "received" });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(presentDelivery),
    next: last ? writePageCursor({ key: last.received_at, id: last.id }) : null,
  };
}
