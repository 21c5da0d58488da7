import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { createAgent } from "../../src/modules/tenancy/index.ts";
import type { Log } from "../../src/platform/log.ts";
import { type OpenedStore, openStoreAt, type PrimaryStore, primaryStores } from "../engines.ts";
import { Browser } from "../world/browser.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
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

/** A life of a house in which every text is a secret. */
async function live(world: World, canaries: Canaries): Promise<void> {
  const secret = () => canaries.next();
  const tenant = await world.tenant(secret(), { hotels: [secret()], domain: secret() });
  const { hotel } = tenant;
  await hireAgent(world, hotel, secret);
  await converse(world, hotel, secret);
  await editContacts(hotel, secret);
  await sendNonsense(hotel, secret);
  await failInside(world, hotel, secret);
  await world.settle();
  await signInAsNobody(world, secret);
  for (const event of ["delivery.not_processed", "request.failed"]) {
    assert.ok(world.log.takeErrors(event).length > 0, `nothing was told of ${event}`);
  }
}

async function hireAgent(world: World, hotel: Hotel, secret: () => string): Promise<void> {
  const [name, password, email] = [secret(), secret(), `${secret()}@${secret()}.example`];
  const propertyIds = [hotel.propertyId];
  await createAgent(await hotel.tenant.scope(), world.assembly.directory, {
    ...{ name, email, password, role: "agent", propertyIds },
  });
  const response = await new Browser(world.url).send("/v1/session", {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": `Browser ${secret()}` },
    body: JSON.stringify({ email, password }),
  });
  assert.equal(response.status, 200, await response.text());
}

async function converse(world: World, hotel: Hotel, secret: () => string): Promise<void> {
  const client = await hotel.agent().client();
  for (let round = 0; round < 12; round += 1) {
    const guest = hotel.guest();
    await guest.texts(`Is ${secret()} there? ${"Please ".repeat(round * 10)} ${secret()}`);
    await hotel.reply(guest, secret());
    await world.settle();
    const { id: conversationId } = await hotel.conversationWith(guest);
    await client.addNote({ conversationId, noteId: randomUUID(), text: `Note: ${secret()}` });
    const { propertyId } = hotel;
    await client.search({ propertyId, query: secret(), limit: 5 });
    if (round % 3 === 0) await client.close({ conversationId });
    if (round % 4 === 0) await guest.texts(secret());
  }
}

async function editContacts(hotel: Hotel, secret: () => string): Promise<void> {
  const client = await hotel.agent("supervisor").client();
  const value = `${secret()}@${secret()}.example`;
  const made = await client.createContact({
    contactId: randomUUID(),
    name: secret(),
    addresses: [{ kind: "email", value }],
  });
  let { contact } = made;
  for (let change = 0; change < 5; change += 1) {
    const { id: contactId, version } = contact;
    ({ contact } = await client.updateContact({ contactId, name: secret(), version }));
  }
  const found = await client.lookUpContact({ kind: "email", value });
  assert.equal(found.contact?.id, contact.id);
}

/** What no carrier would bring, and what nobody can read: kept, counted, refused, never told. */
async function sendNonsense(hotel: Hotel, secret: () => string): Promise<void> {
  const wellFormed = hotel.received(hotel.guest(), secret(), secret());
  const posted = [
    await hotel.post({ body: secret() }),
    await hotel.post({ body: JSON.stringify({ ...wellFormed, type: secret() }) }),
    await hotel.post({ body: JSON.stringify({ ...wellFormed, id: secret(), from: secret() }) }),
    await hotel.post({ body: JSON.stringify(wellFormed) }),
    await hotel.post({ body: JSON.stringify(wellFormed) }),
    await hotel.post({ kind: "status", body: JSON.stringify({ id: secret(), status: secret() }) }),
    await hotel.post({ body: secret(), secret: secret() }),
    await hotel.post({ body: secret(), channelKey: secret() }),
    await hotel.post({ body: secret(), headers: { "x-carrier-signature": secret() } }),
  ];
  const statuses = posted.map(({ status }) => status);
  assert.deepEqual(statuses.slice(0, 6), Array(6).fill(200));
  assert.ok(
    statuses.slice(6).every((status) => status >= 400 && status < 500),
    statuses.join(),
  );
  const browser = await hotel.agent().openBrowser();
  for (const path of [`/v1/contacts/${secret()}`, `/v1/${secret()}?${secret()}=${secret()}`]) {
    assert.ok((await browser.send(path)).status >= 400);
  }
}

/** Units that fail when most of them is written, and a use-case that fails with a bug. */
async function failInside(world: World, hotel: Hotel, secret: () => string): Promise<void> {
  const guest = hotel.guest();
  await guest.texts(secret());
  const { id: conversationId } = await hotel.conversationWith(guest);
  const client = await hotel.agent().client();
  const bug = secret();
  for (const failing of ["feed.append", "conversation.update", "job.insert"]) {
    world.intercept(async (statement, run) => {
      if (statement === failing) throw new Error(`A bug that quotes ${bug}`);
      return run();
    });
    const messageId = randomUUID();
    await client.reply({ conversationId, messageId, text: secret() }).catch(() => undefined);
    const body = JSON.stringify(hotel.received(guest, secret(), secret()));
    await hotel.post({ body });
    world.intercept(undefined);
  }
}

async function signInAsNobody(world: World, secret: () => string): Promise<void> {
  const body = JSON.stringify({ email: `${secret()}@${secret()}.example`, password: secret() });
  const headers = { "content-type": "application/json", "user-agent": secret() };
  const response = await fetch(`${world.url}/v1/session`, { method: "POST", headers, body });
  assert.equal(response.status, 401);
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

/** Where the unsealed text lies for certain: the scan is worth something only if it finds it. */
function controlFiles({ opened, folders }: Ground, stage: "open" | "written"): string[] {
  if (opened.address.engine === "sqlite") {
    return stage === "open" ? ["store.db-wal", "search.db"] : ["store.db", "search.db"];
  }
  if (folders.length < 2) return ["search.db"];
  const redo = ["ib_logfile0", "search.db"];
  return stage === "open" ? redo : [...redo, "control.ibd"];
}
