import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, it } from "node:test";
import type { PropertyId, TenantId } from "@foyer/contract";
import type { JobRef, Queue } from "../../src/platform/jobs/queue.ts";
import type { JobId } from "../../src/platform/jobs/tables.ts";

interface Lane {
  readonly tenantId: TenantId;
  readonly propertyId: PropertyId;
}

function newLane(tenantId = randomUUID() as TenantId): Lane {
  return { tenantId, propertyId: randomUUID() as PropertyId };
}

function jobsOf(lane: Lane, count: number): JobRef[] {
  return Array.from({ length: count }, () => ({ ...lane, jobId: randomUUID() as JobId }));
}

/** What every queue guarantees. It may lose what it holds; the table does not. */
export function describeQueue(name: string, open: () => Queue): void {
  describe(`queue: ${name}`, () => {
    it("hands out what is announced, before and after somebody asks", async () => {
      const queue = open();
      const [before, after] = jobsOf(newLane(), 2) as [JobRef, JobRef];
      const ran: string[] = [];
      queue.announce(before);
      queue.consume(async ({ jobId }) => void ran.push(jobId), 2);
      queue.announce(after);
      await queue.idle();
      assert.deepEqual(ran, [before.jobId, after.jobId]);
      await queue.close();
    });

    it("takes turns between properties", async () => {
      const queue = open();
      const [busy, quiet] = [newLane(), newLane()];
      const [many, few] = [jobsOf(busy, 50), jobsOf(quiet, 2)];
      for (const ref of [...many, ...few]) queue.announce(ref);
      const ran: PropertyId[] = [];
      queue.consume(async ({ propertyId }) => void ran.push(propertyId), 1);
      await queue.idle();
      assert.deepEqual(
        few.map((_, at) => ran.indexOf(quiet.propertyId, at === 0 ? 0 : 2)),
        [1, 3],
      );
      assert.equal(ran.length, 52);
      await queue.close();
    });

    it("keeps a place for a property, however many jobs another has", async () => {
      const queue = open();
      const late = jobsOf(newLane(), 1)[0] as JobRef;
      for (const ref of jobsOf(newLane(), 20_000)) queue.announce(ref);
      queue.announce(late);
      const ran: string[] = [];
      queue.consume(async ({ jobId }) => void ran.push(jobId), 4);
      await queue.idle();
      assert.ok(ran.indexOf(late.jobId) >= 0 && ran.indexOf(late.jobId) < 4);
      assert.ok(ran.length < 20_000, "a lane is bounded");
      await queue.close();
    });

    it("runs so many at once as it is told, and a job that is told twice once", async () => {
      const queue = open();
      const refs = [...jobsOf(newLane(), 10), ...jobsOf(newLane(), 10)];
      let running = 0;
      let most = 0;
      let runs = 0;
      for (const ref of [...refs, ...refs]) queue.announce(ref);
      queue.consume(async (ref) => {
        running += 1;
        runs += 1;
        most = Math.max(most, running);
        queue.announce(ref);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      }, 3);
      await queue.idle();
      assert.deepEqual([most, runs], [3, refs.length]);
      await queue.close();
    });

    it("tells jobs of two tenants apart, though their ids are the same", async () => {
      const queue = open();
      const jobId = randomUUID() as JobId;
      const ran: TenantId[] = [];
      const lanes = [newLane(), newLane()];
      queue.consume(async ({ tenantId }) => {
        ran.push(tenantId);
        await new Promise((resolve) => setImmediate(resolve));
      }, 5);
      for (const lane of lanes) queue.announce({ ...lane, jobId });
      await queue.idle();
      assert.deepEqual(
        ran,
        lanes.map(({ tenantId }) => tenantId),
      );
      await queue.close();
    });

    it("goes on after a job that throws", async () => {
      const queue = open();
      const refs = jobsOf(newLane(), 5);
      let runs = 0;
      queue.consume(async () => {
        runs += 1;
        throw new Error("not this one");
      }, 2);
      for (const ref of refs) queue.announce(ref);
      await queue.idle();
      assert.equal(runs, refs.length);
      await queue.close();
    });

    it("waits for what runs when it is closed, and begins nothing more", async () => {
      const queue = open();
      const held = Promise.withResolvers<void>();
      const started = Promise.withResolvers<void>();
      let ended = 0;
      queue.consume(async () => {
        started.resolve();
        await held.promise;
        ended += 1;
      }, 1);
      for (const ref of jobsOf(newLane(), 3)) queue.announce(ref);
      await started.promise;
      const closed = queue.close();
      held.resolve();
      await closed;
      assert.equal(ended, 1);
    });
  });
}
