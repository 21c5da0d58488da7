import type { AttachmentId, Id, PropertyId, TenantId } from "@foyer/contract";
import type { Bus } from "../bus.ts";
import { allFeedsTopic, feedTopic } from "../bus.ts";
import type { Clock } from "../clock.ts";
import { appendChanges, type Change } from "../feed/index.ts";
import type { FileLinks } from "../file-links.ts";
import { mintId } from "../ids.ts";
import {
  hurryJob,
  insertJobs,
  type JobRef,
  type JobRow,
  jobsAbout,
  type Queue,
} from "../jobs/index.ts";
import type { TenantCipher } from "../keys/tenant-cipher.ts";
import type { Store, TenantReader, TenantWriter, Transaction } from "../store/index.ts";
import type { Notice, NoticeListeners } from "./notice.ts";
import type { Act, ActRecorder } from "./record.ts";

/**
 * One tenant, for the length of one use-case: its rows, its keys, the time. Tenant and
 * transaction are arguments, never ambient: who has no scope can touch nothing.
 */
export interface Scope {
  readonly tenantId: TenantId;
  readonly cipher: TenantCipher;
  readonly read: TenantReader;
  now(): number;
  mint<Kind extends string>(): Id<Kind>;
  /** A signed link to an attachment, good for at least so long: whoever has it may fetch it. */
  linkTo(attachmentId: AttachmentId, forMs: number): string;
  /**
   * Runs a unit of work in one transaction and resolves when it is committed and on disk. The
   * work may be replayed after a deadlock, so it awaits nothing but SQL and changes nothing
   * outside the unit.
   */
  transact<Result>(work: (unit: Unit) => Promise<Result>): Promise<Result>;
}

export interface NewJob {
  readonly kind: string;
  readonly propertyId: PropertyId;
  readonly subjectId: string;
  /** Integer ms; now unless given. */
  readonly dueAt?: number;
}

/** A unit of work: everything that happens in it is committed together or not at all. */
export interface Unit {
  readonly tenantId: TenantId;
  readonly cipher: TenantCipher;
  readonly db: TenantWriter;
  /** For `directory`, which has no tenant yet, and for nobody else. */
  readonly root: TenantWriter;
  /** The unit's instant, the same for all that it writes. */
  readonly now: number;
  mint<Kind extends string>(): Id<Kind>;
  /** Tells the change feed; written as the transaction's last statements. */
  change(change: Change): void;
  /** Leaves a job; announced after the commit. */
  schedule(job: NewJob): void;
  /**
   * What a job was waiting for has come: it is due now, and announced after the commit. One that
   * runs just now looks once more. The row stays one: nothing is done twice.
   */
  hurry(job: { readonly kind: string; readonly subjectId: string }): Promise<void>;
  /** Tells later modules, inside this transaction, in words of the module that says it. */
  notify(notice: Notice): Promise<void>;
  /**
   * Runs work that may fail without taking the rest of the unit with it: on an error all that it
   * wrote, told and scheduled is undone, and the error is returned.
   */
  attempt(work: () => Promise<void>): Promise<{ readonly error?: unknown }>;
  /** The one seam through which a use-case records what it did. */
  record(act: Act): void;
}

export interface ScopeParts {
  readonly store: Store;
  readonly bus: Bus;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly links: Pick<FileLinks, "write">;
  readonly cipherFor: (tenantId: TenantId) => Promise<TenantCipher>;
  readonly listeners: NoticeListeners;
  readonly recorder: ActRecorder;
}

export type OpenScope = (tenantId: TenantId) => Promise<Scope>;

const jobFormat = 1;

/** Makes the function that opens scopes. The tenant's keys are opened before any transaction. */
export function createScopes(parts: ScopeParts): OpenScope {
  return async (tenantId) => {
    const cipher = await parts.cipherFor(tenantId);
    const scope: Scope = {
      tenantId,
      cipher,
      read: parts.store.tenant(tenantId),
      now: () => parts.clock.now(),
      mint: () => mintId(parts.clock.now()),
      linkTo: (attachmentId, forMs) =>
        parts.links.write({ tenantId, attachmentId }, parts.clock.now() + forMs),
      transact: (work) => transact(parts, tenantId, cipher, work),
    };
    return scope;
  };
}

async function transact<Result>(
  parts: ScopeParts,
  tenantId: TenantId,
  cipher: TenantCipher,
  work: (unit: Unit) => Promise<Result>,
): Promise<Result> {
  const { result, collected } = await parts.store.transact(tenantId, async (transaction) => {
    // Collected anew at each attempt: a unit that is replayed tells everything once.
    const collected: Collected = { changes: [], jobs: [], hurried: [], acts: [] };
    const unit = unitOn(parts, tenantId, cipher, transaction, collected);
    const result = await work(unit);
    await flush(parts, unit, collected);
    return { result, collected };
  });
  announce(parts, tenantId, collected);
  return result;
}

interface Collected {
  readonly changes: Change[];
  readonly jobs: Omit<JobRow, "tenant_id">[];
  readonly hurried: JobRef[];
  readonly acts: Act[];
}

function unitOn(
  parts: ScopeParts,
  tenantId: TenantId,
  cipher: TenantCipher,
  transaction: Transaction,
  collected: Collected,
): Unit {
  const now = parts.clock.now();
  const unit: Unit = {
    tenantId,
    cipher,
    db: transaction.tenant,
    root: transaction.root,
    now,
    mint: () => mintId(now),
    change: (change) => collected.changes.push(change),
    schedule: (job) => collected.jobs.push(rowOf(job, now)),
    hurry: async (about) => {
      for (const { id: jobId, property_id: propertyId } of await unit.db.all(jobsAbout, about)) {
        await unit.db.run(hurryJob, { id: jobId, now });
        collected.hurried.push({ tenantId, propertyId, jobId });
      }
    },
    notify: async (notice) => {
      for (const listen of parts.listeners[notice.name] ?? []) await listen(unit, notice as never);
    },
    attempt: async (work) => {
      const before = lengthsOf(collected);
      const outcome = await transaction.attempt(work);
      if (!("error" in outcome)) return {};
      shorten(collected, before);
      return { error: outcome.error };
    },
    record: (act) => collected.acts.push(act),
  };
  return unit;
}

type Lengths = Readonly<Record<keyof Collected, number>>;

function lengthsOf({ changes, jobs, hurried, acts }: Collected): Lengths {
  return {
    changes: changes.length,
    jobs: jobs.length,
    hurried: hurried.length,
    acts: acts.length,
  };
}

function shorten(collected: Collected, lengths: Lengths): void {
  collected.changes.length = lengths.changes;
  collected.jobs.length = lengths.jobs;
  collected.hurried.length = lengths.hurried;
  collected.acts.length = lengths.acts;
}

function rowOf(job: NewJob, now: number): Omit<JobRow, "tenant_id"> {
  return {
    id: mintId(now),
    property_id: job.propertyId,
    kind: job.kind,
    subject_id: job.subjectId,
    format: jobFormat,
    state: "waiting",
    due_at: job.dueAt ?? now,
    attempts: 0,
    lease_until: null,
    hurried: 0,
    created_at: now,
  };
}

/** The feed comes last, because it takes the lock that everybody at the property waits for. */
async function flush(parts: ScopeParts, unit: Unit, collected: Collected): Promise<void> {
  for (const act of collected.acts) await parts.recorder.write(unit, act);
  if (collected.jobs.length > 0) await unit.db.run(insertJobs, { rows: collected.jobs });
  if (collected.changes.length > 0) await appendChanges(unit.db, collected.changes, unit.now);
}

function announce(
  parts: ScopeParts,
  tenantId: TenantId,
  { changes, jobs, hurried }: Collected,
): void {
  const now = parts.clock.now();
  for (const ref of hurried) parts.queue.announce(ref);
  for (const job of jobs) {
    if (job.due_at > now) continue;
    parts.queue.announce({ tenantId, propertyId: job.property_id, jobId: job.id });
  }
  for (const propertyId of new Set(changes.map((change) => change.property_id))) {
    parts.bus.publish(feedTopic(tenantId, propertyId), "changed");
    parts.bus.publish(allFeedsTopic, `${tenantId} ${propertyId}`);
  }
}
