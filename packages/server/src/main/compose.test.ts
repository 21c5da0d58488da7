import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createLog } from "../platform/log.ts";
import { openHouse } from "./compose.ts";
import { loadConfiguration } from "./configuration.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-compose-"));
after(() => rmSync(folder, { recursive: true }));

function house(home: string, keys: string) {
  const folders = { FOYER_HOME: join(folder, home), FOYER_KEYS: join(folder, keys) };
  const environment = { ...folders, PORT: "0" };
  const { configuration } = loadConfiguration(environment, folder);
  assert.ok(configuration);
  return openHouse(configuration, createLog("silent"));
}

async function withDemo(home: string, keys: string): Promise<void> {
  const opened = await house(home, keys);
  await opened.migrate();
  await opened.makeDemo();
  await opened.close();
}

test("data and the keys of another installation are not opened together", async () => {
  await withDemo("one", "keys-one");
  await withDemo("two", "keys-two");
  await assert.rejects(house("one", "keys-two"), /keys of another installation/);
  await (await house("one", "keys-one")).close();
});

test("data without its key file is not opened, and no new one is made beside it", async () => {
  await withDemo("three", "keys-three");
  rmSync(join(folder, "keys-three", "keys.foyer"));
  await assert.rejects(house("three", "keys-three"));
  await assert.rejects(house("three", "keys-three"));
});

/** The status of an answer to a request that is addressed to a host of that name. */
async function statusAt(origin: string, host: string): Promise<number | undefined> {
  const asking = request(`${origin}/v1/session`, { headers: { host } }).end();
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

test("neither listener answers to a name that a stranger made lead here", async () => {
  const opened = await house("four", "keys-four");
  await opened.migrate();
  const door = await opened.serve(["app", "api", "services"]);
  try {
    const alive = await fetch(`${door.url}/healthz`);
    const policy = alive.headers.get("content-security-policy") ?? "";
    const [, filesUrl = ""] = /img-src 'self' data: (http:\S+);/.exec(policy) ?? [];
    assert.notEqual(filesUrl, door.url);
    for (const [origin, known] of [
      [door.url, 401],
      [filesUrl, 404],
    ] as const) {
      const { port } = new URL(origin);
      for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example"]) {
        assert.equal(await statusAt(origin, host), 421, `${origin} as ${host}`);
      }
      for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
        assert.equal(await statusAt(origin, host), known, host);
      }
    }
  } finally {
    await door.close();
    await opened.close();
  }
});
