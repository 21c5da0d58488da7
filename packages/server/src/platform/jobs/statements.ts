import { rootStatementsFor, statementsFor } from "../store/index.ts";
import type { JobId, JobRow, JobTables } from "./tables.ts";

const statement = statementsFor<JobTables>();
const rootStatement = rootStatementsFor<JobTables>();

const jobsAboutMax = 10;

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
        hurried: row.hurried,
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
        hurried: 0,
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
  OfClaim & { dueAt: number; hurriedAt: number; counted: number; state: "waiting" | "dead" }
>()("job.postpone", (sql, given) =>
  sql
    .updateTable("job")
    .set((is) => ({
      state: given.state,
      due_at: is
        .case()
        .when("hurried", "=", is.lit(1))
        .then(is.val(given.hurriedAt))
        .else(is.val(given.dueAt))
        .end(),
      attempts: given.counted,
      lease_until: null,
    }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("attempts", "=", given.attempts),
);

/** The jobs about something that are still to be done: few, as a job ends with what it is about. */
export const jobsAbout = statement<{ kind: string; subjectId: string }>()(
  "job.about",
  (sql, given) =>
    sql
      .selectFrom("job")
      .select(["id", "property_id"])
      .where("tenant_id", "=", given.tenant)
      .where("subject_id", "=", given.subjectId)
      .where("kind", "=", given.kind)
      .where("state", "in", ["waiting", "running"])
      .limit(jobsAboutMax),
);

/** Makes a waiting job due; one that runs will not wait again afterwards. */
export const hurryJob = statement<{ id: JobId; now: number }>()("job.hurry", (sql, given) =>
  sql
    .updateTable("job")
    .set((is) => ({
      hurried: 1,
      due_at: is
        .case()
        .when("state", "=", "waiting")
        .then(is.val(given.now))
        .else(is.ref("due_at"))
        .end(),
    }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

/**
 * Due rows of all tenants, the oldest of each property first, then the second of each, and so on:
 * a property with a thousand leaves room for one with one. Ids only.
 */
export const dueJobs = rootStatement<{ now: number; lookedAt: number; limit: number }>()(
  "job.due",
  (sql, given) =>
    sql
      .selectFrom(
        sql
          .selectFrom(
            sql
              .selectFrom("job")
              .select(["tenant_id", "id", "property_id", "due_at"])
              .where("due_at", "<=", given.now)
              .where("state", "in", ["waiting", "running"])
              .orderBy("due_at")
              .limit(given.lookedAt)
              .as("oldest"),
          )
          .select((is) => [
            "tenant_id",
            "id",
            "property_id",
            "due_at",
            is.fn
              .agg<number>("row_number")
              .over((rows) => rows.partitionBy(["tenant_id", "property_id"]).orderBy("due_at"))
              .as("place"),
          ])
          .as("due"),
      )
      .select(["tenant_id", "id", "property_id"])
      .orderBy("place")
      .orderBy("due_at")
      .limit(given.limit),
);

export const dropDeadJobs = rootStatement<{ before: number }>()("job.dropDead", (sql, given) =>
  sql.deleteFrom("job").where("state", "=", "dead").where("due_at", "<", given.before),
);
