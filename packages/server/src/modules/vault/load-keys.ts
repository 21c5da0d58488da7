import type { KeyObject } from "node:crypto";
import { idPart } from "../../platform/keys/length-prefixed.ts";
import { type SealingKey, sealingKey, sealingKeyId } from "../../platform/keys/sealed-box.ts";
import { VaultFault } from "./faults.ts";
import type { IndexKey, OpenedKeys } from "./open-cipher.ts";
import type { DataKey } from "./ports.ts";
import { rotateDataKey, type VaultParts, wrapContext } from "./rotate-data-key.ts";
import {
  currentFieldKey,
  dataKeysPerTenantMax,
  isRotationDue,
  supersededFieldKeys,
} from "./rules.ts";

/** A tenant's keys, opened, and which of them seals. */
export interface LoadedKeys {
  readonly current: DataKey;
  readonly opened: OpenedKeys;
}

/**
 * Opens all data keys of a tenant, after giving it a new one where that is due and retiring those
 * that were succeeded.
 *
 * @throws {VaultFault} `not_provisioned`, `too_many_keys`; {KeyServiceFault} such as `destroyed`.
 */
export async function loadKeys(parts: VaultParts, tenantId: string): Promise<LoadedKeys> {
  const keys = await listDueKeys(parts, tenantId);
  const now = parts.clock.now();
  const current = currentFieldKey(keys, now);
  if (current === undefined) throw new VaultFault("not_provisioned");
  const opened = await openAll(parts, tenantId, keys, current);
  for (const key of supersededFieldKeys(keys, current)) {
    await parts.store.retire(tenantId, key.id, now);
  }
  return { current, opened };
}

async function listDueKeys(parts: VaultParts, tenantId: string): Promise<readonly DataKey[]> {
  const keys = await listKeys(parts, tenantId);
  if (!isRotationDue(keys, parts.clock.now())) return keys;
  await rotateDataKey(parts, tenantId, "field");
  return listKeys(parts, tenantId);
}

async function listKeys(parts: VaultParts, tenantId: string): Promise<readonly DataKey[]> {
  const keys = await parts.store.list(tenantId);
  if (keys.length === 0) throw new VaultFault("not_provisioned");
  if (keys.length > dataKeysPerTenantMax) throw new VaultFault("too_many_keys");
  return keys;
}

async function openAll(
  { keyService }: VaultParts,
  tenantId: string,
  keys: readonly DataKey[],
  current: DataKey,
): Promise<OpenedKeys> {
  const opening = new Map<string, SealingKey>();
  const index: IndexKey[] = [];
  let sealing: SealingKey | undefined;
  for (const key of keys.toSorted((one, other) => one.version - other.version)) {
    const root = await keyService.unwrap(tenantId, wrapContext(key), key.wrapped);
    if (key.purpose === "index") {
      index.push(indexKey(key, root));
      continue;
    }
    const opened = sealingKey(key.id, root);
    opening.set(sealingKeyId(opened), opened);
    if (key === current) sealing = opened;
  }
  if (sealing === undefined || index.length === 0) throw new VaultFault("not_provisioned");
  return { sealing, opening, index };
}

function indexKey(key: DataKey, root: KeyObject): IndexKey {
  const { id, version, retiredAt } = key;
  return { id: idPart(id), version, isRetired: retiredAt !== null, root };
}
