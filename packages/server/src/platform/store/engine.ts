import type { Bindable } from "./binder.ts";
import type { Dialect } from "./dialect.ts";

export interface Outcome {
  readonly rows: readonly Record<string, unknown>[];
  /** Rows inserted, updated or deleted. */
  readonly changed: number;
  /** What `last_insert_id(…)` was given, where the engine has that; see `Dialect.count`. */
  readonly counter?: number;
}

/** One connection to a primary store. Errors are `StoreFault`s, without a driver's words. */
export interface Connection {
  run(sql: string, parameters: readonly Bindable[], statement: string): Promise<Outcome>;
}

/** A transaction in which several units of work can share one commit. */
export interface EngineTransaction extends Connection {
  /** Marks where a unit begins, to go back to when it fails. */
  savepoint(): Promise<void>;
  rollbackToSavepoint(): Promise<void>;
  /** Resolves when the transaction is on disk. */
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

export interface EngineFacts {
  /** Whether a commit is on disk when it is acknowledged. */
  readonly isDurable: boolean;
  /** What to change where it is not. */
  readonly mend?: string;
  /** The engine's wall clock, integer ms. */
  readonly nowMs: number;
  readonly version: string;
}

/** A primary store, behind one port: SQLite or MySQL/MariaDB. */
export interface Engine {
  readonly dialect: Dialect;
  /** Whether units of several tenants may share a commit: with one writer they wait anyway. */
  readonly sharesCommits: boolean;
  /** For single statements outside a transaction: sees what is committed. */
  readonly reader: Connection;
  begin(): Promise<EngineTransaction>;
  facts(): Promise<EngineFacts>;
  /** Table → column names, as the store has them; for the schema test. */
  catalogue(): Promise<ReadonlyMap<string, readonly string[]>>;
  close(): Promise<void>;
}
