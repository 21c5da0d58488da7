import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createLog } from "../platform/log.ts";
import { openHouse } from "./compose.ts";
import { loadConfiguration } from "./configuration.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-compose-"));
after(() => rmSync(folder, { recursive: true }));

function house(home: string, keys: string) {
  const environment = { FOYER_HOME: join(folder, home), FOYER_KEYS: join(folder, keys) };
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
