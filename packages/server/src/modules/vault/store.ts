import type { TenantId } from "@foyer/contract";
import { type Store, statementsFor } from "../../platform/store/index.ts";
import type { DataKey, DataKeyStore } from "./ports.ts";
import { dataKeysPerTenantMax, dataKeyUsesMax } from "./rules.ts";
import type { DataKeyRow, VaultTables } from "./tables.ts";

const statement = statementsFor<VaultTables>();

const list = statement<{ limit: number }>()("data_key.list", (sql, given) =>
  sql
    .selectFrom("data_key")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .orderBy("created_at")
    .limit(given.limit),
);

const insert = statement<Omit<DataKeyRow, "tenant_id">>()("data_key.insert", (sql, given) =>
  sql.insertInto("data_key").values({
    tenant_id: given.tenant,
    id: given.id,
    purpose: given.purpose,
    version: given.version,
    wrapped: given.wrapped,
    created_at: given.created_at,
    uses_granted: given.uses_granted,
    retired_at: given.retired_at,
  }),
);

const lockUses = statement<{ id: string }>()("data_key.lockUses", (sql, given, { lock }) =>
  lock(
    sql
      .selectFrom("data_key")
      .select("uses_granted")
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id)
      .where("retired_at", "is", null),
  ),
);

/** Compare-and-set: of two who take from the same number, one changes the row. */
const grant = statement<{ id: string; from: number; to: number }>()(
  "data_key.grant",
  (sql, given) =>
    sql
      .updateTable("data_key")
      .set({ uses_granted: given.to })
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id)
      .where("uses_granted", "=", given.from),
);

const retire = statement<{ id: string; at: number }>()("data_key.retire", (sql, given) =>
  sql
    .updateTable("data_key")
    .set({ retired_at: given.at })
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("retired_at", "is", null),
);

/** The rows of data keys in the primary store. */
export function createDataKeyStore(store: Store): DataKeyStore {
  const of = (tenantId: string) => tenantId as TenantId;
  return {
    list: async (tenantId) => {
      const rows = await store.tenant(of(tenantId)).all(list, { limit: dataKeysPerTenantMax + 1 });
      return rows.map(present);
    },
    insert: (tenantId, key) =>
      store.transact(of(tenantId), ({ tenant }) =>
        tenant.insert(insert, {
          id: key.id,
          purpose: key.purpose,
          version: key.version,
          wrapped: key.wrapped,
          created_at: key.createdAt,
          uses_granted: 0,
          retired_at: null,
        }),
      ),
    reserveUses: (tenantId, id, count) =>
      store.transact(of(tenantId), async ({ tenant }) => {
        const from = (await tenant.first(lockUses, { id }))?.uses_granted;
        if (from === undefined || from >= dataKeyUsesMax) return undefined;
        const to = Math.min(from + count, dataKeyUsesMax);
        const granted = await tenant.run(grant, { id, from, to });
        return granted === 0 ? undefined : { from, to };
      }),
    retire: async (tenantId, id, at) => {
      await store.transact(of(tenantId), ({ tenant }) => tenant.run(retire, { id, at }));
    },
  };
}

function present(row: DataKeyRow): DataKey {
  return {
    id: row.id,
    purpose: row.purpose,
    version: row.version,
    wrapped: row.wrapped,
    createdAt: row.created_at,
    usesGranted: row.uses_granted,
    retiredAt: row.retired_at,
  };
}
