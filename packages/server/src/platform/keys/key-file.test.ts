import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { describe, it, type TestContext } from "node:test";
import { describeKeyService } from "../../../test/conformance/key-service.ts";
import { systemClock } from "../clock.ts";
import { openKeyFile } from "./key-file.ts";
import { decodeKeyFile, encodeKeyFile } from "./key-file-format.ts";
import { keyFileName } from "./key-file-store.ts";
import { KeyServiceFault, type KeyServiceReason } from "./key-service.ts";

const clock = systemClock;

describeKeyService("key file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "foyer-keys-"));
  return {
    service: await openKeyFile({ folder, clock, ifMissing: "create" }),
    otherProcess: await openKeyFile({ folder, clock, ifMissing: "refuse" }),
    close: () => rm(folder, { recursive: true }),
  };
});

async function newFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "foyer-keys-"));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

const create = (folder: string) => openKeyFile({ folder, clock, ifMissing: "create" });
const reopen = (folder: string) => openKeyFile({ folder, clock, ifMissing: "refuse" });
const faultOf = (reason: KeyServiceReason, words = /./) => {
  return (error: unknown) =>
    error instanceof KeyServiceFault && error.reason === reason && words.test(error.message);
};

describe("the key file", () => {
  it("is made for its owner alone", async (context) => {
    const folder = join(await newFolder(context), "keys");
    await create(folder);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    assert.equal((await stat(join(folder, keyFileName))).mode & 0o777, 0o600);
  });

  it("is not used while others could read it or its folder", async (context) => {
    const folder = await newFolder(context);
    const file = join(folder, keyFileName);
    const keys = await create(folder);
    await chmod(file, 0o640);
    await assert.rejects(reopen(folder), faultOf("exposed", /chmod 600/));
    await chmod(file, 0o600);
    await chmod(folder, 0o711);
    await assert.rejects(reopen(folder), faultOf("exposed", /chmod 700/));
    await assert.rejects(keys.describe(randomUUID()), faultOf("exposed"));
  });

  it("is not made anew where one is expected, nor while it is in use", async (context) => {
    const folder = await newFolder(context);
    await assert.rejects(reopen(folder), faultOf("missing", /FOYER_KEYS/));
    const keys = await create(folder);
    await rm(join(folder, keyFileName));
    await assert.rejects(keys.createTenantKey(randomUUID()), faultOf("missing"));
    await assert.rejects(reopen(folder), faultOf("missing"));
  });

  it("says in clear words that it is damaged, whichever byte was hit", async (context) => {
    const folder = await newFolder(context);
    const keys = await create(folder);
    await keys.createTenantKey(randomUUID());
    const bytes = await readFile(join(folder, keyFileName));
    for (let at = 0; at < bytes.length; at += 1) {
      const hit = Buffer.from(bytes);
      hit[at] = (hit[at] ?? 0) ^ 1;
      assert.throws(
        () => decodeKeyFile(hit),
        (error) => {
          return (
            faultOf("damaged", /import the newest sealed export/)(error) || faultOf("newer")(error)
          );
        },
      );
      assert.throws(() => decodeKeyFile(bytes.subarray(0, at)), faultOf("damaged"));
    }
    await writeFile(join(folder, keyFileName), bytes.subarray(0, 200));
    await assert.rejects(reopen(folder), faultOf("damaged"));
    await assert.rejects(keys.describe(randomUUID()), faultOf("damaged"));
  });

  it("of a newer version is left alone", async (context) => {
    const folder = await newFolder(context);
    await create(folder);
    const path = join(folder, keyFileName);
    const newer = (await readFile(path, "utf8")).replace("foyer-keys 1", "foyer-keys 2");
    await writeFile(path, newer);
    await assert.rejects(create(folder), faultOf("newer"));
    assert.equal(await readFile(path, "utf8"), newer);
  });

  it("reads back what it wrote", async (context) => {
    const folder = await newFolder(context);
    const keys = await create(folder);
    await keys.createTenantKey(randomUUID());
    await keys.destroyTenantKey(randomUUID());
    const bytes = await readFile(join(folder, keyFileName));
    assert.deepEqual(encodeKeyFile(decodeKeyFile(bytes)), bytes);
  });

  it("no longer holds a destroyed key, nor does any file beside it", async (context) => {
    const folder = await newFolder(context);
    const keys = await create(folder);
    const tenantId = randomUUID();
    await keys.createTenantKey(tenantId);
    const secret = await keyTextOf(folder, tenantId);
    assert.ok(await folderHolds(folder, secret));
    await keys.destroyTenantKey(tenantId);
    assert.ok(!(await folderHolds(folder, secret)));
  });

  it("gives the same installation key for a purpose, and another for another", async (context) => {
    const folder = await newFolder(context);
    const session = await (await create(folder)).installationKey("directory.session");
    const again = await (await reopen(folder)).installationKey("directory.session");
    const token = await (await reopen(folder)).installationKey("directory.token");
    assert.ok(session.equals(again));
    assert.ok(!session.equals(token));
  });
});

/** A process that makes tenant keys and says which, each once it is made. */
function spawnMaker(folder: string, count: number): ChildProcessByStdio<null, Readable, null> {
  const script = `
    import { randomUUID } from "node:crypto";
    import { openKeyFile } from ${JSON.stringify(import.meta.resolve("./key-file.ts"))};
    import { systemClock as clock } from ${JSON.stringify(import.meta.resolve("../clock.ts"))};
    const folder = ${JSON.stringify(folder)};
    const keys = await openKeyFile({ folder, clock, ifMissing: "refuse" });
    for (let made = 0; made < ${count}; made += 1) {
      const id = randomUUID();
      await keys.createTenantKey(id);
      process.stdout.write(id + "\\n");
    }`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

describe("the key file under several processes", () => {
  it("loses nothing when two write at once", async (context) => {
    const folder = await newFolder(context);
    const keys = await create(folder);
    const each = 25;
    const made = await Promise.all(
      [spawnMaker(folder, each), spawnMaker(folder, each)].map(async (maker) => {
        const ids: string[] = [];
        for await (const id of createInterface(maker.stdout)) ids.push(id);
        return ids;
      }),
    );
    const ids = made.flat();
    assert.equal(ids.length, 2 * each);
    for (const id of ids) assert.equal(await keys.describe(id), "active");
  });

  it("keeps every acknowledged key when a writer is killed", async (context) => {
    const folder = await newFolder(context);
    await create(folder);
    const acknowledged: string[] = [];
    const kills = 8;
    for (let kill = 0; kill < kills; kill += 1) {
      const maker = spawnMaker(folder, 1_000);
      let left = 1 + kill;
      for await (const id of createInterface(maker.stdout)) {
        acknowledged.push(id);
        left -= 1;
        if (left === 0) maker.kill("SIGKILL");
      }
      if (maker.signalCode === null) await once(maker, "exit");
      const keys = await reopen(folder);
      for (const id of acknowledged) assert.equal(await keys.describe(id), "active");
      await keys.createTenantKey(randomUUID());
    }
    assert.ok(acknowledged.length >= kills);
  });
});

async function keyTextOf(folder: string, tenantId: string): Promise<string> {
  const state = decodeKeyFile(await readFile(join(folder, keyFileName)));
  const entry = state.tenants.get(tenantId);
  assert.ok(entry !== undefined);
  return entry.key.export().toString("base64");
}

async function folderHolds(folder: string, text: string): Promise<boolean> {
  const names = await readdir(folder);
  const contents = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return contents.some((content) => content.includes(text));
}
