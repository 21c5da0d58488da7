import { KeyServiceFault } from "../../platform/keys/key-service.ts";
import type { DataKeyPurpose } from "./ports.ts";
import { addDataKey, type VaultParts } from "./rotate-data-key.ts";

const purposes: readonly DataKeyPurpose[] = ["field", "index"];
const firstVersion = 1;

/**
 * Makes the keys of a new tenant: the one in the key service, and the first data key of each
 * purpose. The only place that makes tenant keys. Interrupted, it is simply called again, and
 * does what is left; a tenant that has everything is left alone.
 *
 * @throws {KeyServiceFault} `destroyed` for an id whose key was destroyed, for good; others.
 */
export async function provisionTenantKeys(parts: VaultParts, tenantId: string): Promise<void> {
  await ensureTenantKey(parts, tenantId);
  const keys = await parts.store.list(tenantId);
  for (const purpose of purposes) {
    if (keys.some((key) => key.purpose === purpose)) continue;
    await addDataKey(parts, tenantId, purpose, firstVersion);
  }
}

async function ensureTenantKey({ keyService }: VaultParts, tenantId: string): Promise<void> {
  if ((await keyService.describe(tenantId)) === "active") return;
  try {
    await keyService.createTenantKey(tenantId);
  } catch (error) {
    // Another provisioning of the same tenant was faster; both go on to the data keys.
    if (!(error instanceof KeyServiceFault && error.reason === "exists")) throw error;
  }
}
