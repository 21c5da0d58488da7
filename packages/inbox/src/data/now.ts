import type { AgentId, Conversation, PropertyId } from "@foyer/contract";
import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "./api.ts";
import { keys } from "./keys.ts";
import { queryClient } from "./query-client.ts";

export type Now = Answer<"getNow">;
export type AgentNow = Now["agents"][number];

const againEveryMs = 30_000;
const afterEventMs = 1_000;
/** Each step moves as many as the contract allows; more steps than this nobody ever needs. */
const stepsMax = 100;

/** How the property stands at this moment. Who is signed in changes without an event. */
export function nowOptions(propertyId: PropertyId) {
  return queryOptions({
    queryKey: keys.now(propertyId),
    queryFn: ({ signal }): Promise<Now> => call("getNow", { propertyId }, signal),
    staleTime: 0,
    refetchInterval: againEveryMs,
  });
}

let reading: ReturnType<typeof setTimeout> | undefined;

/** Something changed: the figures are read again, at a bounded rate. */
export function readNowSoon(propertyId: PropertyId): void {
  if (reading !== undefined) return;
  reading = setTimeout(() => {
    reading = undefined;
    void queryClient.invalidateQueries({ queryKey: keys.now(propertyId) });
  }, afterEventMs);
}

/**
 * Moves all that an agent holds, in as many steps as it takes. Returns how many conversations
 * moved. Throws what is refused; what had moved before stays moved.
 */
export async function handOverAll(
  propertyId: PropertyId,
  fromAgentId: AgentId,
  assignee: Conversation["assignee"],
): Promise<number> {
  let total = 0;
  try {
    for (let step = 0; step < stepsMax; step += 1) {
      const { moved, hasMore } = await call("handOver", { propertyId, fromAgentId, assignee });
      total += moved;
      if (!hasMore || moved === 0) break;
    }
  } finally {
    void queryClient.invalidateQueries({ queryKey: keys.now(propertyId) });
  }
  return total;
}
