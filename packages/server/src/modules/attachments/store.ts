import type { AgentId, AttachmentId, EntryId, PropertyId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { AttachmentRow, AttachmentTables, ContentId } from "./tables.ts";

const statement = statementsFor<AttachmentTables>();

export type NewAttachment = Omit<AttachmentRow, "tenant_id">;

export const insertAttachments = statement<{ rows: readonly NewAttachment[] }>()(
  "attachment.insert",
  (sql, given) =>
    sql.insertInto("attachment").values(
      given.rows.map((row) => ({
        tenant_id: given.tenant,
        id: row.id,
        property_id: row.property_id,
        entry_id: row.entry_id,
        position: row.position,
        state: row.state,
        agent_id: row.agent_id,
        channel_id: row.channel_id,
        source: row.source,
        profile: row.profile,
        upload_digest: row.upload_digest,
        content_id: row.content_id,
        created_at: row.created_at,
      })),
    ),
);

export const attachmentById = statement<{ id: AttachmentId }>()("attachment.byId", (sql, given) =>
  sql
    .selectFrom("attachment")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

export const attachmentsOfEntries = statement<{ entryIds: readonly EntryId[] }>()(
  "attachment.ofEntries",
  (sql, given) =>
    sql
      .selectFrom("attachment")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("entry_id", "in", given.entryIds)
      .orderBy("position"),
);

/** Compare-and-set: only what nobody has attached yet, and only by whoever handed it in. */
export const attachToEntry = statement<{
  id: AttachmentId;
  entryId: EntryId;
  position: number;
  propertyId: PropertyId;
  agentId: AgentId;
}>()("attachment.attach", (sql, given) =>
  sql
    .updateTable("attachment")
    .set({ entry_id: given.entryId, position: given.position })
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("property_id", "=", given.propertyId)
    .where("agent_id", "=", given.agentId)
    .where("state", "=", "ready")
    .where("entry_id", "is", null),
);

/** Ends the fetching, once: what was settled already stays as it is. */
export const settleAttachment = statement<
  Pick<AttachmentRow, "id" | "state" | "profile" | "content_id">
>()("attachment.settle", (sql, given) =>
  sql
    .updateTable("attachment")
    .set({
      state: given.state,
      profile: given.profile,
      content_id: given.content_id,
      source: null,
    })
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("state", "=", "fetching"),
);

/** What no message brings, the oldest first; locked, so that none is attached meanwhile. */
export const lockUnattached = statement<{ before: number; limit: number }>()(
  "attachment.lockUnattached",
  (sql, given, { lock }) =>
    lock(
      sql
        .selectFrom("attachment")
        .select(["id", "content_id"])
        .where("tenant_id", "=", given.tenant)
        .where("entry_id", "is", null)
        .where("created_at", "<", given.before)
        .orderBy("created_at")
        .limit(given.limit),
    ),
);

export const dropAttachments = statement<{ ids: readonly AttachmentId[] }>()(
  "attachment.drop",
  (sql, given) =>
    sql
      .deleteFrom("attachment")
      .where("tenant_id", "=", given.tenant)
      .where("id", "in", given.ids)
      .where("entry_id", "is", null),
);

/** Which of these contents some attachment has. */
export const contentsKept = statement<{ contentIds: readonly ContentId[] }>()(
  "attachment.contentsKept",
  (sql, given) =>
    sql
      .selectFrom("attachment")
      .select("content_id")
      .where("tenant_id", "=", given.tenant)
      .where("content_id", "in", given.contentIds),
);
