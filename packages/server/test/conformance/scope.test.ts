import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, it } from "node:test";
import type { PropertyId, TenantId } from "@foyer/contract";
import { createProcessBus, feedTopic } from "../../src/platform/bus.ts";
import { beginFeed, feedMigration, readChanges } from "../../src/platform/feed/index.ts";
import { jobMigration } from "../../src/platform/jobs/index.ts";
import type { JobRef } from "../../src/platform/jobs/queue.ts";
import type { TenantCipher } from "../../src/platform/keys/tenant-cipher.ts";
import {
  createScopes,
  type NoticeListeners,
  type Scope,
  type Unit,
} from "../../src/platform/scope/index.ts";
import { migrate, openStore, StoreFault } from "../../src/platform/store/index.ts";
import { primaryStores } from "../engines.ts";
import { FakeClock } from "../world/fake-clock.ts";
import { type InterceptableEngine, makeInterceptable } from "../world/interceptable-engine.ts";

/** A scope, and all that it told anybody. */
interface Stage {
  readonly scope: Scope;
  readonly propertyId: PropertyId;
  readonly held: InterceptableEngine;
  readonly clock: FakeClock;
  /** Jobs that were announced, acts that were written, wakes that were given. */
  readonly announced: JobRef[];
  readonly acts: string[];
  readonly wakes: string[];
  kinds(): Promise<number>;
  jobs(): Promise<number>;
}

for (const { name, open } of primaryStores()) {
  const on =
    (test: (stage: Stage) => Promise<void>, listeners: NoticeListeners = {}) =>
    async () => {
      const { engine, close } = await open();
      try {
        await migrate(engine, [feedMigration, jobMigration]);
        await test(await setStage(makeInterceptable(engine), listeners));
      } finally {
        await close();
      }
    };

  describe(`unit of work: ${name}`, () => {
    it("tells changes, jobs and acts when it is committed, and not before", on(tellsAfterCommit));
    it("tells nothing of a unit that failed", on(tellsNothingOfFailed));
    it("tells everything once, though it was replayed", on(tellsOnceAfterReplay));
    it("takes back what an attempt that failed had told", on(takesBackAttempt));
    it("announces a job that is due, and leaves one for later to the sweeper", on(announcesDue));
    it("wakes the readers of each property once", on(wakesOnce));
    it("gives all that it writes one instant", on(hasOneInstant));
    it(
      "fails where a listener of its notice fails, with all that both wrote",
      on(failsWithListener, { "contact.changed": [failingListener] }),
    );
  });
}

async function setStage(held: InterceptableEngine, listeners: NoticeListeners): Promise<Stage> {
  const store = openStore(held.engine);
  const clock = new FakeClock();
  const bus = createProcessBus();
  const [announced, acts, wakes]: [JobRef[], string[], string[]] = [[], [], []];
  const [tenantId, propertyId] = [randomUUID() as TenantId, randomUUID() as PropertyId];
  const openScope = createScopes({
    ...{ store, bus, clock, listeners, links: { write: () => "" } },
    cipherFor: async () => ({}) as TenantCipher,
    queue: {
      announce: (ref) => void announced.push(ref),
      consume: () => {},
      idle: async () => {},
      close: async () => {},
    },
    recorder: { write: async (_, { act }) => void acts.push(act) },
  });
  const scope = await openScope(tenantId);
  await scope.transact(({ db }) => beginFeed(db, propertyId));
  bus.subscribe(feedTopic(tenantId, propertyId), (message) => wakes.push(message));
  const count = async (table: string) => {
    const { rows } = await held.engine.reader.run(
      `select count(*) as n from ${table}`,
      [],
      "count",
    );
    return Number(rows[0]?.["n"]);
  };
  return {
    ...{ scope, propertyId, held, clock, announced, acts, wakes },
    kinds: async () => (await readChanges(scope.read, propertyId, 0)).changes.length,
    jobs: () => count("job"),
  };
}

/** Tells one of everything. */
function tellAll(unit: Unit, propertyId: PropertyId, act = "bell.rung", dueAt?: number): void {
  const nothing = { conversation_id: null, entry_id: null, contact_id: null, agent_id: null };
  unit.change({ property_id: propertyId, kind: "contact.changed", ...nothing });
  const due = dueAt === undefined ? {} : { dueAt };
  unit.schedule({ kind: "bell.ring", propertyId, subjectId: unit.mint<"job">(), ...due });
  unit.record({ act, agentId: null, subjectId: propertyId });
}

const delivered = () => new Promise<void>((resolve) => setImmediate(resolve));

async function told(stage: Stage) {
  await delivered();
  return [await stage.kinds(), await stage.jobs(), stage.announced.length, stage.wakes.length];
}

async function tellsAfterCommit(stage: Stage): Promise<void> {
  await stage.scope.transact(async (unit) => {
    tellAll(unit, stage.propertyId);
    await delivered();
    assert.deepEqual(await told(stage), [0, 0, 0, 0]);
  });
  assert.deepEqual(await told(stage), [1, 1, 1, 1]);
  assert.deepEqual(stage.acts, ["bell.rung"]);
}

async function tellsNothingOfFailed(stage: Stage): Promise<void> {
  const failing = stage.scope.transact(async (unit) => {
    tellAll(unit, stage.propertyId);
    throw new Error("no");
  });
  await assert.rejects(failing, /no/);
  assert.deepEqual(await told(stage), [0, 0, 0, 0]);
}

async function tellsOnceAfterReplay(stage: Stage): Promise<void> {
  let attempts = 0;
  stage.held.interceptor = async (statement, run) => {
    if (statement === "feed.append" && attempts < 3) {
      throw new StoreFault("deadlock", statement, "test");
    }
    return run();
  };
  await stage.scope.transact(async (unit) => {
    attempts += 1;
    tellAll(unit, stage.propertyId);
  });
  assert.equal(attempts, 3);
  assert.deepEqual(await told(stage), [1, 1, 1, 1]);
}

async function takesBackAttempt(stage: Stage): Promise<void> {
  const { scope, propertyId } = stage;
  const later = randomUUID() as PropertyId;
  await scope.transact(async (unit) => {
    tellAll(unit, propertyId, "first");
    const outcome = await unit.attempt(async () => {
      tellAll(unit, propertyId, "second");
      await beginFeed(unit.db, later);
      await unit.attempt(async () => tellAll(unit, later, "third"));
      throw new Error("only this");
    });
    assert.match(String(outcome.error), /only this/);
    assert.deepEqual(await unit.attempt(async () => tellAll(unit, propertyId, "fourth")), {});
  });
  assert.deepEqual(stage.acts, ["first", "fourth"]);
  assert.deepEqual(await told(stage), [2, 2, 2, 1]);
}

async function announcesDue(stage: Stage): Promise<void> {
  const { scope, propertyId, clock } = stage;
  await scope.transact(async (unit) => {
    tellAll(unit, propertyId, "now", clock.now());
    tellAll(unit, propertyId, "later", clock.now() + 1);
  });
  assert.deepEqual(await told(stage), [2, 2, 1, 1]);
}

async function wakesOnce(stage: Stage): Promise<void> {
  await stage.scope.transact(async (unit) => {
    for (let times = 0; times < 5; times += 1) tellAll(unit, stage.propertyId);
  });
  assert.deepEqual(await told(stage), [5, 5, 5, 1]);
}

async function hasOneInstant(stage: Stage): Promise<void> {
  const { scope, clock, propertyId } = stage;
  const began = clock.now();
  await scope.transact(async (unit) => {
    clock.moveTo(began + 1_000);
    assert.equal(unit.now, began);
    tellAll(unit, propertyId);
  });
  const { changes } = await readChanges(scope.read, propertyId, 0);
  assert.equal(changes[0]?.at, began);
}

async function failingListener(unit: Unit): Promise<void> {
  await beginFeed(unit.db, randomUUID() as PropertyId);
  throw new Error("cannot follow");
}

async function failsWithListener(stage: Stage): Promise<void> {
  const failing = stage.scope.transact(async (unit) => {
    tellAll(unit, stage.propertyId);
    await unit.notify({ name: "contact.changed", contactId: unit.mint<"contact">() });
  });
  await assert.rejects(failing, /cannot follow/);
  assert.deepEqual(await told(stage), [0, 0, 0, 0]);
}
