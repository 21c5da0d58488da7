import type { Id, PropertyId, TenantId } from "@foyer/contract";
import { id, instant, integer, nullable, type RowOf, rootTable, word } from "../store/index.ts";

export type JobId = Id<"job">;

/**
 * What has a time or an effect outside. The row is the truth; a queue only says *run it now*.
 * `tenant_id` leads the primary key; the index by due time serves the sweeper, which is the one
 * reader that looks across tenants, and reads nothing but ids.
 */
export const job = rootTable(
  "job",
  {
    tenant_id: id<TenantId>(),
    id: id<JobId>(),
    property_id: id<PropertyId>(),
    kind: word<string>(),
    /** What it is about: looked up under the job's tenant, so a forged pair finds nothing. */
    subject_id: id<string>(),
    format: integer(),
    state: word<"waiting" | "running" | "dead">(),
    due_at: instant(),
    attempts: integer(),
    lease_until: nullable(instant()),
    /** 1: somebody wanted it now while it ran; if it is to wait again, it waits for nothing. */
    hurried: integer(),
    created_at: instant(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    indexes: [["due_at"], ["tenant_id", "subject_id"]],
  },
);

export interface JobTables {
  job: RowOf<typeof job>;
}
export type JobRow = RowOf<typeof job>;

export const jobTables = [job];
export const jobMigration = { name: "jobs-0001", tables: jobTables };
