import type { TenantId } from "@foyer/contract";
import { digest, id, type RowOf, rootTable, word } from "../../platform/store/index.ts";

/** What can lead to a tenant before one is known. */
export type DirectoryKind = "session" | "sign_in_email" | "channel_key" | "demo" | "hotel";

/** A keyed digest and where it leads. Nothing here can be read back. */
export const directoryEntry = rootTable(
  "directory_entry",
  {
    kind: word<DirectoryKind>(),
    digest: digest(),
    tenant_id: id<TenantId>(),
    subject_id: id<string>(),
  },
  {
    primaryKey: ["kind", "digest", "tenant_id", "subject_id"],
    indexes: [["tenant_id", "kind", "subject_id"]],
  },
);

export interface DirectoryTables {
  directory_entry: RowOf<typeof directoryEntry>;
}

export const directoryMigration = { name: "directory-0001", tables: [directoryEntry] };
