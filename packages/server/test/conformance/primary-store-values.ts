import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Store } from "../../src/platform/store/index.ts";
import type { OpenedStore } from "../engines.ts";
import {
  addRooms,
  allRooms,
  bytes,
  newRoom,
  newTenant,
  roomByDoor,
  roomsByIds,
  withStore,
} from "./primary-store-tables.ts";

/** What every engine gives back of what it was given: the column law. */
export function describePrimaryStoreValues(name: string, open: () => Promise<OpenedStore>): void {
  const on = (test: (store: Store) => Promise<void>) => withStore(open, test);

  describe(`primary store, values: ${name}`, () => {
    it("gives back a row as it was written, nulls included", on(roundTrips));
    it("keeps integers of 53 bits, of either sign", on(keepsIntegers));
    it("keeps every byte, and as many as a delivery has", on(keepsBytes));
    it("compares text keys byte by byte", on(comparesBytes));
    it("refuses null where none may be", on(refusesNull));
    it("finds the rows of a list of any length, each once", on(findsLists));
    it("writes batches of rows of any length", on(writesBatches));
  });
}

async function roundTrips(store: Store): Promise<void> {
  const tenantId = newTenant();
  const full = newRoom({ size: 1, note: bytes("\0\u00ff sealed") });
  const empty = newRoom({ size: 2 });
  await addRooms(store, tenantId, full, empty);
  const rows = await store.tenant(tenantId).all(allRooms, {});
  const plain = rows.map((row) => ({
    ...row,
    door: new Uint8Array(row.door),
    note: row.note && new Uint8Array(row.note),
  }));
  assert.deepEqual(plain, [
    { tenant_id: tenantId, ...full },
    { tenant_id: tenantId, ...empty },
  ]);
}

async function keepsIntegers(store: Store): Promise<void> {
  const tenantId = newTenant();
  const sizes = [Number.MIN_SAFE_INTEGER, -(2 ** 31) - 1, -1, 0, 2 ** 32, Number.MAX_SAFE_INTEGER];
  await addRooms(store, tenantId, ...sizes.map((size) => newRoom({ size, made_at: size })));
  const rows = await store.tenant(tenantId).all(allRooms, {});
  assert.deepEqual(
    rows.map((row) => [row.size, row.made_at]),
    sizes.map((size) => [size, size]),
  );
}

async function keepsBytes(store: Store): Promise<void> {
  const tenantId = newTenant();
  const everyByte = new Uint8Array(2 ** 20 + 256).map((_, at) => at);
  await addRooms(store, tenantId, newRoom({ note: everyByte }));
  const [row] = await store.tenant(tenantId).all(allRooms, {});
  assert.ok(row?.note && Buffer.compare(row.note, everyByte) === 0);
}

async function comparesBytes(store: Store): Promise<void> {
  const tenantId = newTenant();
  const doors = ["a", "a ", "A", "á", "a\0", "muller", "Müller", "Muller", ""];
  for (const door of doors) {
    assert.equal(await addRooms(store, tenantId, newRoom({ door: bytes(door) })), true, door);
  }
  for (const door of doors) {
    const rows = await store.tenant(tenantId).all(roomByDoor, { door: bytes(door) });
    assert.deepEqual(
      rows.map((row) => Buffer.from(row.door).toString()),
      [door],
    );
  }
}

async function refusesNull(store: Store): Promise<void> {
  await assert.rejects(addRooms(store, newTenant(), newRoom({ size: null as never })));
}

async function findsLists(store: Store): Promise<void> {
  const tenantId = newTenant();
  const rows = Array.from({ length: 70 }, () => newRoom());
  await addRooms(store, tenantId, ...rows);
  for (const length of [1, 2, 3, 5, 31, 32, 33, 70]) {
    const ids = rows.slice(0, length).map((row) => row.id);
    const found = await store.tenant(tenantId).all(roomsByIds, { ids });
    assert.deepEqual(
      found.map((row) => row.id),
      ids.toSorted(),
    );
  }
}

async function writesBatches(store: Store): Promise<void> {
  for (const length of [1, 2, 3, 7, 200]) {
    const tenantId = newTenant();
    const rows = Array.from({ length }, (_, size) => newRoom({ size }));
    await addRooms(store, tenantId, ...rows);
    const found = await store.tenant(tenantId).all(allRooms, {});
    assert.deepEqual(
      found.map((row) => row.id),
      rows.map((row) => row.id),
    );
  }
}
