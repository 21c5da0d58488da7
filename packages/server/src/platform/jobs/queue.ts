import type { PropertyId, TenantId } from "@foyer/contract";
import type { JobId } from "./tables.ts";

/** Names a job row. It is all that a queue ever holds. */
export interface JobRef {
  readonly tenantId: TenantId;
  readonly propertyId: PropertyId;
  readonly jobId: JobId;
}

/**
 * Says *run this job now*, once, and forgets it: retrying is the table's business. Losing all
 * that a queue holds loses nothing, for the sweeper announces every due row again.
 */
export interface Queue {
  announce(ref: JobRef): void;
  /** Starts handing out jobs, at most `concurrency` at a time, in turns between properties. */
  consume(run: (ref: JobRef) => Promise<void>, concurrency: number): void;
  /** Resolves when nothing is waiting or running. */
  idle(): Promise<void>;
  /** Hands out no more, and resolves when what runs has ended. */
  close(): Promise<void>;
}

/** How many jobs a lane holds; the sweeper brings back what found no place. */
const announcedPerLaneMax = 1_000;

/** Tenants do not share ids on purpose, but nothing hinders two from having the same. */
const keyOf = (ref: JobRef) => `${ref.tenantId} ${ref.jobId}`;

/** The embedded queue: in this process, with one lane per tenant and property, taken in turns. */
export function createProcessQueue(): Queue {
  const lanes = new Map<string, Map<string, JobRef>>();
  const running = new Map<string, Promise<void>>();
  let work: ((ref: JobRef) => Promise<void>) | undefined;
  let concurrencyMax = 0;
  let waiting = 0;

  const take = (): JobRef | undefined => {
    const first = lanes.entries().next().value;
    if (!first) return undefined;
    const [lane, refs] = first;
    const [jobId, ref] = refs.entries().next().value as [string, JobRef];
    refs.delete(jobId);
    waiting -= 1;
    // The lane goes to the end of the line: who announced a thousand waits for who announced one.
    lanes.delete(lane);
    if (refs.size > 0) lanes.set(lane, refs);
    return ref;
  };
  const pump = () => {
    while (work && running.size < concurrencyMax) {
      const ref = take();
      if (!ref) return;
      const key = keyOf(ref);
      const ended = Promise.resolve(ref)
        .then(work)
        // What became of a job is its table's business; the queue goes on.
        .catch(() => undefined)
        .then(() => {
          running.delete(key);
          pump();
        });
      running.set(key, ended);
    }
  };
  return {
    announce: (ref) => {
      if (running.has(keyOf(ref))) return;
      const lane = `${ref.tenantId} ${ref.propertyId}`;
      const refs = lanes.get(lane) ?? new Map<string, JobRef>();
      if (refs.size >= announcedPerLaneMax || refs.has(ref.jobId)) return;
      waiting += 1;
      refs.set(ref.jobId, ref);
      lanes.set(lane, refs);
      queueMicrotask(pump);
    },
    consume: (run, concurrency) => {
      work = run;
      concurrencyMax = concurrency;
      pump();
    },
    idle: async () => {
      while (work && (waiting > 0 || running.size > 0)) {
        await Promise.all(running.values());
        await Promise.resolve();
      }
    },
    close: async () => {
      work = undefined;
      await Promise.all(running.values());
    },
  };
}
