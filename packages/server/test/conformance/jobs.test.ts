import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, it } from "node:test";
import type { PropertyId, TenantId } from "@foyer/contract";
import {
  createProcessQueue,
  type JobHandler,
  jobMigration,
  trimJobs,
} from "../../src/platform/jobs/index.ts";
import { migrate, openStore } from "../../src/platform/store/index.ts";
import { type OpenedStore, openStoreAt, primaryStores } from "../engines.ts";
import { Outbox } from "./outbox.ts";

/** No lease is longer. */
const leaseMsMax = 60_000;
const attemptsMax = 20;
const backoffMsMin = 1_000;
const backoffMsMax = 15 * 60_000;
const jobsPerSweepMax = 500;
const deadJobRetentionMs = 30 * 24 * 60 * 60_000;

for (const { name, open } of primaryStores()) {
  const on = (test: (outbox: Outbox, opened: OpenedStore) => Promise<void>) => async () => {
    const opened = await open();
    await migrate(opened.engine, [jobMigration]);
    const outbox = new Outbox(openStore(opened.engine));
    try {
      await test(outbox, opened);
    } finally {
      await outbox.close();
      await outbox.store.idle();
      await opened.close();
    }
  };

  describe(`outbox: ${name}`, () => {
    it("gives a job to one of twenty who claim it at once", on(claimsOnce));
    it("gives a job to one of two processes", on(claimsOnceAcrossProcesses));
    it("removes a job that is done", on(finishes));
    it("runs a job again whose worker died, once the lease is over", on(expiresLease));
    it("lets a worker that was too slow undo nothing", on(fencesLate));
    it("waits longer after each failure, and within bounds", on(backsOff));
    it("gives up after twenty attempts, tells so once, and keeps the row a while", on(givesUp));
    it("gives up a job that kills every worker that takes it", on(givesUpPoison));
    it("gives up a job that nobody can handle", on(givesUpUnknown));
    it("loses nothing when the queue loses all it holds", on(survivesLostQueue));
    it("looks at the job of one before the thousandth of another", on(looksFairly));
    it("runs a job at once whose turn has come", on(hurries));
    it("lets a job wait no more whose turn came while it looked", on(hurriesRunning));
    it("finds nothing under one tenant's name and another's job", on(refusesForged));
  });
}

async function claimsOnce(outbox: Outbox): Promise<void> {
  const ref = await outbox.leave();
  let runs = 0;
  const { run } = outbox.worker({
    run: async () => {
      runs += 1;
      return { kind: "again", afterMs: 1_000 };
    },
  });
  await Promise.all(Array.from({ length: 20 }, () => run(ref)));
  assert.equal(runs, 1);
  assert.equal((await outbox.rows())[0]?.attempts, 1);
}

async function claimsOnceAcrossProcesses(outbox: Outbox, { address }: OpenedStore): Promise<void> {
  const refs = await Promise.all(Array.from({ length: 10 }, () => outbox.leave()));
  const other = openStore(openStoreAt(address));
  const runs: string[] = [];
  const handler: Partial<JobHandler> = {
    run: async (_, job) => {
      runs.push(job.id);
      return { kind: "done" };
    },
  };
  const workers = [outbox.worker(handler), outbox.worker(handler, other)];
  await Promise.all(refs.flatMap((ref) => workers.map(({ run }) => run(ref))));
  assert.deepEqual(runs.toSorted(), refs.map(({ jobId }) => jobId as string).toSorted());
  await other.close();
}

async function finishes(outbox: Outbox): Promise<void> {
  await outbox.leave();
  const { sweep } = outbox.worker({});
  assert.equal(await sweep(), 1);
  assert.deepEqual(await outbox.rows(), []);
  assert.equal(await sweep(), 0);
}

async function expiresLease(outbox: Outbox): Promise<void> {
  const ref = await outbox.leave();
  const dies = outbox.worker({ run: () => new Promise(() => {}) });
  void dies.run(ref);
  // The claim is committed when the row says so.
  while ((await outbox.rows())[0]?.state !== "running") await outbox.store.idle();
  const { sweep } = outbox.worker({});
  const [row] = await outbox.rows();
  const restMs = Number(row?.due_at) - outbox.clock.now();
  assert.ok(restMs > 0 && restMs <= leaseMsMax);
  outbox.later(restMs - 1);
  assert.equal(await sweep(), 0);
  outbox.later(1);
  assert.equal(await sweep(), 1);
  assert.deepEqual(await outbox.rows(), []);
}

async function fencesLate(outbox: Outbox): Promise<void> {
  for (const outcome of ["done", "again"] as const) {
    const ref = await outbox.leave();
    const held = Promise.withResolvers<void>();
    const slow = outbox.worker({
      run: async () => {
        await held.promise;
        return { kind: outcome };
      },
    });
    const late = slow.run(ref);
    while ((await outbox.rows())[0]?.state !== "running") await outbox.store.idle();
    outbox.later(leaseMsMax);
    const next = outbox.worker({
      run: async () => {
        // Whoever had the job before comes back while it runs here.
        held.resolve();
        await late;
        const [row] = await outbox.rows();
        assert.deepEqual([row?.state, row?.attempts], ["running", 2], outcome);
        return { kind: "done" };
      },
    });
    assert.equal(await next.sweep(), 1);
    assert.deepEqual(await outbox.rows(), [], outcome);
  }
}

async function backsOff(outbox: Outbox): Promise<void> {
  await outbox.leave();
  const { sweep } = outbox.worker({
    run: () => Promise.reject(new Error("no answer")),
  });
  const waits: number[] = [];
  for (let attempt = 1; attempt < attemptsMax; attempt += 1) {
    assert.equal(await sweep(), 1);
    const [row] = await outbox.rows();
    assert.equal(row?.attempts, attempt);
    waits.push(Number(row?.due_at) - outbox.clock.now());
    outbox.later(waits.at(-1) ?? 0);
  }
  assert.equal(waits[0], backoffMsMin);
  assert.equal(Math.max(...waits), backoffMsMax);
  assert.deepEqual(
    waits,
    waits.toSorted((one, other) => one - other),
  );
}

async function givesUp(outbox: Outbox): Promise<void> {
  const { tenantId } = await outbox.leave();
  let attempts = 0;
  let toldOff = 0;
  const { sweep } = outbox.worker({
    run: async () => {
      attempts += 1;
      return { kind: "again", afterMs: 10 };
    },
    giveUp: async () => {
      toldOff += 1;
    },
  });
  for (let round = 0; round < attemptsMax + 5; round += 1) {
    await sweep();
    outbox.later(10);
  }
  assert.deepEqual([attempts, toldOff], [attemptsMax, 1]);
  const [row] = await outbox.rows();
  assert.equal(row?.state, "dead");
  const until = Number(row?.due_at) + deadJobRetentionMs;
  assert.equal(await trimJobs(outbox.store, tenantId, until), 0);
  assert.equal(await trimJobs(outbox.store, tenantId, until + 1), 1);
}

async function givesUpPoison(outbox: Outbox): Promise<void> {
  const ref = await outbox.leave();
  for (let death = 0; death < attemptsMax; death += 1) {
    void outbox.worker({ run: () => new Promise(() => {}) }).run(ref);
    while ((await outbox.rows())[0]?.attempts !== death + 1) await outbox.store.idle();
    outbox.later(leaseMsMax);
  }
  let [ran, toldOff] = [0, 0];
  const { sweep } = outbox.worker({
    run: async () => {
      ran += 1;
      return { kind: "done" };
    },
    giveUp: async () => {
      toldOff += 1;
    },
  });
  await sweep();
  assert.deepEqual([ran, toldOff], [0, 1]);
  assert.equal((await outbox.rows())[0]?.state, "dead");
}

async function givesUpUnknown(outbox: Outbox): Promise<void> {
  await outbox.leave("bell.polish");
  const { sweep } = outbox.worker({});
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    assert.equal(await sweep(), 1);
    outbox.later(backoffMsMax);
  }
  assert.equal(await sweep(), 0);
  assert.equal((await outbox.rows())[0]?.state, "dead");
}

async function survivesLostQueue(outbox: Outbox): Promise<void> {
  const refs = await Promise.all(Array.from({ length: 30 }, () => outbox.leave()));
  // One worker heard of them all and is gone with what it had heard.
  const lost = createProcessQueue();
  for (const ref of refs) lost.announce(ref);
  const ran: string[] = [];
  const { sweep } = outbox.worker({
    run: async (_, job) => {
      ran.push(job.id);
      return { kind: "done" };
    },
  });
  await sweep();
  assert.deepEqual(ran.toSorted(), refs.map(({ jobId }) => jobId as string).toSorted());
}

async function refusesForged(outbox: Outbox): Promise<void> {
  const [one, other] = [await outbox.leave(), await outbox.leave()];
  let runs = 0;
  const { run } = outbox.worker({
    run: async () => {
      runs += 1;
      return { kind: "done" };
    },
  });
  await run({ ...one, jobId: other.jobId });
  await run({ ...other, jobId: one.jobId });
  assert.equal(runs, 0);
  assert.deepEqual(
    (await outbox.rows()).map(({ state, attempts }) => [state, attempts]),
    [
      ["waiting", 0],
      ["waiting", 0],
    ],
  );
}

async function looksFairly(outbox: Outbox): Promise<void> {
  const [tenantId, propertyId] = [randomUUID() as TenantId, randomUUID() as PropertyId];
  for (let left = 0; left < jobsPerSweepMax + 50; left += 1) {
    await outbox.leave("bell.ring", tenantId, propertyId);
  }
  outbox.later(1);
  const { jobId: theirs } = await outbox.leave();
  const ran = new Set<string>();
  const { sweep } = outbox.worker({
    run: async (_, job) => {
      ran.add(job.id);
      return { kind: "done" };
    },
  });
  assert.equal(await sweep(), jobsPerSweepMax);
  assert.ok(ran.has(theirs));
}

const wait = { kind: "wait", afterMs: 5_000 } as const;

async function hurries(outbox: Outbox): Promise<void> {
  const ref = await outbox.leave();
  let runs = 0;
  const { sweep } = outbox.worker({
    run: async () => {
      runs += 1;
      return wait;
    },
  });
  await sweep();
  assert.equal(await sweep(), 0);
  await outbox.hurry(ref);
  assert.equal(await sweep(), 1);
  assert.equal(await sweep(), 0);
  assert.equal(runs, 2);
}

async function hurriesRunning(outbox: Outbox): Promise<void> {
  for (const [outcome, runsMax] of [
    [wait, 2],
    [{ kind: "again", afterMs: 5_000 } as const, 1],
  ] as const) {
    const ref = await outbox.leave();
    let runs = 0;
    const { sweep } = outbox.worker({
      run: async (_, job) => {
        if (job.id !== ref.jobId) return { kind: "done" };
        runs += 1;
        if (runs === 1) await outbox.hurry(ref);
        return outcome;
      },
    });
    for (let round = 0; round < 4; round += 1) await sweep();
    assert.equal(runs, runsMax, outcome.kind);
  }
}
