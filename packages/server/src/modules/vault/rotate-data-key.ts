import { createSecretKey, randomBytes } from "node:crypto";
import type { Clock } from "../../platform/clock.ts";
import { mintId } from "../../platform/ids.ts";
import { keyBytes } from "../../platform/keys/aead.ts";
import type { KeyService, WrapContext } from "../../platform/keys/key-service.ts";
import { VaultFault } from "./faults.ts";
import type { DataKeyPurpose, DataKeyStore } from "./ports.ts";
import { dataKeysPerTenantMax, inUse, isSettled, nextVersion } from "./rules.ts";

/** What the vault's use-cases work with. */
export interface VaultParts {
  readonly keyService: KeyService;
  readonly store: DataKeyStore;
  readonly clock: Clock;
}

/**
 * Gives a purpose its next data key. A field key begins to seal once every process knows it; an
 * index key begins a rotation that ends with `retireIndexKey`. If somebody else does the same at
 * the same time, one key comes of it. A tenant whose key was destroyed cannot get here: without
 * that key nothing is wrapped.
 *
 * @throws {VaultFault} `not_provisioned`, `too_many_keys`; {KeyServiceFault}.
 */
export async function rotateDataKey(
  parts: VaultParts,
  tenantId: string,
  purpose: DataKeyPurpose,
): Promise<void> {
  const keys = await parts.store.list(tenantId);
  if (keys.length === 0) throw new VaultFault("not_provisioned");
  if (keys.length >= dataKeysPerTenantMax) throw new VaultFault("too_many_keys");
  await addDataKey(parts, tenantId, purpose, nextVersion(keys, purpose));
}

/**
 * Ends the rotation of the index key: the older version is used no more, the next one becomes the
 * one that every row is found by. Call it once every row carries the digests of both.
 *
 * @throws {VaultFault} `no_successor`, `unsettled`.
 */
export async function retireIndexKey(parts: VaultParts, tenantId: string): Promise<void> {
  const now = parts.clock.now();
  const [oldest, successor] = inUse(await parts.store.list(tenantId), "index");
  if (oldest === undefined || successor === undefined) throw new VaultFault("no_successor");
  if (!isSettled(successor, now)) throw new VaultFault("unsettled");
  await parts.store.retire(tenantId, oldest.id, now);
}

/** Makes a data key of this version, wraps it, and stores it unless the version is taken. */
export async function addDataKey(
  parts: VaultParts,
  tenantId: string,
  purpose: DataKeyPurpose,
  version: number,
): Promise<void> {
  const { keyService, store, clock } = parts;
  const createdAt = clock.now();
  const id: string = mintId(createdAt);
  const bytes = randomBytes(keyBytes);
  const key = createSecretKey(bytes);
  bytes.fill(0);
  const wrapped = await keyService.wrap(tenantId, wrapContext({ id, purpose, version }), key);
  await store.insert(tenantId, { id, purpose, version, wrapped, createdAt });
}

/** What a data key is wrapped for: its row cannot pass it off as another version or purpose. */
export function wrapContext(key: {
  id: string;
  purpose: DataKeyPurpose;
  version: number;
}): WrapContext {
  return { dataKeyId: key.id, purpose: `${key.purpose} ${key.version}` };
}
