import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import type { TenantId } from "@foyer/contract";
import type { Log } from "../../src/platform/log.ts";
import { type OpenedStore, openStoreAt, type PrimaryStore, primaryStores } from "../engines.ts";
import { World } from "../world/world.ts";
import { live } from "./secret-life.ts";
import { Canaries, filesBelow, scanFiles } from "./secret-scan.ts";

/**
 * Everything that somebody can write to the house is a secret of 128 random bits here. The house
 * lives, changes, forgets and fails with them; then every byte that is left on the disk is read.
 */
for (const primaryStore of primaryStores()) {
  describe(`planted secrets: ${primaryStore.name}`, { timeout: 180_000 }, () => {
    it("are in no file, and one that was not sealed is found", () => proveOn(primaryStore));
  });
}

/** The house, and every folder in which it or its engine could have left something. */
interface Ground {
  readonly world: World;
  readonly opened: OpenedStore;
  readonly folders: readonly string[];
}

async function proveOn(primaryStore: PrimaryStore): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-planted-"));
  const before = process.env["TMPDIR"];
  // Databases, keys, index and temporary files of this process all come to lie in this folder.
  process.env["TMPDIR"] = folder;
  try {
    const { opened, world } = await openOn(primaryStore);
    const folders = [folder, ...serverFolders(primaryStore)];
    try {
      await prove({ world, opened, folders }, folder);
    } finally {
      await world.close();
    }
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openOn(primaryStore: PrimaryStore) {
  let opened: OpenedStore | undefined;
  const engine: PrimaryStore = {
    ...primaryStore,
    open: async () => {
      opened = await primaryStore.open();
      return opened;
    },
  };
  const world = await World.open({ engine });
  assert.ok(opened);
  return { opened, world };
}

/** The server's own files: without them nothing is proven, so their absence is no small thing. */
function serverFolders({ name }: PrimaryStore): string[] {
  if (name === "SQLite") return [];
  const folder = process.env["FOYER_TEST_MYSQL_DATADIR"];
  try {
    if (!folder) throw new Error("FOYER_TEST_MYSQL_DATADIR is not set");
    assert.ok(filesBelow(folder).some((file) => basename(file).startsWith("ib_logfile")));
    return [folder];
  } catch (error) {
    const notice = `MariaDB's files cannot be read (${error}): they were NOT searched for secrets`;
    if (process.env["CI"] === "true") throw new Error(notice);
    process.stderr.write(`\n!!! ${notice} !!!\n\n`);
    return [];
  }
}

async function prove(ground: Ground, folder: string): Promise<void> {
  const { world } = ground;
  const canaries = new Canaries();
  const control = new Canaries();
  const lines = spyOnLog(world.log);
  await live(world, canaries);
  await plantControl(ground, control.next());
  plantInIndex(folder, control.next());
  await plantAmongBlobs(world, control.next());
  world.log.info({ text: control.next() }, "control");
  // Once as it lies there while the house is open, and once when the engine has written it all.
  for (const stage of ["open", "written"] as const) {
    if (stage === "written") await writeEverything(ground);
    writeFileSync(join(folder, "log"), lines.join("\n"));
    const files = ground.folders.flatMap(filesBelow);
    assert.deepEqual(scanFiles(canaries, files), [], stage);
    const found = new Set(scanFiles(control, files).map(({ file }) => basename(file)));
    for (const file of controlFiles(ground, stage)) {
      assert.ok(found.has(file), `${file} is not among ${[...found].join()} (${stage})`);
    }
  }
}

/** What the log would have written, as JSON lines. */
function spyOnLog(log: Log): string[] {
  const lines: string[] = [];
  for (const level of ["debug", "info", "warn", "error"] as const) {
    const write = log[level].bind(log);
    log[level] = (facts, event) => {
      lines.push(JSON.stringify({ level, event, ...facts }));
      write(facts, event);
    };
  }
  return lines;
}

/** What the wall is there to hinder: the same store, and a text that nobody sealed. */
async function plantControl({ opened }: Ground, secret: string): Promise<void> {
  const engine = openStoreAt(opened.address);
  const transaction = await engine.begin();
  const run = (sql: string, parameters: string[] = []) => transaction.run(sql, parameters, "plant");
  await run("create table control (place integer primary key, text varchar(200))");
  await run("insert into control values (1, ?), (2, ?)", [secret, secret]);
  await transaction.commit();
  await engine.close();
}

async function writeEverything({ opened: { address } }: Ground): Promise<void> {
  if (address.engine === "sqlite") {
    const database = new DatabaseSync(address.file);
    database.exec("pragma wal_checkpoint(full)");
    database.close();
    return;
  }
  const engine = openStoreAt(address);
  const tables = [...(await engine.catalogue()).keys()].join(", ");
  const transaction = await engine.begin();
  // Writes every changed page of the tables to their files.
  await transaction.run(`flush tables ${tables} for export`, [], "flush");
  await transaction.run("unlock tables", [], "unlock");
  await transaction.commit();
  await engine.close();
}

function plantInIndex(folder: string, secret: string): void {
  const file = filesBelow(folder).find((each) => basename(each) === "search.db");
  assert.ok(file, "there is no search index");
  const database = new DatabaseSync(file);
  database.exec("create table control (text text)");
  database.prepare("insert into control values (?)").run(secret);
  database.exec("pragma wal_checkpoint(passive)");
  database.close();
}

async function plantAmongBlobs({ assembly }: World, secret: string): Promise<void> {
  const tenantId = randomUUID() as TenantId;
  await assembly.blobs.put(tenantId, "control/control-blob", Buffer.from(secret));
}

/** Where the unsealed text lies for certain: the scan is worth something only if it finds it. */
function controlFiles({ opened, folders }: Ground, stage: "open" | "written"): string[] {
  const always = ["search.db", "control-blob", "log"];
  if (opened.address.engine === "sqlite") {
    return [...always, stage === "open" ? "store.db-wal" : "store.db"];
  }
  if (folders.length < 2) return always;
  return [...always, "ib_logfile0", ...(stage === "open" ? [] : ["control.ibd"])];
}
