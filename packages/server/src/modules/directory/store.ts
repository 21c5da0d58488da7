import type { TenantId } from "@foyer/contract";
import { rootStatementsFor } from "../../platform/store/index.ts";
import type { DirectoryKind, DirectoryTables } from "./tables.ts";

const statement = rootStatementsFor<DirectoryTables>();

export const entriesOf = statement<{ kind: DirectoryKind; digest: Uint8Array; limit: number }>()(
  "directory.find",
  (sql, given) =>
    sql
      .selectFrom("directory_entry")
      .select(["tenant_id", "subject_id"])
      .where("kind", "=", given.kind)
      .where("digest", "=", given.digest)
      .orderBy("tenant_id")
      .limit(given.limit),
);

/** The same, and whoever asks for them too waits until this transaction has ended. */
export const entriesHeld = statement<{ kind: DirectoryKind; digest: Uint8Array; limit: number }>()(
  "directory.hold",
  (sql, given, dialect) =>
    dialect.lock(
      sql
        .selectFrom("directory_entry")
        .select(["tenant_id", "subject_id"])
        .where("kind", "=", given.kind)
        .where("digest", "=", given.digest)
        .limit(given.limit),
    ),
);

interface NewEntry {
  readonly kind: DirectoryKind;
  readonly digest: Uint8Array;
  readonly tenantId: TenantId;
  readonly subjectId: string;
}

export const insertEntry = statement<NewEntry>()("directory.add", (sql, given) =>
  sql.insertInto("directory_entry").values({
    kind: given.kind,
    digest: given.digest,
    tenant_id: given.tenantId,
    subject_id: given.subjectId,
  }),
);

export const deleteEntries = statement<Omit<NewEntry, "digest">>()(
  "directory.remove",
  (sql, given) =>
    sql
      .deleteFrom("directory_entry")
      .where("tenant_id", "=", given.tenantId)
      .where("kind", "=", given.kind)
      .where("subject_id", "=", given.subjectId),
);
