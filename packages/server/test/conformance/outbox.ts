import { randomUUID } from "node:crypto";
import type { PropertyId, TenantId } from "@foyer/contract";
import {
  createJobRunner,
  createProcessQueue,
  hurryJob,
  insertJobs,
  type JobHandler,
  type JobRef,
} from "../../src/platform/jobs/index.ts";
import type { JobId } from "../../src/platform/jobs/tables.ts";
import type { Scope } from "../../src/platform/scope/index.ts";
import type { Store } from "../../src/platform/store/index.ts";
import { CollectedLog } from "../world/collected-log.ts";
import { FakeClock } from "../world/fake-clock.ts";

interface Row {
  readonly state: string;
  readonly due_at: number;
  readonly attempts: number;
}

/** Workers on one table, with a clock that stands still. */
export class Outbox {
  readonly clock = new FakeClock();
  readonly log = new CollectedLog();
  readonly store: Store;
  readonly #close: (() => Promise<void>)[] = [];

  constructor(store: Store) {
    this.store = store;
  }

  /** A worker, as a process has one; it hears of jobs only when the test tells it to sweep. */
  worker(handler: Partial<JobHandler>, store = this.store) {
    const queue = createProcessQueue();
    const { clock, log } = this;
    let isSweeping = false;
    let run: (ref: JobRef) => Promise<void> = async () => {};
    const runner = createJobRunner({
      ...{ clock, log },
      // What the runner's own timer looks for, it does not find.
      store: {
        ...store,
        root: {
          ...store.root,
          all: async (...asked) => (isSweeping ? store.root.all(...asked) : []),
        },
      },
      queue: {
        ...queue,
        consume: (work, concurrency) => {
          run = work;
          queue.consume(work, concurrency);
        },
      },
      handlers: [{ kind: "bell.ring", run: async () => ({ kind: "done" }), ...handler }],
      openScope: async (tenantId) => ({ tenantId }) as Scope,
    });
    runner.start();
    this.#close.push(async () => {
      // Some workers of these tests never end what they have begun.
      void runner.close();
    });
    const sweep = async () => {
      isSweeping = true;
      const due = await runner.sweep();
      isSweeping = false;
      await queue.idle();
      return due;
    };
    return { run: (ref: JobRef) => run(ref), sweep };
  }

  async leave(
    kind = "bell.ring",
    tenantId = randomUUID() as TenantId,
    propertyId = randomUUID() as PropertyId,
  ): Promise<JobRef> {
    const jobId = randomUUID() as JobId;
    const now = this.clock.now();
    const row = {
      ...{ id: jobId, property_id: propertyId, kind, subject_id: randomUUID(), format: 1 },
      ...{ state: "waiting" as const, due_at: now, attempts: 0, lease_until: null, hurried: 0 },
      created_at: now,
    };
    await this.store.transact(tenantId, ({ tenant }) => tenant.run(insertJobs, { rows: [row] }));
    return { tenantId, propertyId, jobId };
  }

  /** What a job was waiting for has come. */
  async hurry({ tenantId, jobId: id }: JobRef): Promise<void> {
    const now = this.clock.now();
    await this.store.transact(tenantId, ({ tenant }) => tenant.run(hurryJob, { id, now }));
  }

  async rows(): Promise<Row[]> {
    const sql = "select state, due_at, attempts from job order by due_at";
    const { rows } = await this.store.engine.reader.run(sql, [], "rows");
    return rows.map((row) => ({ ...row }) as unknown as Row);
  }

  later(ms: number): void {
    this.clock.moveTo(this.clock.now() + ms);
  }

  async close(): Promise<void> {
    for (const close of this.#close) await close();
  }
}
