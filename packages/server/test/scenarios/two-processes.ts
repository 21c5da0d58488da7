import assert from "node:assert/strict";
import type { Operation, OperationInput, TenantId } from "@foyer/contract";
import type { Assembly } from "../../src/main/assemble.ts";
import type { Caller } from "../../src/platform/access/index.ts";
import type { Account } from "../world/agent.ts";
import type { World } from "../world/world.ts";

/** What two processes do at once, of which the first is stopped in the middle. */
export interface Overlap {
  readonly first: () => Promise<unknown>;
  /** The statement before which the first waits for the second. */
  readonly pausedAt: string;
  readonly second: () => Promise<unknown>;
  /** The statement that the second comes to: there it has to wait for the first. */
  readonly reaches: string;
}

/**
 * Lets two processes get into each other's way as badly as they can. Only a store with several
 * writers can show it: SQLite has one, and no two of its transactions are ever under way at once.
 */
export async function overlap(
  world: World,
  { first, pausedAt, second, reaches }: Overlap,
): Promise<PromiseSettledResult<unknown>[]> {
  let secondSettled: Promise<PromiseSettledResult<unknown>> | undefined;
  world.intercept(async (statement, run) => {
    if (statement === pausedAt && !secondSettled) {
      secondSettled = settled(second());
      await untilSeen(world, reaches, secondSettled);
    }
    return run();
  });
  const firstSettled = await settled(first());
  world.intercept(undefined);
  assert.ok(secondSettled, `the first never came to ${pausedAt}`);
  return [firstSettled, await secondSettled];
}

async function settled(work: Promise<unknown>): Promise<PromiseSettledResult<unknown>> {
  const [result] = await Promise.allSettled([work]);
  return result;
}

async function untilSeen(
  world: World,
  statement: string,
  orOver: Promise<unknown> | undefined,
): Promise<void> {
  let isOver = false;
  void orOver?.then(() => {
    isOver = true;
  });
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  while (!isOver && !(await world.statementsOf(turn)).includes(statement)) {
    // What the other process does comes in turns of this one's loop.
  }
}

/** Performs an operation in a process of the test's choosing, past its listener. */
export async function performIn<O extends Operation>(
  assembly: Assembly,
  operation: O,
  by: Pick<Account, "id" | "role"> & { readonly tenantId: TenantId },
  input: OperationInput<O>,
): Promise<unknown> {
  const routes = assembly.modules.flatMap((module) => module.routes ?? []);
  const route = routes.find((candidate) => candidate.operation === operation);
  assert.ok(route);
  const scope = await assembly.openScope(by.tenantId);
  const { propertyId } = input as { propertyId?: never };
  const caller: Caller = {
    tenantId: by.tenantId,
    agentId: by.id,
    sessionId: scope.mint<"session">(),
    role: by.role,
    propertyIds: new Set(propertyId === undefined ? [] : [propertyId]),
    csrfToken: "",
  };
  return route.run(scope, caller, nobodysExchange, input);
}

/** Performs an operation for which nobody has signed in. */
export async function performOpenIn<O extends Operation>(
  assembly: Assembly,
  operation: O,
  input: OperationInput<O>,
): Promise<unknown> {
  const routes = assembly.modules.flatMap((module) => module.openRoutes ?? []);
  const route = routes.find((candidate) => candidate.operation === operation);
  assert.ok(route);
  return route.run(nobodysExchange, input);
}

const nobodysExchange = {
  address: "127.0.0.1",
  device: "test",
  setSession: () => {},
  clearSession: () => {},
  readUpload: () => Promise.reject(new Error("Nobody sends a file here")),
};
