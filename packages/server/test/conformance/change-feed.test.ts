import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, it } from "node:test";
import type { PropertyId, TenantId } from "@foyer/contract";
import {
  allFeeds,
  appendChanges,
  beginFeed,
  type Change,
  consumerCursor,
  feedMigration,
  headOf,
  moveConsumerCursor,
  readChanges,
  trimFeed,
} from "../../src/platform/feed/index.ts";
import { migrate, openStore, type Store } from "../../src/platform/store/index.ts";
import { type OpenedStore, openStoreAt, primaryStores } from "../engines.ts";
import { makeInterceptable } from "../world/interceptable-engine.ts";

const changesPerTransactionMax = 200;
const changeRetentionMs = 7 * 24 * 60 * 60_000;

interface Place {
  readonly tenantId: TenantId;
  readonly propertyId: PropertyId;
}

const now = 1_800_000_000_000;

function changeAt(propertyId: PropertyId): Change {
  const nothing = { conversation_id: null, entry_id: null, contact_id: null, agent_id: null };
  return { property_id: propertyId, kind: "contact.changed", ...nothing };
}

async function newFeed(store: Store, tenantId = randomUUID() as TenantId): Promise<Place> {
  const propertyId = randomUUID() as PropertyId;
  await store.transact(tenantId, ({ tenant }) => beginFeed(tenant, propertyId));
  return { tenantId, propertyId };
}

function tell(store: Store, { tenantId, propertyId }: Place, count: number, at = now) {
  const changes = Array.from({ length: count }, () => changeAt(propertyId));
  return store.transact(tenantId, ({ tenant }) => appendChanges(tenant, changes, at));
}

function read(store: Store, { tenantId, propertyId }: Place, after: number) {
  return readChanges(store.tenant(tenantId), propertyId, after);
}

const sequences = (changes: readonly { sequence: number }[]) => changes.map((row) => row.sequence);
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

for (const { name, open } of primaryStores()) {
  const on = (test: (store: Store, opened: OpenedStore) => Promise<void>) => async () => {
    const opened = await open();
    try {
      await migrate(opened.engine, [feedMigration]);
      await test(openStore(opened.engine), opened);
    } finally {
      await opened.close();
    }
  };

  describe(`change feed: ${name}`, () => {
    it("counts each property's changes by themselves, from one", on(countsPerProperty));
    it("shows a reader every change once, in order, while many write", on(keepsCommitOrder));
    it("takes back the numbers of a unit that failed", on(skipsFailed));
    it("takes two hundred changes of a transaction and not one more", on(boundsTransaction));
    it("gives a page at a time, and the next from its end", on(readsPages));
    it("refuses a change of a property without a feed", on(needsFeed));
    it("drops what is past the retention, and tells who has not read it", on(trims));
    it("leaves no hole to a reader whom a trim overtakes", on(tellsOfOvertaking));
    it("says lost to a cursor from the future", on(refusesFuture));
    it("never moves a consumer's cursor back", on(movesForward));
    it("tells which feeds there are", on(listsFeeds));
  });
}

async function countsPerProperty(store: Store): Promise<void> {
  const one = await newFeed(store);
  const two = await newFeed(store, one.tenantId);
  const head = await headOf(store.tenant(one.tenantId), one.propertyId);
  assert.deepEqual({ ...head }, { last: 0, dropped: 0 });
  const changes = [one, two, one].map(({ propertyId }) => changeAt(propertyId));
  await store.transact(one.tenantId, ({ tenant }) => appendChanges(tenant, changes, now));
  await tell(store, two, 1);
  assert.deepEqual(sequences((await read(store, one, 0)).changes), [1, 2]);
  assert.deepEqual(sequences((await read(store, two, 0)).changes), [1, 2]);
}

async function keepsCommitOrder(store: Store, { address }: OpenedStore): Promise<void> {
  const place = await newFeed(store);
  const others = [1, 2].map(() => openStore(openStoreAt(address)));
  try {
    const writers = [store, ...others];
    const isWriting = { now: true };
    const units = writers.flatMap((writer) =>
      Array.from({ length: 40 }, (_, at) => tell(writer, place, 1 + (at % 3))),
    );
    const written = Promise.all(units).then(() => {
      isWriting.now = false;
    });
    const seen: number[] = [];
    for (let isLast = false; !isLast; ) {
      isLast = !isWriting.now;
      const { changes, isLost } = await read(store, place, seen.at(-1) ?? 0);
      assert.equal(isLost, false);
      seen.push(...sequences(changes));
      if (changes.length === 0) await new Promise((resolve) => setImmediate(resolve));
      else isLast = false;
    }
    await written;
    // Had a lower number become visible after a higher one, it would be missing here.
    const { last } = await headOf(store.tenant(place.tenantId), place.propertyId);
    assert.deepEqual(seen, upTo(last));
  } finally {
    for (const other of others) await other.close();
  }
}

async function skipsFailed(store: Store): Promise<void> {
  const place = await newFeed(store);
  await tell(store, place, 2);
  const failing = store.transact(place.tenantId, async ({ tenant }) => {
    await appendChanges(tenant, [changeAt(place.propertyId)], now);
    throw new Error("no");
  });
  await assert.rejects(failing);
  await tell(store, place, 1);
  assert.deepEqual(sequences((await read(store, place, 0)).changes), [1, 2, 3]);
}

async function boundsTransaction(store: Store): Promise<void> {
  const place = await newFeed(store);
  await tell(store, place, changesPerTransactionMax);
  await assert.rejects(tell(store, place, changesPerTransactionMax + 1));
  const { last } = await headOf(store.tenant(place.tenantId), place.propertyId);
  assert.equal(last, 200);
}

async function readsPages(store: Store): Promise<void> {
  const place = await newFeed(store);
  for (const count of [150, 150]) await tell(store, place, count);
  const first = await read(store, place, 0);
  assert.deepEqual(sequences(first.changes), upTo(200));
  const second = await read(store, place, 200);
  assert.deepEqual(sequences(second.changes), upTo(300).slice(200));
  assert.deepEqual(await read(store, place, 300), { changes: [], isLost: false });
}

async function needsFeed(store: Store): Promise<void> {
  const place = { tenantId: randomUUID() as TenantId, propertyId: randomUUID() as PropertyId };
  await assert.rejects(tell(store, place, 1), /without a feed/);
  const foreign = await newFeed(store);
  await assert.rejects(tell(store, { ...foreign, tenantId: place.tenantId }, 1), /without a feed/);
}

async function trims(store: Store): Promise<void> {
  const place = await newFeed(store);
  await tell(store, place, 5, now);
  await tell(store, place, 5, now + 10);
  const { tenantId, propertyId } = place;
  assert.equal(await trimFeed(store, tenantId, propertyId, now + changeRetentionMs), 0);
  assert.equal(await trimFeed(store, tenantId, propertyId, now + changeRetentionMs + 1), 5);
  assert.equal(await trimFeed(store, tenantId, propertyId, now + changeRetentionMs + 1), 0);
  assert.equal((await read(store, place, 4)).isLost, true);
  assert.deepEqual(sequences((await read(store, place, 5)).changes), [6, 7, 8, 9, 10]);
  await tell(store, place, 1, now + 20);
  assert.deepEqual(sequences((await read(store, place, 10)).changes), [11]);
}

async function tellsOfOvertaking(_: Store, { engine }: OpenedStore): Promise<void> {
  const held = makeInterceptable(engine);
  const store = openStore(held.engine);
  const place = await newFeed(store);
  await tell(store, place, 10);
  // The trim comes when the reader knows that nothing is lost and has not read a row.
  held.interceptor = async (statement, run) => {
    if (statement === "feed.read") {
      held.interceptor = undefined;
      await tell(store, place, 1, now + changeRetentionMs + 1);
      const { tenantId, propertyId } = place;
      await trimFeed(store, tenantId, propertyId, now + changeRetentionMs + 1);
    }
    return run();
  };
  assert.deepEqual(await read(store, place, 3), { changes: [], isLost: false });
  assert.equal((await read(store, place, 3)).isLost, true);
}

async function refusesFuture(store: Store): Promise<void> {
  const place = await newFeed(store);
  await tell(store, place, 3);
  assert.equal((await read(store, place, 4)).isLost, true);
  assert.equal((await read(store, place, 3)).isLost, false);
}

async function movesForward(store: Store): Promise<void> {
  const { tenantId, propertyId } = await newFeed(store);
  const move = (sequence: number) =>
    store.transact(tenantId, ({ tenant }) =>
      moveConsumerCursor(tenant, propertyId, "search", sequence),
    );
  const cursor = () => consumerCursor(store.tenant(tenantId), propertyId, "search");
  assert.equal(await cursor(), -1);
  for (const [to, expected] of [
    [0, 0],
    [7, 7],
    [3, 7],
    [7, 7],
    [8, 8],
  ] as const) {
    await move(to);
    assert.equal(await cursor(), expected);
  }
  await Promise.all([12, 9, 30, 11, 29].map(move));
  assert.equal(await cursor(), 30);
  assert.equal(await consumerCursor(store.tenant(tenantId), propertyId, "automations"), -1);
}

async function listsFeeds(store: Store): Promise<void> {
  const places = [await newFeed(store), await newFeed(store)];
  await tell(store, places[0] as Place, 4);
  const feeds = await allFeeds(store);
  assert.deepEqual(
    new Set(feeds.map((feed) => `${feed.tenant_id} ${feed.property_id} ${feed.last}`)),
    new Set(places.map((place, at) => `${place.tenantId} ${place.propertyId} ${at === 0 ? 4 : 0}`)),
  );
}
