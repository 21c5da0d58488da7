import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { sqlite } from "../../test/engines.ts";
import { CollectedLog } from "../../test/world/collected-log.ts";
import { FakeClock } from "../../test/world/fake-clock.ts";
import { demoAgents, demoStories, findDemo } from "../modules/demo/index.ts";
import { openFileBlobStore } from "../platform/blobs/file-blob-store.ts";
import { openKeyFile } from "../platform/keys/key-file.ts";
import { openFts5SearchEngine } from "../platform/search/fts5/engine.ts";
import { migrate } from "../platform/store/index.ts";
import { assemble, type Foundations } from "./assemble.ts";
import { ensureDemo } from "./ensure-demo.ts";

/** The agents are there by then, and a few of the stories. */
const transactionsBeforeDeath = 40;

async function openHouse(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "foyer-demo-"));
  const store = await sqlite.open();
  const clock = new FakeClock();
  const log = new CollectedLog();
  const foundations: Foundations = {
    engine: store.engine,
    keys: await openKeyFile({ folder: join(folder, "keys"), clock, ifMissing: "create" }),
    searchEngine: openFts5SearchEngine(join(folder, "search.db")),
    blobs: openFileBlobStore(join(folder, "blobs")),
    clock,
    log,
    sessionLimits: { idleMs: 1, absoluteMs: 1 },
    simulatorUrl: () => "http://127.0.0.1:9",
    filesOrigin: () => "http://127.0.0.1:9",
    publicOrigin: () => "http://127.0.0.1:9",
    twilioApiUrl: "http://127.0.0.1:9",
  };
  const assembly = await assemble(foundations);
  await migrate(assembly.engine, assembly.migrations);
  context.after(async () => {
    log.assertClean();
    await assembly.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const count = async (table: string, where = "1 = 1") => {
    const sql = `select count(*) as n from ${table} where ${where}`;
    const { rows } = await assembly.engine.reader.run(sql, [], "count");
    return Number(rows[0]?.["n"]);
  };
  return { foundations, assembly, count, clock };
}

test("what the script says was said and done is there once, and nothing is left to do", async (context) => {
  const { foundations, assembly, count } = await openHouse(context);
  assert.deepEqual(await findDemo(assembly), undefined);
  const { isNew } = await ensureDemo(foundations, assembly);
  assert.equal(isNew, true);
  const steps = demoStories.flatMap((story) => story.steps);
  const said = steps.filter((step) => "guest" in step || "reply" in step || "note" in step);
  assert.equal(await count("conversation"), demoStories.length);
  assert.equal(await count("timeline_entry", "kind <> 'event'"), said.length);
  const closed = steps.filter((step) => "close" in step).length;
  assert.equal(await count("timeline_entry", "event = 'closed'"), closed);
  assert.equal(await count("job"), 0, "nothing of the past is still to be done");
  assert.equal(await count("tenant", "kind = 'demo'"), await count("tenant"));
});

test("its messages have ended, its instants are past, and every change is in the feed", async (context) => {
  const { foundations, assembly, count, clock } = await openHouse(context);
  await ensureDemo(foundations, assembly);
  const unsettled = "kind = 'outbound' and state not in ('delivered', 'read')";
  assert.equal(await count("timeline_entry", unsettled), 0);
  assert.equal(await count("timeline_entry", `recorded_at >= ${clock.now()}`), 0);
  const told = await count("change_event", "kind = 'entry.added'");
  assert.equal(told, await count("timeline_entry"));
});

test("a second run on the same house finds the first one's demo and changes nothing", async (context) => {
  const { foundations, assembly, count } = await openHouse(context);
  await ensureDemo(foundations, assembly);
  const first = await findDemo(assembly);
  const tables = [
    "tenant",
    "agent",
    "contact",
    "timeline_entry",
    "change_event",
    "directory_entry",
  ];
  const before = await Promise.all(tables.map((table) => count(table)));
  const again = await ensureDemo(foundations, assembly);
  assert.equal(again.isNew, false);
  assert.deepEqual(await findDemo(assembly), first);
  assert.deepEqual(await Promise.all(tables.map((table) => count(table))), before);
});

test("a demo whose making was cut short is made anew, and signs in to one tenant", async (context) => {
  const { foundations, assembly } = await openHouse(context);
  const { engine } = foundations;
  let begun = 0;
  const dying: Foundations["engine"] = {
    ...engine,
    begin: async () => {
      begun += 1;
      if (begun > transactionsBeforeDeath) throw new Error("The process ends here");
      return engine.begin();
    },
  };
  await assert.rejects(ensureDemo({ ...foundations, engine: dying }, assembly));
  assert.equal(await findDemo(assembly), undefined);
  const { isNew } = await ensureDemo(foundations, assembly);
  assert.equal(isNew, true);
  assert.ok(await findDemo(assembly));
  for (const { email } of demoAgents) {
    const hits = await assembly.directory.find("sign_in_email", email);
    assert.equal(hits.length, 1);
  }
});

test("two houses have demos of their own, with secrets of their own", async (context) => {
  const houses = [await openHouse(context), await openHouse(context)];
  const found = [];
  for (const { foundations, assembly } of houses) {
    await ensureDemo(foundations, assembly);
    found.push(await findDemo(assembly));
  }
  const [one, other] = found;
  assert.ok(one && other);
  assert.equal(one.number, other.number);
  for (const secret of ["tenantId", "apiKey", "signingSecret", "channelKey"] as const) {
    assert.notEqual(one[secret], other[secret]);
  }
  for (const { assembly } of houses) {
    const hits = await assembly.directory.find("sign_in_email", demoAgents[0].email);
    assert.equal(hits.length, 1);
  }
});
