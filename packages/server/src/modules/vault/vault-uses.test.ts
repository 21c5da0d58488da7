import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import { openKeyFile } from "../../platform/keys/key-file.ts";
import { KeyLeaseExpired } from "../../platform/keys/tenant-cipher.ts";
import { VaultFault, type VaultFaultReason } from "./faults.ts";
import type { DataKeyStore } from "./ports.ts";
import { dataKeyAgeMsMax, dataKeyUsesMax, leaseMsMax, settleMs, useBlockSize } from "./rules.ts";
import { manualClock, newVaultWorld } from "./testing.ts";

const folder = await mkdtemp(join(tmpdir(), "foyer-vault-"));
after(() => rm(folder, { recursive: true }));
const startAt = 1_800_000_000_000;
const keyFile = await openKeyFile({ folder, clock: manualClock(startAt), ifMissing: "create" });
const newWorld = () => newVaultWorld(keyFile, startAt);

const row = randomUUID();
const field = FIELD.entryBody;
const areSpent = (error: unknown) => error instanceof KeyLeaseExpired && error.end === "uses";
const faultOf = (reason: VaultFaultReason) => (error: unknown) =>
  error instanceof VaultFault && error.reason === reason;

async function fieldKeys(store: DataKeyStore, tenantId: string) {
  return (await store.list(tenantId)).filter((key) => key.purpose === "field");
}

describe("the uses of a data key", () => {
  it("never exceed the granted blocks, across two processes", async () => {
    const { store, vault, openOther, tenantId } = await newWorld();
    const processes = [vault, openOther()];
    let sealed = 0;
    for (let turn = 0; turn < 4; turn += 1) {
      for (const each of processes) {
        const cipher = await each.cipherFor(tenantId);
        for (let use = 0; use < useBlockSize / 3; use += 1, sealed += 1) {
          cipher.seal(field, row, "");
        }
        const [key] = await fieldKeys(store, tenantId);
        assert.ok(key !== undefined && sealed <= key.usesGranted);
      }
    }
    const [key] = await fieldKeys(store, tenantId);
    assert.ok(key !== undefined && key.usesGranted - sealed <= 4 * useBlockSize);
  });

  it("end where the block ends, until the vault takes another", async () => {
    const { store, vault, tenantId } = await newWorld();
    const cipher = await vault.cipherFor(tenantId);
    for (let use = 0; use < useBlockSize; use += 1) cipher.seal(field, row, "");
    assert.throws(() => cipher.seal(field, row, ""), areSpent);
    (await vault.cipherFor(tenantId)).seal(field, row, "");
    assert.equal((await fieldKeys(store, tenantId))[0]?.usesGranted, 2 * useBlockSize);
  });

  it("are not wasted when a lease is renewed", async () => {
    const { clock, store, vault, tenantId } = await newWorld();
    for (let minute = 0; minute < 10; minute += 1) {
      (await vault.cipherFor(tenantId)).seal(field, row, "");
      clock.advance(leaseMsMax);
    }
    assert.equal((await fieldKeys(store, tenantId))[0]?.usesGranted, useBlockSize);
  });

  it("never pass the limit: a key that is spent gives way to its successor", async () => {
    const { store, vault, openOther, tenantId } = await newWorld();
    const [first] = await fieldKeys(store, tenantId);
    assert.ok(first !== undefined);
    await store.reserveUses(tenantId, first.id, dataKeyUsesMax - 100);
    const processes = [vault, openOther(), openOther()];
    await Promise.all(processes.map((each) => each.cipherFor(tenantId)));
    const keys = await fieldKeys(store, tenantId);
    assert.equal(keys.length, 2);
    for (const key of keys) assert.ok(key.usesGranted <= dataKeyUsesMax);
  });
});

describe("a rotation", () => {
  it("of an old field key happens by itself; everything sealed before still opens", async () => {
    const { clock, store, vault, tenantId } = await newWorld();
    const before = (await vault.cipherFor(tenantId)).seal(field, row, "old");
    clock.advance(dataKeyAgeMsMax);
    const cipher = await vault.cipherFor(tenantId);
    const sealed = cipher.seal(field, row, "new");
    assert.equal(cipher.openText(field, row, before), "old");
    const [first, second] = await fieldKeys(store, tenantId);
    assert.ok(first?.retiredAt !== null && second?.retiredAt === null);
    assert.notDeepEqual(sealed.subarray(1, 17), before.subarray(1, 17));
  });

  it("makes nothing that a process with an older lease cannot open", async () => {
    const { clock, vault, openOther, tenantId } = await newWorld();
    const other = openOther();
    await vault.rotate(tenantId, "field");
    const stepMs = leaseMsMax / 4;
    const keyIds = new Set<string>();
    let reader = await other.cipherFor(tenantId);
    let readerAgeMs = 0;
    for (let elapsed = 0; elapsed <= 2 * settleMs; elapsed += stepMs) {
      const sealed = (await vault.cipherFor(tenantId)).seal(field, row, "text");
      keyIds.add(Buffer.from(sealed.subarray(1, 17)).toString("hex"));
      assert.equal(reader.openText(field, row, sealed), "text");
      clock.advance(stepMs);
      readerAgeMs += stepMs;
      if (readerAgeMs < leaseMsMax) continue;
      reader = await other.cipherFor(tenantId);
      readerAgeMs = 0;
    }
    assert.equal(keyIds.size, 2);
  });

  it("by several processes at once makes one key", async () => {
    const { clock, store, vault, openOther, tenantId } = await newWorld();
    clock.advance(dataKeyAgeMsMax);
    await Promise.all([vault, openOther(), openOther()].map((each) => each.cipherFor(tenantId)));
    assert.equal((await fieldKeys(store, tenantId)).length, 2);
  });

  it("of the index key loses no row: the old digest counts until its key is retired", async () => {
    const { clock, vault, tenantId } = await newWorld();
    const original = await vault.cipherFor(tenantId);
    const digest = original.index(FIELD.contactAddressIndex, "+41790000000");
    const mac = original.mac(TABLE.agent, 1, []);
    await assert.rejects(vault.retireIndexKey(tenantId), faultOf("no_successor"));
    await vault.rotate(tenantId, "index");
    await assert.rejects(vault.retireIndexKey(tenantId), faultOf("unsettled"));
    clock.advance(settleMs);

    const during = await vault.cipherFor(tenantId);
    assert.deepEqual(during.indexVersions, [1, 2]);
    assert.deepEqual(during.index(FIELD.contactAddressIndex, "+41790000000"), digest);
    const next = during.index(FIELD.contactAddressIndex, "+41790000000", 2);
    assert.notDeepEqual(next, digest);

    await vault.retireIndexKey(tenantId);
    clock.advance(leaseMsMax);
    const done = await vault.cipherFor(tenantId);
    assert.deepEqual(done.indexVersions, [2]);
    assert.deepEqual(done.index(FIELD.contactAddressIndex, "+41790000000"), next);
    done.verifyMac(TABLE.agent, 1, [], mac);
  });
});
