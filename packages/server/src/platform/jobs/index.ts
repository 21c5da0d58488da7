export { createProcessQueue, type JobRef, type Queue } from "./queue.ts";
export {
  createJobRunner,
  type JobHandler,
  type JobOutcome,
  trimJobs,
} from "./runner.ts";
export { hurryJob, insertJobs, jobsAbout } from "./statements.ts";
export { type JobRow, jobMigration, jobTables } from "./tables.ts";
