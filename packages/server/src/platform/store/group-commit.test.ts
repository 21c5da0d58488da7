import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sqliteDialect } from "./dialect.ts";
import type { Connection, Engine, EngineTransaction } from "./engine.ts";
import { type StoreFailure, StoreFault } from "./failure.ts";
import { createGroupCommit } from "./group-commit.ts";

/** What the group commit asked of its engine, one word each: `begin`, a statement, `commit`. */
interface Script {
  readonly asked: string[];
  /** Is asked before each word; what it throws, the engine throws. */
  before?: (word: string, times: number) => void;
  readonly sharesCommits?: boolean;
}

/** An engine that runs nothing and tells what it was asked. */
function scriptedEngine(script: Script): Engine {
  const ask = async (word: string) => {
    script.asked.push(word);
    script.before?.(word, script.asked.filter((known) => known === word).length);
  };
  const run: Connection["run"] = async (sql) => {
    await ask(sql);
    return { rows: [], changed: 1 };
  };
  const transaction: EngineTransaction = {
    run,
    savepoint: async () => {},
    rollbackToSavepoint: () => ask("undo"),
    commit: () => ask("commit"),
    rollback: () => ask("rollback"),
  };
  return {
    dialect: sqliteDialect,
    sharesCommits: script.sharesCommits ?? true,
    reader: { run },
    begin: async () => {
      await ask("begin");
      return transaction;
    },
    facts: () => Promise.reject(new Error("not asked here")),
    catalogue: async () => new Map(),
    close: async () => {},
  };
}

const fault = (failure: StoreFailure) => new StoreFault(failure, "test", "0");
const says = (sql: string) => (connection: Connection) => connection.run(sql, [], sql);

function groupsOn(script: Script) {
  const groups = createGroupCommit(scriptedEngine(script));
  const run = (sql: string, tenantId = "one") => groups.run(tenantId, says(sql));
  return { ...groups, say: run };
}

/** How many units stand before each commit. */
function unitsPerCommit(asked: readonly string[]): number[] {
  return asked
    .join(" ")
    .split("commit")
    .map((part) => part.match(/unit/g)?.length ?? 0)
    .filter((count) => count > 0);
}

function spin(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    // A unit that computes: the group's time runs out meanwhile.
  }
}

describe("group commit", () => {
  it("lets units that come at once share a commit, at most sixty-four", async () => {
    const script: Script = { asked: [] };
    const { say } = groupsOn(script);
    await Promise.all(Array.from({ length: 150 }, () => say("unit")));
    assert.deepEqual(unitsPerCommit(script.asked), [64, 64, 22]);
  });

  it("takes nobody in any more when it has been open for twenty milliseconds", async () => {
    const script: Script = { asked: [] };
    const groups = createGroupCommit(scriptedEngine(script));
    const slow = groups.run("one", async (connection) => {
      spin(25);
      await connection.run("unit", [], "unit");
    });
    await Promise.all([slow, groups.run("one", says("unit")), groups.run("one", says("unit"))]);
    assert.deepEqual(unitsPerCommit(script.asked), [1, 2]);
  });

  it("tells nobody of success before the commit has returned", async () => {
    const told: string[] = [];
    const script: Script = {
      asked: [],
      before: (word) => {
        if (word === "commit") told.push("commit");
      },
    };
    const { say } = groupsOn(script);
    await Promise.all(["a", "b"].map((name) => say("unit").then(() => told.push(name))));
    assert.deepEqual(told, ["commit", "a", "b"]);
  });

  it("tells everybody in the group of a commit that failed", async () => {
    const script: Script = {
      asked: [],
      before: (word) => {
        if (word === "commit") throw fault("full");
      },
    };
    const { say } = groupsOn(script);
    const outcomes = await Promise.allSettled([say("unit"), say("unit")]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    assert.deepEqual(script.asked, ["begin", "unit", "unit", "commit", "rollback"]);
  });

  it("replays the whole group, in its order, after a deadlock", async () => {
    const script: Script = {
      asked: [],
      before: (word, times) => {
        if (word === "unit-b" && times === 1) throw fault("deadlock");
      },
    };
    const { say } = groupsOn(script);
    await Promise.all([say("unit-a"), say("unit-b"), say("unit-c")]);
    const { asked } = script;
    assert.deepEqual(asked.slice(0, 4), ["begin", "unit-a", "unit-b", "rollback"]);
    assert.deepEqual(asked.slice(4), ["begin", "unit-a", "unit-b", "unit-c", "commit"]);
  });

  it("replays after a deadlock that the unit caught", async () => {
    const script: Script = {
      asked: [],
      before: (word, times) => {
        if (word === "unit-a" && times === 1) throw fault("deadlock");
      },
    };
    const groups = createGroupCommit(scriptedEngine(script));
    await groups.run("one", async (connection) => {
      await says("unit-a")(connection).catch(() => undefined);
      await says("unit-b")(connection).catch(() => undefined);
    });
    // Nothing ran between the deadlock and the new beginning: it would have stood by itself.
    assert.deepEqual(script.asked.slice(0, 3), ["begin", "unit-a", "rollback"]);
    assert.deepEqual(script.asked.slice(3), ["begin", "unit-a", "unit-b", "commit"]);
  });

  it("gives up after six deadlocks", async () => {
    const script: Script = {
      asked: [],
      before: (word) => {
        if (word === "unit") throw fault("deadlock");
      },
    };
    const { say } = groupsOn(script);
    await assert.rejects(say("unit"), StoreFault);
    assert.equal(script.asked.filter((word) => word === "begin").length, 6);
  });

  it("fails the unit alone that waited too long for a lock, and commits the others", async () => {
    const script: Script = {
      asked: [],
      before: (word) => {
        if (word === "unit-b") throw fault("lock_timeout");
      },
    };
    const { say } = groupsOn(script);
    const outcomes = await Promise.allSettled([say("unit-a"), say("unit-b"), say("unit-c")]);
    const [, waited] = outcomes;
    assert.ok(waited?.status === "rejected" && waited.reason instanceof StoreFault);
    assert.equal(waited.reason.failure, "lock_timeout");
    const { asked } = script;
    assert.deepEqual(asked.slice(0, 4), ["begin", "unit-a", "unit-b", "rollback"]);
    assert.deepEqual(asked.slice(4, 7), ["begin", "unit-a", "commit"]);
    assert.deepEqual(asked.slice(7), ["begin", "unit-c", "commit"]);
  });

  it("replays a group for ten seconds at most, whatever its units wait for", async () => {
    let ms = 0;
    const script: Script = {
      asked: [],
      before: (word) => {
        if (!word.startsWith("locked") || script.asked.indexOf("rollback") < 0) return;
        ms += 2_000;
        throw fault("lock_timeout");
      },
    };
    const groups = createGroupCommit(scriptedEngine(script), () => ms);
    const locked = Array.from({ length: 20 }, () => groups.run("one", says("locked")));
    // The last one meets a deadlock: every unit is in the group when the waiting begins.
    const last = groups.run("one", async (connection) => {
      await connection.run("last", [], "last");
      if (ms === 0 && !script.asked.includes("rollback")) throw fault("deadlock");
    });
    const outcomes = await Promise.allSettled([last, ...locked]);
    assert.deepEqual([...new Set(outcomes.map(({ status }) => status))], ["rejected"]);
    assert.equal(ms, 10_000);
  });

  it("tries nothing again whose connection was lost: it may have been committed", async () => {
    const script: Script = {
      asked: [],
      before: (word) => {
        if (word === "commit") throw fault("connection");
      },
    };
    const { say } = groupsOn(script);
    await assert.rejects(say("unit"), StoreFault);
    assert.equal(script.asked.filter((word) => word === "begin").length, 1);
  });

  it("goes on with the next group after one that failed", async () => {
    const script: Script = {
      asked: [],
      before: (word, times) => {
        if (word === "begin" && times === 1) throw fault("connection");
      },
    };
    const { say } = groupsOn(script);
    await assert.rejects(say("unit"), StoreFault);
    await say("unit");
    assert.deepEqual(unitsPerCommit(script.asked), [1]);
  });

  it("refuses the unit after ten thousand that wait, and takes it when there is room", async () => {
    const script: Script = { asked: [] };
    const { say, idle } = groupsOn(script);
    const waiting = Array.from({ length: 10_000 }, () => say("unit"));
    await assert.rejects(
      say("unit"),
      (error) => error instanceof StoreFault && error.failure === "busy",
    );
    await Promise.all(waiting);
    await say("unit");
    await idle();
    assert.equal(script.asked.filter((word) => word === "unit").length, 10_001);
  });

  it("gives each tenant a line of its own where the engine has many writers", async () => {
    const script: Script = { asked: [], sharesCommits: false };
    const groups = createGroupCommit(scriptedEngine(script));
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const slow = groups.run("one", async (connection) => {
      await held;
      await connection.run("unit-one", [], "unit");
    });
    await groups.run("two", says("unit-two"));
    assert.ok(!script.asked.includes("unit-one"));
    release();
    await slow;
  });
});
