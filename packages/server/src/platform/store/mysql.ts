import mysql from "mysql2";
import { createPool, type Pool, type PoolConnection, type PoolOptions } from "mysql2/promise";
import type { Bindable } from "./binder.ts";
import { mysqlDialect } from "./dialect.ts";
import type { Engine, EngineFacts, EngineTransaction, Outcome } from "./engine.ts";
import { type StoreFailure, StoreFault } from "./failure.ts";
import { idColumns, readRow } from "./row.ts";

const connectTimeoutMs = 10_000;
const lockWaitTimeoutSeconds = 2;
const waitingForConnectionMax = 1_000;
const preparedStatementsMax = 500;

export interface MysqlOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /**
   * Whether the connection is encrypted and the server's certificate checked, against the given
   * authority (PEM) or the system's. Only a server on loopback may do without.
   */
  readonly tls: boolean;
  readonly certificateAuthority?: string;
  readonly connectionsMax: number;
}

/** The production primary store: MySQL 8.4 or MariaDB 10.6 and later. */
export function openMysql(options: MysqlOptions): Engine {
  const pool = createPool(poolOptions(options));
  return {
    dialect: mysqlDialect,
    sharesCommits: false,
    reader: { run: (sql, parameters, statement) => onPool(pool, sql, parameters, statement) },
    begin: () => begin(pool),
    facts: () => factsOf(pool),
    catalogue: () => catalogueOf(pool),
    close: () => pool.end(),
  };
}

function poolOptions(options: MysqlOptions): PoolOptions {
  const { host, port, user, password, database, certificateAuthority: ca } = options;
  const ssl = { rejectUnauthorized: true, minVersion: "TLSv1.2", ...(ca ? { ca } : {}) };
  return {
    host,
    port,
    user,
    password,
    database,
    connectionLimit: options.connectionsMax,
    queueLimit: waitingForConnectionMax,
    connectTimeout: connectTimeoutMs,
    maxPreparedStatements: preparedStatementsMax,
    supportBigNumbers: true,
    ...(options.tls ? { ssl } : {}),
  };
}

async function onPool(
  pool: Pool,
  sql: string,
  parameters: readonly Bindable[],
  statement: string,
): Promise<Outcome> {
  const connection = await acquire(pool, statement);
  try {
    const outcome = await execute(connection, sql, parameters, statement);
    connection.release();
    return outcome;
  } catch (error) {
    if (error instanceof StoreFault && error.failure !== "connection") connection.release();
    else connection.destroy();
    throw error;
  }
}

const prepared = new WeakSet<object>();

/** Sets the session once per connection: a pool hands the same ones out again and again. */
async function acquire(pool: Pool, statement: string): Promise<PoolConnection> {
  try {
    const connection = await pool.getConnection();
    if (!prepared.has(connection.connection)) {
      await connection.query("set session transaction isolation level read committed");
      await connection.query(`set session innodb_lock_wait_timeout = ${lockWaitTimeoutSeconds}`);
      await connection.query("set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'");
      await connection.query("set session time_zone = '+00:00'");
      prepared.add(connection.connection);
    }
    return connection;
  } catch (error) {
    throw faultOf(error, statement);
  }
}

async function execute(
  connection: PoolConnection,
  sql: string,
  parameters: readonly Bindable[],
  statement: string,
): Promise<Outcome> {
  try {
    const [result, fields] = await connection.execute(sql, parameters.map(typed) as never[]);
    if (Array.isArray(result)) {
      const ids = idColumns(fields.map(({ name }) => name));
      const rows = result as Record<string, unknown>[];
      return { rows: rows.map((row) => readRow(row, ids)), changed: 0 };
    }
    const { affectedRows: changed, insertId: counter } = result;
    return { rows: [], changed, counter };
  } catch (error) {
    throw faultOf(error, statement);
  }
}

/** A number goes out as a 64-bit integer: as a double it would not fit a `limit`. */
function typed(value: Bindable): unknown {
  if (typeof value === "number") return mysql.TypedParameter.LONGLONG(value);
  return value instanceof Uint8Array && !Buffer.isBuffer(value) ? Buffer.from(value) : value;
}

async function begin(pool: Pool): Promise<EngineTransaction> {
  const connection = await acquire(pool, "begin");
  const control = (sql: string) => async () => {
    try {
      await connection.query(sql);
    } catch (error) {
      throw faultOf(error, sql);
    }
  };
  const ending = (sql: string) => async () => {
    try {
      await control(sql)();
      connection.release();
    } catch (error) {
      // Nobody knows in what state this connection is: it does not go back to the pool.
      connection.destroy();
      throw error;
    }
  };
  await control("start transaction")();
  return {
    run: (sql, parameters, statement) => execute(connection, sql, parameters, statement),
    savepoint: control("savepoint unit"),
    rollbackToSavepoint: control("rollback to unit"),
    commit: ending("commit"),
    rollback: ending("rollback"),
  };
}

/** MySQL's error numbers, as far as they mean something to us. */
const failures: Readonly<Record<number, StoreFailure>> = {
  1062: "duplicate",
  1451: "reference",
  1452: "reference",
  1213: "deadlock",
  1205: "lock_timeout",
  1040: "busy",
  1021: "full",
  1114: "full",
  1146: "schema",
  1054: "schema",
  1050: "exists",
  1061: "exists",
  1053: "connection",
  1927: "connection",
  4031: "connection",
};

function faultOf(error: unknown, statement: string): StoreFault {
  if (error instanceof StoreFault) return error;
  const { errno, code } = error as { errno?: number; code?: string };
  if (errno === undefined && code === undefined) {
    const isPool = error instanceof Error && /pool|queue limit|connection/i.test(error.message);
    return new StoreFault(isPool ? "connection" : "other", statement, "mysql-driver");
  }
  const isNetwork = errno === undefined || errno < 0 || code === "PROTOCOL_CONNECTION_LOST";
  const known = errno === undefined ? undefined : failures[errno];
  return new StoreFault(
    known ?? (isNetwork ? "connection" : "other"),
    statement,
    `mysql-${code ?? errno}`,
  );
}

async function factsOf(pool: Pool): Promise<EngineFacts> {
  const sql = `select @@innodb_flush_log_at_trx_commit as flushes, version() as version,
    cast(unix_timestamp(now(3)) * 1000 as signed) as now_ms`;
  const { rows } = await onPool(pool, sql, [], "facts");
  const { flushes, version, now_ms: nowMs } = rows[0] as Record<string, unknown>;
  return {
    isDurable: Number(flushes) === 1,
    mend: "Set innodb_flush_log_at_trx_commit=1 on the server.",
    nowMs: Number(nowMs),
    version: String(version),
  };
}

async function catalogueOf(pool: Pool): Promise<Map<string, string[]>> {
  const sql = `select table_name as \`table\`, column_name as \`column\`
    from information_schema.columns where table_schema = database()
    order by table_name, ordinal_position`;
  const { rows } = await onPool(pool, sql, [], "catalogue");
  const tables = new Map<string, string[]>();
  for (const row of rows) {
    const name = String(row["table"]);
    tables.set(name, [...(tables.get(name) ?? []), String(row["column"])]);
  }
  return tables;
}
