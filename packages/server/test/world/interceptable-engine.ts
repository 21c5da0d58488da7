import type { Connection, Engine, Outcome } from "../../src/platform/store/engine.ts";

/**
 * Comes between the store and its engine. Gets the statement's name, a function that runs it, and
 * the true connection, on which it may run something else.
 */
export type Interceptor = (
  statement: string,
  run: () => Promise<Outcome>,
  connection: Connection,
) => Promise<Outcome>;

export interface InterceptableEngine {
  readonly engine: Engine;
  /** Absent: every statement runs as it is. */
  interceptor?: Interceptor | undefined;
}

/** A true engine whose statements a test can make fail, one by one. */
export function makeInterceptable(engine: Engine): InterceptableEngine {
  const through = (connection: Connection): Connection["run"] => {
    return (sql, parameters, statement) => {
      const run = () => connection.run(sql, parameters, statement);
      return held.interceptor ? held.interceptor(statement, run, connection) : run();
    };
  };
  const held: InterceptableEngine = {
    engine: {
      ...engine,
      reader: { run: through(engine.reader) },
      begin: async () => {
        const transaction = await engine.begin();
        return { ...transaction, run: through(transaction) };
      },
    },
  };
  return held;
}
