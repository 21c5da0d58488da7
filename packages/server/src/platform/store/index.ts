export type { Engine } from "./engine.ts";
export { StoreFault, undoesTransaction } from "./failure.ts";
export { type Migration, migrate, pendingMigrations } from "./migrate.ts";
export { openMysql } from "./mysql.ts";
export { openSqlite } from "./sqlite.ts";
export type { Statement } from "./statement.ts";
export { rootStatementsFor, statementsFor } from "./statement.ts";
export {
  openStore,
  type Store,
  type StoreObserver,
  type TenantReader,
  type TenantWriter,
  type Transaction,
} from "./store.ts";
export {
  digest,
  id,
  instant,
  integer,
  nullable,
  type RowOf,
  rootTable,
  sealed,
  type Table,
  table,
  word,
} from "./table.ts";
