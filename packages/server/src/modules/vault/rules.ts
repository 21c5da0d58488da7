import type { DataKey, DataKeyPurpose } from "./ports.ts";

/** Encryptions under one data key: a quarter of what random 96-bit nonces allow (SP 800-38D). */
export const dataKeyUsesMax = 2 ** 30;
/** Age at which a data key encrypts nothing more. */
export const dataKeyAgeMsMax = 90 * 24 * 60 * 60 * 1000;
/** Uses that a process takes from a key's row at a time. */
export const useBlockSize = 2 ** 16;
/** Under so many uses left a process takes another block. */
export const useBlockLowWater = useBlockSize / 2;
/** For how long opened keys may be used. */
export const leaseMsMax = 60_000;
/** After so long a cipher is opened anew, so that whoever gets one can use it for a while. */
export const leaseRenewAfterMs = 30_000;
/** Data keys of one tenant, old ones included: all are opened with every lease. */
export const dataKeysPerTenantMax = 256;

/**
 * A new key seals only once it is so old: by then every process has opened a lease that can read
 * what it seals. Several leases long, because the clocks of machines differ.
 */
export const settleMs = 5 * 60_000;
/** How long before its time, and with how many uses left, a key gets its successor. */
const rotateAheadMs = 60 * 60_000;
const rotateAheadUses = 2 ** 27;

/** Whether a field key should get its successor. Index keys are rotated on demand only. */
export function isRotationDue(keys: readonly DataKey[], now: number): boolean {
  const newest = inUse(keys, "field").at(-1);
  if (newest === undefined) return true;
  const usesLeft = dataKeyUsesMax - newest.usesGranted;
  return now - newest.createdAt >= dataKeyAgeMsMax - rotateAheadMs || usesLeft <= rotateAheadUses;
}

/**
 * The key that seals: the newest one that all processes can read by now; or simply the newest,
 * if that one's time or uses are over.
 */
export function currentFieldKey(keys: readonly DataKey[], now: number): DataKey | undefined {
  const usable = inUse(keys, "field").filter((key) => !isOver(key, now));
  return usable.findLast((key) => isSettled(key, now)) ?? usable.at(-1);
}

/** Field keys that the current one has succeeded, and which therefore can be retired. */
export function supersededFieldKeys(keys: readonly DataKey[], current: DataKey): DataKey[] {
  return inUse(keys, "field").filter((key) => key.version < current.version);
}

/** The keys of a purpose that are not retired, the oldest first. */
export function inUse(keys: readonly DataKey[], purpose: DataKeyPurpose): DataKey[] {
  return keys
    .filter((key) => key.purpose === purpose && key.retiredAt === null)
    .toSorted((one, other) => one.version - other.version);
}

/** The version that a purpose's next key gets. */
export function nextVersion(keys: readonly DataKey[], purpose: DataKeyPurpose): number {
  const versions = keys.filter((key) => key.purpose === purpose).map((key) => key.version);
  return Math.max(0, ...versions) + 1;
}

/** The first key of a purpose has nobody to wait for; every later one settles. */
export function isSettled(key: DataKey, now: number): boolean {
  return key.version === 1 || now - key.createdAt >= settleMs;
}

function isOver(key: DataKey, now: number): boolean {
  // A lease outlives the moment of its opening, and must not outlive the key.
  const isAged = now - key.createdAt + leaseMsMax >= dataKeyAgeMsMax;
  return isAged || key.usesGranted >= dataKeyUsesMax;
}
