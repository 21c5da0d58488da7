import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { type Configuration, loadConfiguration } from "../configuration.ts";
import type { Environment } from "../configuration-sources.ts";
import {
  emptyInstallation,
  findFreshRefusal,
  markerName,
  prepareInstallation,
} from "./installation.ts";

const root = mkdtempSync(join(tmpdir(), "foyer-installation-"));
after(() => rmSync(root, { recursive: true }));

function configure(environment: Environment = {}): Configuration {
  const loaded = loadConfiguration(environment, mkdtempSync(join(root, "one-")));
  assert.ok(loaded.configuration);
  return loaded.configuration;
}

describe("an installation", () => {
  test("gets folders that only its owner can look into", () => {
    const configuration = configure();
    assert.deepEqual(prepareInstallation(configuration, true), { makesKeys: true });
    for (const folder of [configuration.home, configuration.keys]) {
      assert.equal(statSync(folder).mode & 0o777, 0o700);
      assert.equal(statSync(join(folder, markerName)).mode & 0o777, 0o600);
    }
  });

  test("that only ever held the demo may be thrown away", () => {
    const configuration = configure();
    assert.equal(findFreshRefusal(configuration), undefined);
    prepareInstallation(configuration, true);
    mkdirSync(join(configuration.home, "deep"));
    writeFileSync(join(configuration.home, "deep", "state"), "");
    writeFileSync(join(configuration.keys, "keys.foyer"), "");
    assert.deepEqual(prepareInstallation(configuration, true), { makesKeys: false });
    assert.equal(findFreshRefusal(configuration), undefined);
    emptyInstallation(configuration);
    for (const folder of [configuration.home, configuration.keys]) {
      assert.ok(existsSync(folder) && !existsSync(join(folder, markerName)));
    }
    assert.ok(!existsSync(join(configuration.home, "deep")));
  });
});

describe("an installation is not thrown away", () => {
  test("once it was served without the demo, whatever comes after", () => {
    const configuration = configure();
    prepareInstallation(configuration, true);
    prepareInstallation(configuration, false);
    prepareInstallation(configuration, true);
    assert.match(findFreshRefusal(configuration)?.says ?? "", /more than the demo/);
  });

  test("where somebody else's file lay before Foyer came", () => {
    for (const folder of ["home", "keys"] as const) {
      const configuration = configure();
      mkdirSync(configuration[folder]);
      writeFileSync(join(configuration[folder], "thesis"), "");
      assert.match(findFreshRefusal(configuration)?.says ?? "", /did not make/);
      prepareInstallation(configuration, true);
      assert.match(findFreshRefusal(configuration)?.says ?? "", /more than the demo/);
    }
  });

  test("where its mark cannot be read", () => {
    const configuration = configure();
    prepareInstallation(configuration, true);
    writeFileSync(join(configuration.home, markerName), "{");
    assert.match(findFreshRefusal(configuration)?.says ?? "", /did not make/);
  });

  test("with the keys of another", () => {
    const [one, other] = [configure(), configure()];
    prepareInstallation(one, true);
    prepareInstallation(other, true);
    const mixed = { ...one, keys: other.keys };
    assert.match(findFreshRefusal(mixed)?.says ?? "", /another installation/);
  });

  test("in production, or with its data in a database server", () => {
    const production = configure({ FOYER_MODE: "production" });
    assert.match(findFreshRefusal(production)?.says ?? "", /production/);
    const server = configure({ FOYER_DATABASE_URL: "mysql://a:b@127.0.0.1/c" });
    assert.match(findFreshRefusal(server)?.says ?? "", /database server/);
  });
});
