import type { TenantId } from "@foyer/contract";
import type { Connection, Engine } from "./engine.ts";
import { isDuplicate, undoesTransaction } from "./failure.ts";
import { createGroupCommit } from "./group-commit.ts";
import { parametersOf, type Statement } from "./statement.ts";

/** Reads of one tenant. There is no way from here to a row of another. */
export interface TenantReader {
  all<Args extends object, Row>(statement: Statement<Args, Row>, args: Args): Promise<Row[]>;
  first<Args extends object, Row>(
    statement: Statement<Args, Row>,
    args: Args,
  ): Promise<Row | undefined>;
}

/** Reads and writes of one tenant inside a transaction. */
export interface TenantWriter extends TenantReader {
  /** Returns how many rows changed. */
  run<Args extends object>(statement: Statement<Args, unknown>, args: Args): Promise<number>;
  /** Runs a statement made with `Dialect.count`: the new sum; undefined where there is no row. */
  count<Args extends object>(
    statement: Statement<Args, unknown>,
    args: Args,
  ): Promise<number | undefined>;
  /**
   * Inserts, or gives a row another unique key; returns false where that is taken, and changes
   * nothing then.
   */
  insert<Args extends object>(statement: Statement<Args, unknown>, args: Args): Promise<boolean>;
}

/** The same for tables without a tenant; see `rootStatementsFor`. */
export type RootWriter = TenantWriter;

/** What a transaction hands to the work inside it. */
export interface Transaction {
  readonly tenant: TenantWriter;
  readonly root: RootWriter;
  /**
   * Runs work behind a savepoint: if it throws, what it wrote is undone and the error returned,
   * while the transaction goes on. What undoes the whole transaction (a deadlock) is thrown.
   */
  attempt<Result>(
    work: () => Promise<Result>,
  ): Promise<{ readonly result: Result } | { readonly error: unknown }>;
}

export interface Store {
  readonly engine: Engine;
  tenant(tenantId: TenantId): TenantReader;
  readonly root: TenantReader;
  /** Runs work that can be replayed; resolves when it is committed and on disk. */
  transact<Result>(
    tenantId: TenantId,
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result>;
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreObserver {
  /** Is told the name of every statement that is run: tests count them. */
  statement?(name: string): void;
}

/** Opens the door to a primary store. */
export function openStore(engine: Engine, observer: StoreObserver = {}): Store {
  const groups = createGroupCommit(engine);
  const on = (connection: Connection, tenantId?: TenantId) =>
    handle({ engine, connection, observer, ...(tenantId ? { tenantId } : {}) });
  return {
    engine,
    tenant: (tenantId) => on(engine.reader, tenantId),
    root: on(engine.reader),
    transact: (tenantId, work) =>
      groups.run(tenantId, (connection) =>
        work({
          tenant: on(connection, tenantId),
          root: on(connection),
          attempt: attemptsOn(connection),
        }),
      ),
    idle: groups.idle,
    close: async () => {
      await groups.idle();
      await engine.close();
    },
  };
}

interface Binding {
  readonly engine: Engine;
  readonly connection: Connection;
  readonly observer: StoreObserver;
  /** Absent: a root handle, which runs root statements and nothing else. */
  readonly tenantId?: TenantId;
}

function handle(binding: Binding): TenantWriter {
  const execute = async (statement: Statement<never, unknown>, args: object) => {
    if (statement.isRoot !== (binding.tenantId === undefined)) {
      throw new Error(`${statement.name} was run on a handle of the other kind`);
    }
    const compiled = statement.compile(binding.engine.dialect, args as never);
    const parameters = parametersOf(statement, compiled, binding.tenantId, args);
    binding.observer.statement?.(statement.name);
    return binding.connection.run(compiled.sql, parameters, statement.name);
  };
  return {
    all: async (statement, args) => (await execute(statement, args)).rows as never[],
    first: async (statement, args) => (await execute(statement, args)).rows[0] as never,
    run: async (statement, args) => (await execute(statement, args)).changed,
    count: async (statement, args) => {
      const { rows, changed, counter } = await execute(statement, args);
      const [sum = changed > 0 ? counter : undefined] = Object.values(rows[0] ?? {});
      return sum as number | undefined;
    },
    insert: async (statement, args) => {
      try {
        return (await execute(statement, args)).changed > 0;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
  };
}

/** Each level has a savepoint of its own: one name would lead back to the innermost only. */
function attemptsOn(connection: Connection): Transaction["attempt"] {
  let depth = 0;
  return async (work) => {
    depth += 1;
    const savepoint = `attempt${depth}`;
    try {
      await connection.run(`savepoint ${savepoint}`, [], "savepoint");
      return { result: await work() };
    } catch (error) {
      if (undoesTransaction(error)) throw error;
      await connection.run(`rollback to ${savepoint}`, [], "rollback to savepoint");
      return { error };
    } finally {
      depth -= 1;
    }
  };
}
