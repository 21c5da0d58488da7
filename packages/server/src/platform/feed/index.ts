export { readCursor, writeCursor } from "./cursor.ts";
export {
  allFeeds,
  appendChanges,
  beginFeed,
  type Change,
  changeRetentionMs,
  changesPerTransactionMax,
  consumerCursor,
  type Head,
  headOf,
  moveConsumerCursor,
  readChanges,
  trimFeed,
} from "./feed.ts";
export { type ChangeKind, type ChangeRow, feedMigration, feedTables } from "./tables.ts";
