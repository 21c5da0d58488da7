import type { PropertyId } from "@foyer/contract";
import { rootStatementsFor, statementsFor } from "../store/index.ts";
import type { ChangeRow, FeedTables } from "./tables.ts";

const statement = statementsFor<FeedTables>();
const rootStatement = rootStatementsFor<FeedTables>();

interface OfProperty {
  readonly propertyId: PropertyId;
}

export const beginSequence = statement<OfProperty>()("feed.begin", (sql, given) =>
  sql
    .insertInto("change_sequence")
    .values({ tenant_id: given.tenant, property_id: given.propertyId, last: 0, dropped: 0 }),
);

export const advanceSequence = statement<OfProperty & { by: number }>()(
  "feed.advance",
  (sql, given, dialect) =>
    dialect
      .count(sql.updateTable("change_sequence"), "last", given.by)
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId),
);

export const sequenceOf = statement<OfProperty>()("feed.sequence", (sql, given) =>
  sql
    .selectFrom("change_sequence")
    .select(["last", "dropped"])
    .where("tenant_id", "=", given.tenant)
    .where("property_id", "=", given.propertyId),
);

export const insertChanges = statement<{ rows: Omit<ChangeRow, "tenant_id">[] }>()(
  "feed.append",
  (sql, given) =>
    sql.insertInto("change_event").values(
      given.rows.map((row) => ({
        tenant_id: given.tenant,
        property_id: row.property_id,
        sequence: row.sequence,
        kind: row.kind,
        conversation_id: row.conversation_id,
        entry_id: row.entry_id,
        contact_id: row.contact_id,
        agent_id: row.agent_id,
        at: row.at,
        format: row.format,
      })),
    ),
);

/**
 * Nothing where the retention has dropped what comes next: were that asked for before, a trim in
 * between would leave a hole that nobody sees.
 */
export const changesAfter = statement<OfProperty & { after: number; limit: number }>()(
  "feed.read",
  (sql, given) =>
    sql
      .selectFrom("change_event")
      .innerJoin("change_sequence", (join) =>
        join
          .onRef("change_sequence.tenant_id", "=", "change_event.tenant_id")
          .onRef("change_sequence.property_id", "=", "change_event.property_id"),
      )
      .selectAll("change_event")
      .where("change_event.tenant_id", "=", given.tenant)
      .where("change_event.property_id", "=", given.propertyId)
      .where("change_event.sequence", ">", given.after)
      .where("change_sequence.dropped", "<=", given.after)
      .orderBy("change_event.sequence")
      .limit(given.limit),
);

export const newestBefore = statement<OfProperty & { before: number }>()(
  "feed.newestBefore",
  (sql, given) =>
    sql
      .selectFrom("change_event")
      .select("sequence")
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("at", "<", given.before)
      .orderBy("sequence", "desc")
      .limit(1),
);

export const dropChanges = statement<OfProperty & { upTo: number }>()("feed.drop", (sql, given) =>
  sql
    .deleteFrom("change_event")
    .where("tenant_id", "=", given.tenant)
    .where("property_id", "=", given.propertyId)
    .where("sequence", "<=", given.upTo),
);

export const markDropped = statement<OfProperty & { upTo: number }>()(
  "feed.markDropped",
  (sql, given) =>
    sql
      .updateTable("change_sequence")
      .set({ dropped: given.upTo })
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("dropped", "<", given.upTo),
);

export const cursorOf = statement<OfProperty & { consumer: string }>()(
  "feed.cursor",
  (sql, given) =>
    sql
      .selectFrom("change_cursor")
      .select("sequence")
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("consumer", "=", given.consumer),
);

export const insertCursor = statement<OfProperty & { consumer: string; sequence: number }>()(
  "feed.insertCursor",
  (sql, given) =>
    sql.insertInto("change_cursor").values({
      tenant_id: given.tenant,
      property_id: given.propertyId,
      consumer: given.consumer,
      sequence: given.sequence,
    }),
);

export const moveCursor = statement<OfProperty & { consumer: string; sequence: number }>()(
  "feed.moveCursor",
  (sql, given) =>
    sql
      .updateTable("change_cursor")
      .set({ sequence: given.sequence })
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("consumer", "=", given.consumer)
      .where("sequence", "<", given.sequence),
);

export const resetCursor = statement<OfProperty & { consumer: string }>()(
  "feed.resetCursor",
  (sql, given) =>
    sql
      .deleteFrom("change_cursor")
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("consumer", "=", given.consumer),
);

/** Every property there is, for consumers that walk all feeds. */
export const allSequences = rootStatement()("feed.all", (sql) =>
  sql.selectFrom("change_sequence").select(["tenant_id", "property_id", "last"]),
);
