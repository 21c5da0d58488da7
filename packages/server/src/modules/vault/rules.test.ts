import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DataKey } from "./ports.ts";
import {
  currentFieldKey,
  dataKeyAgeMsMax,
  dataKeyUsesMax,
  isRotationDue,
  isSettled,
  leaseMsMax,
  settleMs,
} from "./rules.ts";

const now = 1_800_000_000_000;
const hourMs = 60 * 60_000;

function fieldKey(version: number, ageMs: number, usesGranted = 0): DataKey {
  const wrapped = new Uint8Array(0);
  const createdAt = now - ageMs;
  const id = `key ${version}`;
  return { id, purpose: "field", version, wrapped, createdAt, usesGranted, retiredAt: null };
}

describe("a field key's successor", () => {
  it("is due an hour before the key is 90 days old", () => {
    assert.equal(isRotationDue([fieldKey(1, dataKeyAgeMsMax - hourMs - 1)], now), false);
    assert.equal(isRotationDue([fieldKey(1, dataKeyAgeMsMax - hourMs)], now), true);
  });

  it("is due while an eighth of the uses is left", () => {
    const eighth = dataKeyUsesMax / 8;
    assert.equal(isRotationDue([fieldKey(1, 0, dataKeyUsesMax - eighth - 1)], now), false);
    assert.equal(isRotationDue([fieldKey(1, 0, dataKeyUsesMax - eighth)], now), true);
  });

  it("is not due again while it waits", () => {
    const keys = [fieldKey(1, dataKeyAgeMsMax - hourMs), fieldKey(2, 1)];
    assert.equal(isRotationDue(keys, now), false);
  });

  it("seals only once every process can know it", () => {
    const old = fieldKey(1, dataKeyAgeMsMax - hourMs);
    assert.equal(currentFieldKey([old, fieldKey(2, settleMs - 1)], now), old);
    assert.equal(currentFieldKey([old, fieldKey(2, settleMs)], now)?.version, 2);
    assert.ok(settleMs > leaseMsMax);
  });

  it("seals at once where the old key may not", () => {
    const aged = fieldKey(1, dataKeyAgeMsMax - leaseMsMax);
    assert.equal(currentFieldKey([fieldKey(2, 1), aged], now)?.version, 2);
    const spent = fieldKey(1, 0, dataKeyUsesMax);
    assert.equal(currentFieldKey([spent, fieldKey(2, 1)], now)?.version, 2);
  });
});

it("a key that is over, retired or of the other purpose never seals", () => {
  const aged = fieldKey(1, dataKeyAgeMsMax - leaseMsMax);
  const spent = fieldKey(2, 0, dataKeyUsesMax);
  const retired: DataKey = { ...fieldKey(3, 0), retiredAt: now };
  const index: DataKey = { ...fieldKey(4, 0), purpose: "index" };
  assert.equal(currentFieldKey([aged, spent, retired, index], now), undefined);
  assert.equal(isRotationDue([retired, index], now), true);
});

it("the first key of a tenant has nobody to wait for", () => {
  assert.equal(isSettled(fieldKey(1, 0), now), true);
  assert.equal(isSettled(fieldKey(2, 0), now), false);
});
