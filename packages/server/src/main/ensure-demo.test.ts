import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { sqlite } from "../../test/engines.ts";
import { CollectedLog } from "../../test/world/collected-log.ts";
import { FakeClock } from "../../test/world/fake-clock.ts";
import { demoAgents, demoStories, findDemo, todayStories } from "../modules/demo/index.ts";
import { openFileBlobStore } from "../platform/blobs/file-blob-store.ts";
import { openKeyFile } from "../platform/keys/key-file.ts";
import { openFts5SearchEngine } from "../platform/search/fts5/engine.ts";
import { migrate } from "../platform/store/index.ts";
import { assemble, type Foundations } from "./assemble.ts";
import { ensureDemo } from "./ensure-demo.ts";

/** Few enough to be told quickly, with something of everything. */
const stories = todayStories;
/** Before there is a hotel, an agent, a guest; in the midst of the stories. */
const transactionsBeforeDeath = [0, 2, 6, 40, 120];

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
  return { foundations, assembly, count, clock, log };
}

test("what the script says was said and done is there once, and nothing is left to do", async (context) => {
  const { foundations, assembly, count, clock } = await openHouse(context);
  assert.deepEqual(await findDemo(assembly), undefined);
  const { isNew } = await ensureDemo(foundations, assembly);
  assert.equal(isNew, true);
  const steps = demoStories.flatMap((story) => story.steps);
  const of = (kind: "guest" | "reply" | "note" | "assign" | "label" | "close" | "noAnswerNeeded") =>
    steps.filter((step) => kind in step).length;
  const reactions = steps.filter((step) => "guest" in step && step.guest.startsWith("Liked “"));
  const stops = steps.filter((step) => "guest" in step && step.guest === "STOP");
  assert.equal(reactions.length, 1);
  assert.equal(stops.length, 1);

  assert.equal(await count("conversation"), demoStories.length);
  assert.equal(await count("contact"), demoStories.length);
  assert.equal(await count("timeline_entry", "kind = 'inbound'"), of("guest") - reactions.length);
  assert.equal(await count("timeline_entry", "reaction is not null"), reactions.length);
  assert.equal(await count("timeline_entry", "kind = 'outbound'"), of("reply"));
  assert.equal(await count("timeline_entry", "kind = 'note'"), of("note"));
  for (const [event, times] of [
    ["closed", of("close")],
    ["label_added", of("label")],
    ["no_answer_needed", of("noAnswerNeeded")],
    ["opted_out", stops.length],
  ] as const) {
    assert.equal(await count("timeline_entry", `event = '${event}'`), times, event);
  }
  const unreachable = steps.filter((step) => "reply" in step && step.end === "unreachable");
  assert.equal(await count("timeline_entry", "state = 'failed'"), unreachable.length);
  assert.equal(unreachable.length, 1);

  const pictures = steps.filter((step) => "guest" in step && step.picture !== undefined);
  assert.ok(pictures.length > 5);
  assert.equal(await count("attachment", "state = 'ready'"), pictures.length);
  assert.equal(await count("attachment"), pictures.length);

  assert.equal(await count("property"), 2);
  assert.equal(await count("agent"), demoAgents.length);
  assert.equal(await count("label"), 2 * 4);
  assert.equal(await count("field"), 2 * 5);
  assert.equal(await count("template"), 2 * 6);
  assert.equal(await count("tenant", "kind = 'demo'"), await count("tenant"));
  assert.equal(await count("job"), 0, "nothing of the past is still to be done");

  const unsettled = "kind = 'outbound' and state not in ('delivered', 'read', 'failed')";
  assert.equal(await count("timeline_entry", unsettled), 0);
  assert.equal(await count("timeline_entry", `recorded_at >= ${clock.now()}`), 0);
  const told = await count("change_event", "kind = 'entry.added'");
  assert.equal(told, await count("timeline_entry"), "every change is in the feed");
});

test("a second run on the same house finds the first one's demo and changes nothing", async (context) => {
  const { foundations, assembly, count } = await openHouse(context);
  await ensureDemo(foundations, assembly, stories);
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
  const again = await ensureDemo(foundations, assembly, stories);
  assert.equal(again.isNew, false);
  assert.deepEqual(await findDemo(assembly), first);
  assert.deepEqual(await Promise.all(tables.map((table) => count(table))), before);
});

test("a demo whose making was cut short anywhere is made anew, and signs in to one tenant", async (context) => {
  const { foundations, assembly, count, log } = await openHouse(context);
  for (const transactions of transactionsBeforeDeath) {
    const engine = dyingAfter(transactions, foundations.engine);
    await assert.rejects(ensureDemo({ ...foundations, engine }, assembly, stories));
    assert.equal(await findDemo(assembly), undefined);
    // Where the end came upon a job, the runner, which here outlives it, tells of it.
    log.takeErrors("job.not_run");
  }
  const { isNew } = await ensureDemo(foundations, assembly, stories);
  assert.equal(isNew, true);
  const demo = await findDemo(assembly);
  assert.equal(demo?.lines.length, 2);
  assert.ok((await count("tenant")) > 2, "some died with a tenant already made");
  for (const { email } of demoAgents) {
    const hits = await assembly.directory.find("sign_in_email", email);
    assert.deepEqual(
      hits.map(({ tenantId }) => tenantId),
      [demo?.tenantId],
    );
  }
});

function dyingAfter(transactions: number, engine: Foundations["engine"]): Foundations["engine"] {
  let begun = 0;
  return {
    ...engine,
    begin: async () => {
      begun += 1;
      if (begun > transactions) throw new Error("The process ends here");
      return engine.begin();
    },
  };
}

test("two houses have demos of their own, with secrets of their own", async (context) => {
  const houses = [await openHouse(context), await openHouse(context)];
  const found = [];
  for (const { foundations, assembly } of houses) {
    await ensureDemo(foundations, assembly, stories);
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
