import type { ModuleManifest } from "../../platform/manifest.ts";
import { vaultMigration, vaultTables } from "./tables.ts";

export { createDataKeyStore } from "./store.ts";
export { createVault, type Vault } from "./vault.ts";

export const vaultManifest: ModuleManifest = {
  name: "vault",
  tables: vaultTables,
  migrations: [vaultMigration],
};
