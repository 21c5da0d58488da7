export { createProcessQueue, type JobRef, type Queue } from "./queue.ts";
export {
  createJobRunner,
  type JobHandler,
  type JobOutcome,
  type JobRunner,
  trimJobs,
} from "./runner.ts";
export { insertJobs } from "./statements.ts";
export { type JobId, type JobRow, jobMigration, jobTables } from "./tables.ts";
