import type { TenantId } from "@foyer/contract";
import {
  id,
  instant,
  integer,
  nullable,
  type RowOf,
  sealed,
  table,
  word,
} from "../../platform/store/index.ts";
import type { DataKeyPurpose } from "./ports.ts";

/** Data keys, each wrapped under its tenant's key, which is in the key service and never here. */
export const dataKey = table(
  "data_key",
  {
    tenant_id: id<TenantId>(),
    id: id<string>(),
    purpose: word<DataKeyPurpose>(),
    version: integer(),
    wrapped: sealed(),
    created_at: instant(),
    uses_granted: integer(),
    retired_at: nullable(instant()),
  },
  { primaryKey: ["tenant_id", "id"], unique: [["tenant_id", "purpose", "version"]] },
);

export interface VaultTables {
  data_key: RowOf<typeof dataKey>;
}
export type DataKeyRow = RowOf<typeof dataKey>;

export const vaultTables = [dataKey];
export const vaultMigration = { name: "vault-0001", tables: vaultTables };
