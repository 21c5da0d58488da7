import type { TenantId } from "@foyer/contract";
import type { Clock } from "../clock.ts";
import { describeError, type Log } from "../log.ts";
import type { Scope } from "../scope/index.ts";
import type { Store } from "../store/index.ts";
import type { JobRef, Queue } from "./queue.ts";
import * as statements from "./statements.ts";
import type { JobRow } from "./tables.ts";

/** How long a claim holds before another worker may take the job: longer than any attempt. */
const leaseMs = 20_000;
const sweepEveryMs = 1_000;
const jobsPerSweepMax = 500;
/** A sweep is fair among so many of the oldest; what lies behind them is looked at later. */
const jobsLookedAtMax = 20_000;
const jobsAtOnceMax = 16;
const attemptsMax = 20;
const backoffMsMin = 1_000;
const backoffMsMax = 15 * 60_000;
/** A job that was given up stays to be looked at for so long. */
const deadJobRetentionMs = 30 * 24 * 60 * 60 * 1000;

/**
 * What became of an attempt. `again` counts as one; after the last the job is dead. `wait` does
 * not: it is not the job's turn yet, and however often it asks, it has not been tried.
 */
export type JobOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "again"; readonly afterMs?: number }
  | { readonly kind: "wait"; readonly afterMs: number };

export interface JobHandler {
  /** Imperative, for example `message.send`. */
  readonly kind: string;
  /** Runs one attempt. Must bear being run again: a worker may die at any point. */
  run(scope: Scope, job: JobRow): Promise<JobOutcome>;
  /** Is told when the last attempt has failed, so that people see it. */
  giveUp?(scope: Scope, job: JobRow): Promise<void>;
}

export interface JobRunner {
  start(): void;
  /** Announces what is due now. The clock calls it; tests may. */
  sweep(): Promise<number>;
  close(): Promise<void>;
}

export interface JobRunnerParts {
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly handlers: readonly JobHandler[];
  readonly openScope: (tenantId: TenantId) => Promise<Scope>;
}

/** Runs jobs: the queue says which, the table says whether, the handler says what came of it. */
export function createJobRunner(parts: JobRunnerParts): JobRunner {
  let timer: NodeJS.Timeout | undefined;
  const sweep = () => announceDue(parts);
  return {
    start: () => {
      parts.queue.consume((ref) => runJob(parts, ref), jobsAtOnceMax);
      const tick = () => {
        sweep().catch((error) => parts.log.error(describeError(error), "job.sweep_failed"));
      };
      timer = setInterval(tick, sweepEveryMs).unref();
      tick();
    },
    sweep,
    close: async () => {
      clearInterval(timer);
      await parts.queue.close();
    },
  };
}

async function announceDue({ store, queue, clock }: JobRunnerParts): Promise<number> {
  const now = clock.now();
  const due = await store.root.all(statements.dueJobs, {
    now,
    lookedAt: jobsLookedAtMax,
    limit: jobsPerSweepMax,
  });
  for (const row of due) {
    queue.announce({ tenantId: row.tenant_id, propertyId: row.property_id, jobId: row.id });
  }
  return due.length;
}

/** Drops dead jobs past their retention; returns how many. */
export function trimJobs(store: Store, tenantId: TenantId, now: number): Promise<number> {
  return store.transact(tenantId, ({ root }) =>
    root.run(statements.dropDeadJobs, { before: now - deadJobRetentionMs }),
  );
}

async function runJob(parts: JobRunnerParts, ref: JobRef): Promise<void> {
  try {
    const job = await claim(parts, ref);
    if (job) await attempt(parts, ref, job);
  } catch (error) {
    // The row stays as it is; when its lease is over the sweeper announces it again.
    parts.log.error({ job: ref.jobId, ...describeError(error) }, "job.not_run");
  }
}

async function claim({ store, clock }: JobRunnerParts, ref: JobRef): Promise<JobRow | undefined> {
  const now = clock.now();
  return store.transact(ref.tenantId, async ({ tenant: db }) => {
    const args = { id: ref.jobId, now, until: now + leaseMs };
    const claimed = await db.run(statements.claimJob, args);
    return claimed === 0 ? undefined : db.first(statements.jobById, { id: ref.jobId });
  });
}

async function attempt(parts: JobRunnerParts, ref: JobRef, job: JobRow): Promise<void> {
  const { id, attempts } = job;
  const handler = parts.handlers.find(({ kind }) => kind === job.kind);
  const scope = await parts.openScope(ref.tenantId);
  const outcome = await outcomeOf(parts, handler, scope, job);
  const isOver = outcome.kind === "again" && attempts >= attemptsMax;
  if (isOver) await handler?.giveUp?.(scope, job);
  await parts.store.transact(ref.tenantId, async ({ tenant: db }) => {
    if (outcome.kind === "done") return db.run(statements.finishJob, { id, attempts });
    const now = parts.clock.now();
    const dueAt = now + (outcome.afterMs ?? backoffMs(attempts));
    // Only a turn can be hurried: what has failed waits as long as it must.
    const hurriedAt = outcome.kind === "wait" ? now : dueAt;
    const state = isOver ? "dead" : "waiting";
    const counted = outcome.kind === "wait" ? attempts - 1 : attempts;
    return db.run(statements.postponeJob, { id, attempts, counted, dueAt, hurriedAt, state });
  });
}

async function outcomeOf(
  parts: JobRunnerParts,
  handler: JobHandler | undefined,
  scope: Scope,
  job: JobRow,
): Promise<JobOutcome> {
  // Past the last attempt: a worker died in it, or before it could say that it gave up.
  if (job.attempts > attemptsMax) return { kind: "again" };
  try {
    if (!handler) throw new Error("Nobody handles this kind of job");
    return await handler.run(scope, job);
  } catch (error) {
    parts.log.warn({ job: job.id, kind: job.kind, ...describeError(error) }, "job.failed");
    return { kind: "again" };
  }
}

function backoffMs(attempts: number): number {
  return Math.min(backoffMsMax, backoffMsMin * 2 ** (attempts - 1));
}
