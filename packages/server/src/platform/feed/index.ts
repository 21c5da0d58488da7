export { readCursor, writeCursor } from "./cursor.ts";
export {
  allFeeds,
  appendChanges,
  beginFeed,
  type Change,
  changesPerReadMax,
  consumerCursor,
  headOf,
  moveConsumerCursor,
  readChanges,
  resetConsumerCursor,
  settingsChanged,
  trimFeed,
} from "./feed.ts";
export { type ChangeRow, feedMigration, feedTables } from "./tables.ts";
