import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { runCommandLine } from "../command-run.ts";
import { FakeContext, type FakeHouseParts } from "./fake-context.ts";
import { describeWelcome } from "./welcome.ts";

const root = mkdtempSync(join(tmpdir(), "foyer-serve-"));
after(() => rmSync(root, { recursive: true }));

function makeContext(environment: Record<string, string> = {}, parts: FakeHouseParts = {}) {
  const cwd = mkdtempSync(join(root, "one-"));
  return new FakeContext(cwd, { PORT: "0", ...environment }, parts);
}

async function serveOnce(context: FakeContext, args: readonly string[]): Promise<number> {
  const welcomed = context.printedOnce("Foyer is open");
  const running = runCommandLine(["serve", ...args], context);
  await Promise.race([welcomed, running]);
  context.signal();
  return running;
}

describe("serve", () => {
  test("migrates, makes the demo, listens in its roles, and closes at a signal", async () => {
    const context = makeContext();
    assert.equal(await serveOnce(context, ["--demo", "--roles", "app,api"]), 0);
    assert.deepEqual(context.steps, [
      "open",
      "migrate",
      "demo",
      "serve app,api",
      "door closed",
      "house closed",
    ]);
    assert.equal(context.listeners, 0);
  });

  test("without the demo makes none", async () => {
    const context = makeContext();
    await serveOnce(context, []);
    assert.ok(!context.steps.includes("demo"));
    assert.doesNotMatch(context.printed.join("\n"), /password/);
  });

  test("names a planned role as the option that somebody typed", async () => {
    const context = makeContext();
    assert.equal(await serveOnce(context, ["--roles", "ops"]), 2);
    assert.match(context.complained.join("\n"), /--roles is "ops": it names "ops"/);
    assert.deepEqual(context.steps, []);
  });

  test("says which variable to set when the port is taken, and closes the house", async () => {
    const taken = Object.assign(new Error("taken"), { code: "EADDRINUSE", syscall: "listen" });
    const context = makeContext({}, { serve: () => Promise.reject(taken) });
    assert.equal(await serveOnce(context, []), 1);
    assert.match(context.complained.join("\n"), /is taken by another program.*set PORT/);
    assert.equal(context.steps.at(-1), "house closed");
  });

  test("says so of the files' port where that one is taken", async () => {
    const facts = { code: "EADDRINUSE", syscall: "listen", port: 4001 };
    const taken = Object.assign(new Error("taken"), facts);
    const context = makeContext({ PORT: "4000" }, { serve: () => Promise.reject(taken) });
    assert.equal(await serveOnce(context, []), 1);
    assert.match(context.complained.join("\n"), /^Port 4001 is taken.*set FILES_PORT/);
  });

  test("tells an unexpected failure without its message", async () => {
    const bug = new Error("the guest said: hush");
    const context = makeContext({}, { serve: () => Promise.reject(bug) });
    assert.equal(await serveOnce(context, []), 1);
    assert.doesNotMatch(context.complained.join("\n"), /hush/);
    assert.match(context.complained.join("\n"), /nobody expected \(Error\)/);
  });

  test("gives up closing after its bound", async () => {
    const door = { url: "http://127.0.0.1:1", close: () => new Promise<void>(() => undefined) };
    const context = makeContext({}, { serve: async () => door });
    assert.equal(await serveOnce(context, []), 1);
    assert.deepEqual(context.exits, [1]);
  });

  test("ends at once at the second signal, but not at an echo of the first", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { promise: closing, resolve } = Promise.withResolvers<void>();
    const door = { url: "http://127.0.0.1:1", close: () => closing };
    const context = makeContext({}, { serve: async () => door });
    const running = serveOnce(context, []);
    await context.printedOnce("Closing");
    context.signal();
    assert.deepEqual(context.exits, []);
    t.mock.timers.tick(1_000);
    context.signal();
    assert.deepEqual(context.exits, [1]);
    resolve();
    await running;
  });
});

describe("serve --fresh", () => {
  test("begins a demo again", async () => {
    const context = makeContext();
    await serveOnce(context, ["--demo"]);
    const state = join(context.cwd, ".foyer", "state");
    writeFileSync(state, "");
    assert.equal(await serveOnce(context, ["--demo", "--fresh"]), 0);
    assert.ok(!existsSync(state));
  });

  test("deletes nothing of what is no demo, says why, and starts nothing", async () => {
    const context = makeContext();
    await serveOnce(context, []);
    const state = join(context.cwd, ".foyer", "state");
    writeFileSync(state, "");
    context.steps.length = 0;
    assert.equal(await serveOnce(context, ["--demo", "--fresh"]), 2);
    assert.ok(existsSync(state));
    assert.deepEqual(context.steps, []);
    assert.match(context.complained.join("\n"), /--fresh deletes nothing\. .*more than the demo/);
  });

  test("is refused in production", async () => {
    const context = makeContext({ FOYER_MODE: "production" });
    assert.equal(await serveOnce(context, ["--fresh"]), 2);
    assert.deepEqual(readdirSync(context.cwd), []);
  });
});

describe("the welcome", () => {
  test("says in twelve lines where to go, where state and keys are, and what keys mean", async () => {
    const context = makeContext();
    await serveOnce(context, ["--demo"]);
    const [welcome = ""] = context.printed;
    assert.ok(welcome.split("\n").length <= 12, welcome);
    for (const part of [
      "http://127.0.0.1:4000\n",
      "ada@hotel.example",
      "a guest in the foyer",
      "http://127.0.0.1:4000/simulator",
      join(context.cwd, ".foyer"),
      join(context.cwd, ".foyer-keys"),
      "Losing the key file is losing all data",
      "npm run foyer -- keys export --to FILE",
      "An erasure cannot reach such a copy",
    ]) {
      assert.ok(welcome.includes(part), part);
    }
  });

  test("says nothing of new keys where there are keys, and has colour only when asked", () => {
    const database = { engine: "sqlite", file: "/a/foyer.sqlite" } as const;
    const facts = {
      url: "http://127.0.0.1:4000",
      configuration: { home: "/a", keys: "/b", database },
      demo: undefined,
      madeKeys: false,
    };
    const plain = describeWelcome({ ...facts, isColoured: false });
    assert.doesNotMatch(plain, /Losing/);
    assert.ok(!plain.includes("\u001b"));
    assert.ok(describeWelcome({ ...facts, isColoured: true }).includes("\u001b["));
  });
});

describe("migrate and demo", () => {
  test("open the house, do their one thing, and close it", async () => {
    const context = makeContext();
    assert.equal(await runCommandLine(["migrate"], context), 0);
    assert.equal(await runCommandLine(["demo"], context), 0);
    const once = ["open", "migrate", "house closed"];
    assert.deepEqual(context.steps, [...once, "open", "migrate", "demo", "house closed"]);
    assert.match(context.printed.join("\n"), /Losing the key file/);
    assert.match(context.printed.at(-2) ?? "", /ada@hotel\.example/);
  });

  test("do not make an installation more than a demo", async () => {
    const context = makeContext();
    await runCommandLine(["migrate"], context);
    assert.equal(await serveOnce(context, ["--demo", "--fresh"]), 0);
  });

  test("refuse the demo in production", async () => {
    const context = makeContext({ FOYER_MODE: "production" });
    assert.equal(await runCommandLine(["demo"], context), 2);
    assert.match(context.complained.join("\n"), /foyer demo is on in production/);
  });
});
