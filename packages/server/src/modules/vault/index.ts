import type { ModuleManifest } from "../../platform/manifest.ts";
import { vaultMigration, vaultTables } from "./tables.ts";

export { VaultFault, type VaultFaultReason } from "./faults.ts";
export type { DataKey, DataKeyPurpose, DataKeyStore, NewDataKey, UseBlock } from "./ports.ts";
export { dataKeysPerTenantMax, dataKeyUsesMax } from "./rules.ts";
export { createDataKeyStore } from "./store.ts";
export { createVault, type Vault, type VaultOptions } from "./vault.ts";

export const vaultManifest: ModuleManifest = {
  name: "vault",
  tables: vaultTables,
  migrations: [vaultMigration],
};
