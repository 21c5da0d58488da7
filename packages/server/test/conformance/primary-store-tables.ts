import { randomUUID } from "node:crypto";
import type { TenantId } from "@foyer/contract";
import {
  digest,
  id,
  instant,
  integer,
  migrate,
  nullable,
  openStore,
  type RowOf,
  type Store,
  sealed,
  statementsFor,
  table,
  word,
} from "../../src/platform/store/index.ts";
import type { OpenedStore } from "../engines.ts";

/** Two tables of the suite's own, with a column of every type and a key of every kind. */
const floor = table(
  "floor",
  { tenant_id: id<TenantId>(), id: id<string>(), rooms: integer() },
  { primaryKey: ["tenant_id", "id"] },
);

const room = table(
  "room",
  {
    tenant_id: id<TenantId>(),
    id: id<string>(),
    floor_id: nullable(id<string>()),
    door: digest(),
    kind: word<string>(),
    size: integer(),
    note: nullable(sealed()),
    made_at: instant(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    unique: [["tenant_id", "door"]],
    indexes: [["tenant_id", "size"]],
    references: [{ columns: ["tenant_id", "floor_id"], table: "floor", to: ["tenant_id", "id"] }],
  },
);

interface Tables {
  floor: RowOf<typeof floor>;
  room: RowOf<typeof room>;
}
export type Room = Omit<Tables["room"], "tenant_id">;

export const suiteMigration = { name: "suite-0001", tables: [floor, room] };

const statement = statementsFor<Tables>();

/** Adds rooms to a floor and tells how many it has then. */
export const countFloor = statement<{ id: string; by: number }>()(
  "floor.count",
  (sql, given, dialect) =>
    dialect
      .count(sql.updateTable("floor"), "rooms", given.by)
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id),
);

export const insertFloor = statement<{ id: string }>()("floor.insert", (sql, given) =>
  sql.insertInto("floor").values({ tenant_id: given.tenant, id: given.id, rooms: 0 }),
);

export const floorOf = statement<{ id: string }>()("floor.byId", (sql, given, { lock }) =>
  lock(
    sql
      .selectFrom("floor")
      .select("rooms")
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id),
  ),
);

export const setRooms = statement<{ id: string; rooms: number }>()("floor.setRooms", (sql, given) =>
  sql
    .updateTable("floor")
    .set({ rooms: given.rooms })
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

export const insertRooms = statement<{ rows: Room[] }>()("room.insert", (sql, given) =>
  sql.insertInto("room").values(
    given.rows.map((row) => ({
      tenant_id: given.tenant,
      id: row.id,
      floor_id: row.floor_id,
      door: row.door,
      kind: row.kind,
      size: row.size,
      note: row.note,
      made_at: row.made_at,
    })),
  ),
);

export const allRooms = statement()("room.all", (sql, given) =>
  sql.selectFrom("room").selectAll().where("tenant_id", "=", given.tenant).orderBy("size"),
);

export const roomsByIds = statement<{ ids: string[] }>()("room.byIds", (sql, given) =>
  sql
    .selectFrom("room")
    .select("id")
    .where("tenant_id", "=", given.tenant)
    .where("id", "in", given.ids)
    .orderBy("id"),
);

export const roomByDoor = statement<{ door: Uint8Array }>()("room.byDoor", (sql, given) =>
  sql
    .selectFrom("room")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("door", "=", given.door),
);

/** A room with a door of its own; what a test is about it says itself. */
export function newRoom(changes: Partial<Room> = {}): Room {
  const roomId = randomUUID();
  return {
    id: roomId,
    floor_id: null,
    door: bytes(roomId),
    kind: "double",
    size: 20,
    note: null,
    made_at: 1_700_000_000_000,
    ...changes,
  };
}

export function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "utf8"));
}

export const newTenant = () => randomUUID() as TenantId;

/** Writes rooms in one unit of work. */
export function addRooms(store: Store, tenantId: TenantId, ...rows: Room[]): Promise<boolean> {
  return store.transact(tenantId, ({ tenant }) => tenant.insert(insertRooms, { rows }));
}

/** The sizes of a tenant's rooms, as anybody reads them who is not in a transaction. */
export async function sizesOf(store: Store, tenantId: TenantId): Promise<number[]> {
  return (await store.tenant(tenantId).all(allRooms, {})).map((row) => row.size);
}

/** Something to be waited for, that a test lets happen. */
export function gate() {
  return Promise.withResolvers<void>();
}

/** Runs a test on a migrated store of its own. */
export function withStore(
  open: () => Promise<OpenedStore>,
  test: (store: Store, opened: OpenedStore) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const opened = await open();
    try {
      await migrate(opened.engine, [suiteMigration]);
      const store = openStore(opened.engine);
      await test(store, opened);
      await store.idle();
    } finally {
      await opened.close();
    }
  };
}
