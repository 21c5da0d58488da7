export { VaultFault, type VaultFaultReason } from "./faults.ts";
export type { DataKey, DataKeyPurpose, DataKeyStore, NewDataKey, UseBlock } from "./ports.ts";
export { dataKeysPerTenantMax, dataKeyUsesMax } from "./rules.ts";
export { createVault, type Vault, type VaultOptions } from "./vault.ts";
