import type { OpenRoute, Route, StreamRoute } from "./access/index.ts";
import type { JobHandler } from "./jobs/index.ts";
import type { NoticeListeners, Scope } from "./scope/index.ts";
import type { Migration, Table } from "./store/index.ts";

/**
 * What a module tells the house about itself. `main` gathers these; so backup and erasure will
 * know every table without importing any module.
 */
export interface ModuleManifest {
  readonly name: string;
  readonly tables: readonly Table[];
  readonly migrations: readonly Migration[];
  readonly routes?: readonly Route[];
  readonly openRoutes?: readonly OpenRoute[];
  readonly streams?: readonly StreamRoute[];
  readonly jobs?: readonly JobHandler[];
  readonly listeners?: NoticeListeners;
  /** Drops what is past its retention in one tenant. */
  readonly tidy?: (scope: Scope) => Promise<void>;
}
