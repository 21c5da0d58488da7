import { rootStatementsFor, statementsFor } from "../store/index.ts";
import type { JobId, JobRow, JobTables } from "./tables.ts";

const statement = statementsFor<JobTables>();
const rootStatement = rootStatementsFor<JobTables>();

export const insertJobs = statement<{ rows: Omit<JobRow, "tenant_id">[] }>()(
  "job.insert",
  (sql, given) =>
    sql.insertInto("job").values(
      given.rows.map((row) => ({
        tenant_id: given.tenant,
        id: row.id,
        property_id: row.property_id,
        kind: row.kind,
        subject_id: row.subject_id,
        format: row.format,
        state: row.state,
        due_at: row.due_at,
        attempts: row.attempts,
        lease_until: row.lease_until,
        created_at: row.created_at,
      })),
    ),
);

/** Compare-and-set on the primary key: of two who try, one changes the row. */
export const claimJob = statement<{ id: JobId; now: number; until: number }>()(
  "job.claim",
  (sql, given) =>
    sql
      .updateTable("job")
      .set((is) => ({
        state: "running",
        lease_until: given.until,
        due_at: given.until,
        attempts: is("attempts", "+", 1),
      }))
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id)
      .where("state", "in", ["waiting", "running"])
      .where("due_at", "<=", given.now),
);

export const jobById = statement<{ id: JobId }>()("job.byId", (sql, given) =>
  sql
    .selectFrom("job")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

/** The claim that a worker holds: one whose lease ran out must not undo what came after it. */
interface OfClaim {
  readonly id: JobId;
  readonly attempts: number;
}

export const finishJob = statement<OfClaim>()("job.finish", (sql, given) =>
  sql
    .deleteFrom("job")
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("attempts", "=", given.attempts),
);

export const postponeJob = statement<
  OfClaim & { dueAt: number; counted: number; state: "waiting" | "dead" }
>()("job.postpone", (sql, given) =>
  sql
    .updateTable("job")
    .set({
      state: given.state,
      due_at: given.dueAt,
      attempts: given.counted,
      lease_until: null,
    })
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("attempts", "=", given.attempts),
);

/** Due rows of all tenants that nobody holds, oldest first: ids only. */
export const dueJobs = rootStatement<{ now: number; limit: number }>()("job.due", (sql, given) =>
  sql
    .selectFrom("job")
    .select(["tenant_id", "id", "property_id"])
    .where("due_at", "<=", given.now)
    .where("state", "in", ["waiting", "running"])
    .orderBy("due_at")
    .limit(given.limit),
);

export const dropDeadJobs = rootStatement<{ before: number }>()("job.dropDead", (sql, given) =>
  sql.deleteFrom("job").where("state", "=", "dead").where("due_at", "<", given.before),
);
