import type { Connection, Engine, EngineTransaction } from "./engine.ts";
import { StoreFault, undoesTransaction } from "./failure.ts";

/** How many units may share a commit, and how long the first may wait for the others. */
const unitsPerCommitMax = 64;
const groupOpenMsMax = 20;
const waitingUnitsMax = 10_000;
const attemptsMax = 6;
/** Since its first attempt: whoever waits in the line behind a group waits as long. */
const groupReplayMsMax = 10_000;
const backoffMsMax = 200;

/** What runs inside a transaction: SQL and pure code, nothing else, so that it can be replayed. */
export type Work<Result> = (connection: Connection) => Promise<Result>;

export interface GroupCommit {
  /**
   * Runs a unit of work and resolves when it is committed and on disk. Units that come in crowds
   * share a transaction, one after another, each behind a savepoint; one that throws is undone
   * alone. A group that meets a deadlock is replayed whole, a bounded number of times; one whose
   * unit has waited too long for a lock is replayed without that unit.
   */
  run<Result>(tenantId: string, work: Work<Result>): Promise<Result>;
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly work: Work<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Units on their way to one commit. */
interface Group {
  readonly line: Waiting[];
  readonly units: Waiting[];
  readonly now: () => number;
  /** Whose statements run; undefined between units. */
  current: Waiting | undefined;
  /** Whether it takes nobody in any more: its time for replays must not run out on newcomers. */
  isClosed: boolean;
}

type Settled = { readonly unit: Waiting; readonly settle: () => void };

/**
 * One line of units where the engine has one writer; otherwise one line for each tenant.
 *
 * @param now monotonic, in ms
 */
export function createGroupCommit(
  engine: Engine,
  now: () => number = () => performance.now(),
): GroupCommit {
  const lines = new Map<string, Waiting[]>();
  const running = new Map<string, Promise<void>>();

  const drain = async (key: string, line: Waiting[]) => {
    while (line.length > 0) {
      // Lets everybody who is ready to write join before the transaction opens.
      await new Promise<void>((resolve) => setImmediate(resolve));
      await commitGroup(engine, { line, units: [], now, current: undefined, isClosed: false });
    }
    lines.delete(key);
    running.delete(key);
  };

  return {
    run: <Result>(tenantId: string, work: Work<Result>) => {
      const key = engine.sharesCommits ? "" : tenantId;
      const line = lines.get(key) ?? [];
      if (line.length >= waitingUnitsMax) {
        return Promise.reject(new StoreFault("busy", "transact", "line-full"));
      }
      const result = new Promise<Result>((resolve, reject) => {
        line.push({ work, resolve: resolve as (result: unknown) => void, reject });
      });
      if (!lines.has(key)) {
        lines.set(key, line);
        running.set(key, drain(key, line));
      }
      return result;
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

/** Takes units from the line until the group is full, then commits them. Never throws. */
async function commitGroup(engine: Engine, group: Group): Promise<void> {
  const giveUpAt = group.now() + groupReplayMsMax;
  for (let attempt = 1; ; ) {
    const error = await tryGroup(engine, group);
    if (error === undefined) return;
    const isWithoutOne = dropWhoWaited(group, error);
    if (isWithoutOne && group.units.length === 0) return;
    if (!isReplayable(error) || attempt === attemptsMax || group.now() >= giveUpAt) {
      return failGroup(group, error);
    }
    if (isWithoutOne) continue;
    await backoff(attempt);
    attempt += 1;
  }
}

async function tryGroup(engine: Engine, group: Group): Promise<unknown> {
  group.current = undefined;
  try {
    for (const { settle } of await attemptGroup(engine, group)) settle();
    return undefined;
  } catch (error) {
    return error;
  }
}

/**
 * Fails the unit that has waited for somebody else's lock for as long as one may: tried again, it
 * would wait again, and the others with it. Says whether there was one.
 */
function dropWhoWaited(group: Group, error: unknown): boolean {
  const { current, units } = group;
  if (!(error instanceof StoreFault) || error.failure !== "lock_timeout" || !current) return false;
  units.splice(units.indexOf(current), 1);
  group.isClosed = true;
  current.reject(error);
  return true;
}

/** Where no transaction could even be opened, everybody in the line is told. */
function failGroup({ line, units }: Group, error: unknown): void {
  for (const unit of units.length > 0 ? units : line.splice(0)) unit.reject(error);
}

/** Nobody knows whether a commit whose connection was lost took place: it is not tried again. */
function isReplayable(error: unknown): boolean {
  return error instanceof StoreFault && error.isRetryable && error.failure !== "connection";
}

function backoff(attempt: number): Promise<void> {
  const ms = Math.min(backoffMsMax, 5 * 2 ** attempt) * (0.5 + Math.random() / 2);
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function attemptGroup(engine: Engine, group: Group): Promise<Settled[]> {
  const transaction = await engine.begin();
  try {
    const settled = await runUnits(transaction, group);
    await transaction.commit();
    return settled;
  } catch (error) {
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
}

/** First the units of an attempt before (a replay), then new ones while the group is open. */
async function runUnits(transaction: EngineTransaction, group: Group): Promise<Settled[]> {
  const { line, units, now } = group;
  const settled: Settled[] = [];
  const run = async (unit: Waiting) => {
    group.current = unit;
    settled.push(await runUnit(transaction, unit));
    group.current = undefined;
  };
  for (const unit of units) await run(unit);
  const openedAt = now();
  const isOpen = () => units.length < unitsPerCommitMax && now() - openedAt < groupOpenMsMax;
  while (!group.isClosed && isOpen()) {
    const unit = line.shift();
    if (!unit) break;
    units.push(unit);
    await run(unit);
  }
  return settled;
}

async function runUnit(transaction: EngineTransaction, unit: Waiting): Promise<Settled> {
  await transaction.savepoint();
  const lease = leaseOf(transaction);
  try {
    const result = await unit.work(lease);
    await lease.end();
    return { unit, settle: () => unit.resolve(result) };
  } catch (error) {
    await lease.end();
    // A deadlock has undone the whole transaction already: the group begins again.
    if (undoesTransaction(error)) throw error;
    await transaction.rollbackToSavepoint();
    return { unit, settle: () => unit.reject(error) };
  }
}

interface Lease extends Connection {
  /**
   * Takes the connection back when nothing runs on it any more.
   * @throws StoreFault that has undone the transaction, even if the unit caught it
   */
  end(): Promise<void>;
}

/**
 * Lends the transaction's connection to one unit. Its statements run one after another, and none
 * runs once the transaction is undone or the unit has ended: it would stand outside of any
 * transaction, or in somebody else's.
 */
function leaseOf(transaction: EngineTransaction): Lease {
  let last: Promise<unknown> = Promise.resolve();
  let refusal: unknown;
  let undone: unknown;
  const attempt = async (...statement: Parameters<Connection["run"]>) => {
    if (refusal !== undefined) throw refusal;
    try {
      return await transaction.run(...statement);
    } catch (error) {
      if (undoesTransaction(error)) {
        undone = error;
        refusal = error;
      }
      throw error;
    }
  };
  return {
    run: (...statement) => {
      const result = last.then(() => attempt(...statement));
      last = result.catch(() => undefined);
      return result;
    },
    end: async () => {
      refusal ??= new Error("A unit of work went on after it had ended");
      await last;
      if (undone !== undefined) throw undone;
    },
  };
}
