import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import { openKeyFile } from "../../platform/keys/key-file.ts";
import { KeyServiceFault } from "../../platform/keys/key-service.ts";
import { KeyLeaseExpired, type LeaseEnd } from "../../platform/keys/tenant-cipher.ts";
import { VaultFault, type VaultFaultReason } from "./faults.ts";
import { leaseMsMax, leaseRenewAfterMs } from "./rules.ts";
import { manualClock, newVaultWorld } from "./testing.ts";
import { createVault } from "./vault.ts";

const folder = await mkdtemp(join(tmpdir(), "foyer-vault-"));
after(() => rm(folder, { recursive: true }));
const startAt = 1_800_000_000_000;
const keyFile = await openKeyFile({ folder, clock: manualClock(startAt), ifMissing: "create" });

const newWorld = (openTenants?: number) => newVaultWorld(keyFile, startAt, openTenants);

const row = randomUUID();
const field = FIELD.entryBody;
const ended = (end: LeaseEnd) => (error: unknown) =>
  error instanceof KeyLeaseExpired && error.end === end;
const faultOf = (reason: VaultFaultReason) => (error: unknown) =>
  error instanceof VaultFault && error.reason === reason;
const keyFaultOf = (reason: string) => (error: unknown) =>
  error instanceof KeyServiceFault && error.reason === reason;
describe("a lease of keys", () => {
  for (const [clocks, advance] of [
    ["both clocks", "advance"],
    ["the wall clock alone", "advanceWall"],
    ["the monotonic clock alone", "advanceMonotonic"],
  ] as const) {
    it(`ends by ${clocks}`, async () => {
      const { clock, vault, tenantId } = await newWorld();
      const cipher = await vault.cipherFor(tenantId);
      const sealed = cipher.seal(field, row, "text");
      const mac = cipher.mac(TABLE.agent, 1, []);
      clock[advance](leaseMsMax - 1);
      assert.equal(cipher.openText(field, row, sealed), "text");
      clock[advance](1);
      for (const use of [
        () => cipher.seal(field, row, "text"),
        () => cipher.open(field, row, sealed),
        () => cipher.index(field, "value"),
        () => cipher.searchKey(field),
        () => cipher.mac(TABLE.agent, 1, []),
        () => cipher.verifyMac(TABLE.agent, 1, [], mac),
      ]) {
        assert.throws(use, ended("time"));
      }
      const renewed = await vault.cipherFor(tenantId);
      assert.equal(renewed.openText(field, row, sealed), "text");
    });
  }

  it("is not made longer by a wall clock that is set back", async () => {
    const { clock, vault, tenantId } = await newWorld();
    const cipher = await vault.cipherFor(tenantId);
    clock.advanceWall(-3_600_000);
    clock.advanceMonotonic(leaseMsMax);
    assert.throws(() => cipher.seal(field, row, "text"), ended("time"));
  });

  it("counts the time that opening the keys took", async () => {
    const { clock, watch, vault, tenantId } = await newWorld();
    watch.beforeUnwrap = async () => clock.advance(leaseMsMax / 2);
    const cipher = await vault.cipherFor(tenantId);
    assert.throws(() => cipher.seal(field, row, "text"), ended("time"));
  });

  it("is renewed before it is half over, so that a new holder can use it for a while", async () => {
    const { clock, vault, tenantId } = await newWorld();
    const first = await vault.cipherFor(tenantId);
    clock.advance(leaseRenewAfterMs - 1);
    assert.equal(await vault.cipherFor(tenantId), first);
    clock.advance(1);
    assert.notEqual(await vault.cipherFor(tenantId), first);
  });
});

describe("the vault", () => {
  it("opens a tenant's keys once for all who ask at the same time", async () => {
    const { watch, vault, tenantId } = await newWorld();
    const ciphers = await Promise.all(Array.from({ length: 20 }, () => vault.cipherFor(tenantId)));
    assert.equal(new Set(ciphers).size, 1);
    assert.equal(watch.unwraps, 2);
  });

  it("makes no keys for a tenant that was not provisioned", async () => {
    const { vault, store, keyService } = await newWorld();
    const unknown = randomUUID();
    await assert.rejects(vault.cipherFor(unknown), faultOf("not_provisioned"));
    await assert.rejects(vault.rotate(unknown, "field"), faultOf("not_provisioned"));
    assert.equal(await keyService.describe(unknown), "unknown");
    assert.deepEqual(await store.list(unknown), []);
  });

  it("opens nothing more of a tenant whose key was destroyed, nor makes it anew", async () => {
    const { clock, vault, tenantId, keyService } = await newWorld();
    const cipher = await vault.cipherFor(tenantId);
    await keyService.destroyTenantKey(tenantId);
    clock.advance(leaseRenewAfterMs);
    await assert.rejects(vault.cipherFor(tenantId), keyFaultOf("destroyed"));
    assert.throws(() => cipher.seal(field, row, "text"), ended("forgotten"));
    await assert.rejects(vault.provision(tenantId), keyFaultOf("destroyed"));
    await assert.rejects(vault.rotate(tenantId, "field"), keyFaultOf("destroyed"));
  });

  it("provisions what is missing after an interruption, and nothing twice", async () => {
    const { vault, store, keyService } = await newWorld();
    const tenantId = randomUUID();
    await keyService.createTenantKey(tenantId);
    await Promise.all([vault.provision(tenantId), vault.provision(tenantId)]);
    const keys = await store.list(tenantId);
    assert.deepEqual(keys.map((key) => `${key.purpose} ${key.version}`).toSorted(), [
      "field 1",
      "index 1",
    ]);
    await vault.provision(tenantId);
    assert.deepEqual(await store.list(tenantId), keys);
  });

  it("forgets a tenant at once, also what was handed out", async () => {
    const { clock, vault, tenantId } = await newWorld();
    const first = await vault.cipherFor(tenantId);
    clock.advance(leaseRenewAfterMs);
    const second = await vault.cipherFor(tenantId);
    first.seal(field, row, "still good");
    vault.forget(tenantId);
    for (const cipher of [first, second]) {
      assert.throws(() => cipher.seal(field, row, "text"), ended("forgotten"));
    }
    (await vault.cipherFor(tenantId)).seal(field, row, "text");
  });

  it("forgets a tenant whose keys are just being opened", async () => {
    const { watch, vault, tenantId } = await newWorld();
    watch.beforeUnwrap = async () => vault.forget(tenantId);
    await assert.rejects(vault.cipherFor(tenantId), ended("forgotten"));
  });

  it("holds a bounded number of tenants, and lets go of the one used longest ago", async () => {
    const { watch, vault, tenantId: first } = await newWorld(2);
    const [second, third] = [randomUUID(), randomUUID()];
    for (const tenantId of [second, third]) await vault.provision(tenantId);
    for (const tenantId of [first, second, first, third]) await vault.cipherFor(tenantId);
    const unwraps = watch.unwraps;
    await vault.cipherFor(first);
    assert.equal(watch.unwraps, unwraps);
    await vault.cipherFor(second);
    assert.ok(watch.unwraps > unwraps);
  });

  it("lets ciphers serve to their end when the key service is away, and recovers", async () => {
    const { clock, watch, vault, tenantId } = await newWorld();
    const cipher = await vault.cipherFor(tenantId);
    clock.advance(leaseRenewAfterMs);
    watch.beforeUnwrap = () => Promise.reject(new KeyServiceFault("unavailable"));
    await assert.rejects(vault.cipherFor(tenantId), keyFaultOf("unavailable"));
    cipher.seal(field, row, "text");
    watch.beforeUnwrap = async () => {};
    (await vault.cipherFor(tenantId)).seal(field, row, "text");
  });

  it("opens no data key that its row passes off as another version or purpose", async () => {
    const { store, keyService, clock, tenantId } = await newWorld();
    for (const lie of [{ version: 2 }, { purpose: "index" as const }]) {
      const list = async () =>
        (await store.list(tenantId)).map((key) => {
          return key.purpose === "field" ? { ...key, ...lie } : key;
        });
      const vault = createVault({ keyService, clock, store: { ...store, list } });
      await assert.rejects(vault.cipherFor(tenantId));
    }
  });
});
