export { createProcessQueue, type Queue } from "./queue.ts";
export {
  createJobRunner,
  type JobHandler,
  type JobOutcome,
  trimJobs,
} from "./runner.ts";
export { insertJobs } from "./statements.ts";
export { type JobRow, jobMigration, jobTables } from "./tables.ts";
