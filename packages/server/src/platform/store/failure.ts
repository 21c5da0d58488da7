export type StoreFailure =
  | "duplicate"
  | "reference"
  | "deadlock"
  | "lock_timeout"
  | "busy"
  | "full"
  | "connection"
  | "schema"
  | "exists"
  | "damaged"
  | "other";

const retryable: readonly StoreFailure[] = ["deadlock", "lock_timeout", "busy", "connection"];

/**
 * What a store's driver reports, without its words: a driver quotes the values of the row that
 * it could not write, and those must never reach an answer or a log. The driver's error is
 * therefore not kept as a cause; its number is.
 */
export class StoreFault extends Error {
  override readonly name = "StoreFault";
  readonly failure: StoreFailure;
  /** The statement's own name, for whoever reads the log. */
  readonly statement: string;
  readonly driverCode: string;

  constructor(failure: StoreFailure, statement: string, driverCode: string) {
    super(`The store could not run ${statement}: ${failure} (${driverCode})`);
    this.failure = failure;
    this.statement = statement;
    this.driverCode = driverCode;
  }

  get isRetryable(): boolean {
    return retryable.includes(this.failure);
  }
}

/** Says whether an error means that a unique key is taken. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof StoreFault && error.failure === "duplicate";
}

/**
 * Says whether an error has undone, or must undo, the whole transaction. After a full disk or a
 * failed write SQLite has rolled back by itself (sqlite.org/lang_transaction.html).
 */
export function undoesTransaction(error: unknown): boolean {
  if (!(error instanceof StoreFault)) return false;
  return error.isRetryable || error.failure === "full" || error.failure === "damaged";
}
