import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { inspect } from "node:util";
import fc from "fast-check";
import { type Configuration, loadConfiguration } from "./configuration.ts";
import { describeMistakes } from "./configuration-mistake.ts";
import type { Environment } from "./configuration-sources.ts";
import { settingEntries } from "./settings.ts";
import { makeExampleFile } from "./settings-page.ts";

const cwd = mkdtempSync(join(tmpdir(), "foyer-configuration-"));
after(() => rmSync(cwd, { recursive: true }));

function accept(environment: Environment, folder = cwd): Configuration {
  const { configuration, mistakes } = loadConfiguration(environment, folder);
  assert.ok(configuration, JSON.stringify(mistakes));
  return configuration;
}

function refuse(environment: Environment, folder = cwd): string[] {
  const { mistakes } = loadConfiguration(environment, folder);
  assert.ok(mistakes, "was accepted");
  return mistakes.map(({ where, says, mend }) => `${where} ${says}. ${mend}`);
}

function folderWith(file: string): string {
  const folder = mkdtempSync(join(cwd, "file-"));
  writeFileSync(join(folder, "foyer.json"), file);
  return folder;
}

const mysql = "mysql://foyer:sun%2Fflower@db.example.com/house";

describe("an environment without settings", () => {
  test("gives a configuration that listens on loopback and keeps keys apart", () => {
    const configuration = accept({ PATH: "/bin", HOME: "/root" });
    assert.deepEqual(configuration, {
      mode: "development",
      file: undefined,
      home: join(cwd, ".foyer"),
      keys: join(cwd, ".foyer-keys"),
      listener: {
        host: "127.0.0.1",
        port: 4000,
        publicUrl: "http://127.0.0.1:4000",
        publicUrlGiven: false,
        tls: undefined,
        trustedProxies: [],
      },
      files: {
        folder: join(cwd, ".foyer", "blobs"),
        port: 4001,
        origin: "http://127.0.0.1:4001",
        originGiven: false,
      },
      database: { engine: "sqlite", file: join(cwd, ".foyer", "foyer.sqlite") },
      roles: ["app", "api", "services", "worker"],
      log: { level: "warn" },
      demo: false,
      session: { idleMs: 28_800_000, absoluteMs: 604_800_000 },
      twilio: { apiUrl: "https://api.twilio.com" },
    });
  });

  test("is what empty variables mean too", () => {
    assert.deepEqual(accept({ PORT: "", FOYER_HOME: " " }), accept({}));
  });
});

describe("a configuration", () => {
  test("is frozen in every part", () => {
    const configuration = accept({ FOYER_DATABASE_URL: mysql, FOYER_TRUSTED_PROXIES: "10.0.0.1" });
    const { listener, database, session } = configuration;
    for (const part of [configuration, listener, listener.trustedProxies, database, session]) {
      assert.ok(Object.isFrozen(part));
    }
  });

  test("takes values from the file, and the environment's where both give one", () => {
    const folder = folderWith(
      '{ "port": 4100, "home": "state", "session": { "idleMinutes": 30 }, "roles": ["app"] }',
    );
    const configuration = accept({ PORT: "4200" }, folder);
    assert.equal(configuration.listener.port, 4200);
    assert.equal(configuration.home, join(folder, "state"));
    assert.equal(configuration.session.idleMs, 1_800_000);
    assert.deepEqual(configuration.roles, ["app"]);
    assert.equal(configuration.file, join(folder, "foyer.json"));
  });

  test("serves files on the port after the inbox's, and on any where that is any", () => {
    const files = (environment: Environment) => accept(environment).files;
    assert.equal(files({ PORT: "5000" }).origin, "http://127.0.0.1:5001");
    assert.equal(files({ PORT: "0" }).port, 0);
    assert.equal(files({ PORT: "65535" }).port, 0);
    const given = files({ FILES_PORT: "9", FOYER_FILES_ORIGIN: "http://localhost:80" });
    assert.deepEqual([given.port, given.origin], [9, "http://localhost"]);
  });

  test("counts a file's paths from the file's folder", () => {
    const folder = folderWith('{ "home": "state" }');
    const file = join(folder, "foyer.json");
    assert.equal(accept({ FOYER_CONFIGURATION: file }).home, join(folder, "state"));
  });

  test("is made by the example of the settings page, without a mistake", () => {
    const { mode, database } = accept({}, folderWith(makeExampleFile()));
    assert.equal(mode, "production");
    assert.equal(database.engine, "mysql");
  });

  test("encrypts the way to a database beyond this machine", () => {
    const far = accept({ FOYER_DATABASE_URL: mysql }).database;
    const near = accept({ FOYER_DATABASE_URL: "mysql://a:b@127.0.0.1:3307/c" }).database;
    assert.ok(far.engine === "mysql" && near.engine === "mysql");
    assert.deepEqual([far.tls, far.port, far.password.reveal()], [true, 3306, "sun/flower"]);
    assert.deepEqual([near.tls, near.port, near.poolMax], [false, 3307, 10]);
  });
});

describe("a mistake", () => {
  test("never hides another: all are named at once", () => {
    const folder = folderWith('{ "demo": "perhaps", "sesion": { "idleMinutes": 3 } }');
    const mistakes = refuse(
      {
        PORT: "80a",
        FOYER_HOST: "0.0.0.0",
        FOYER_ROLES: "app,tag",
        FOYER_HOOME: "x",
        FOYER_KEYS: ".foyer/keys",
        FOYER_DATABASE_CA: "ca.pem",
        FOYER_TLS_KEY: "",
      },
      folder,
    );
    const expected = [
      "FOYER_HOOME is no setting that Foyer knows. Did you mean FOYER_HOME?",
      "sesion.idleMinutes in foyer.json is no setting that Foyer knows. Did you mean session.idleMinutes?",
      'demo in foyer.json is "perhaps": it must be true or false. For example FOYER_DEMO=true.',
      'PORT is "80a": it must be a whole number from 0 to 65535. For example PORT=4000.',
      'FOYER_ROLES is "app,tag": it names "tag", which this version does not have yet; ' +
        "it has app, api, services, worker. For example FOYER_ROLES=app,api.",
    ];
    assert.deepEqual(mistakes.slice(0, expected.length), expected);
    assert.deepEqual(
      mistakes.slice(expected.length).map((text) => text.split(" ", 1)[0]),
      ["FOYER_KEYS", "FOYER_HOST", "FOYER_PUBLIC_URL", "FOYER_DATABASE_CA"],
    );
  });

  test("in one value raises no complaint about what follows from it", () => {
    assert.equal(refuse({ FOYER_HOST: "0.0.0.0:80" }).length, 1);
    const proxied = { FOYER_HOST: "0.0.0.0", FOYER_PUBLIC_URL: "https://a.example" };
    assert.equal(refuse({ ...proxied, FOYER_TRUSTED_PROXIES: "0.0.0.0/0" }).length, 1);
  });

  test("in a secret's value does not quote it", () => {
    for (const url of ["postgres://foyer:hush@db/x", "mysql://foyer:hush@db/x?y", "hush"]) {
      const folder = folderWith(JSON.stringify({ database: { url } }));
      const told = [...refuse({ FOYER_DATABASE_URL: url }), ...refuse({}, folder)].join("\n");
      assert.doesNotMatch(told, /hush/);
    }
    assert.doesNotMatch(refuse({}, folderWith('{ "database": "hush" ')).join(), /hush/);
  });

  test("shows nothing that a terminal would obey", () => {
    const told = describeMistakes([
      ...(loadConfiguration({ PORT: "\u001b[2J\u202e", "FOYER_\u001b[2J": "1" }, cwd).mistakes ??
        []),
    ]);
    assert.match(told, /2 mistakes/);
    assert.ok(!told.includes("\u001b") && !told.includes("\u202e"));
  });

  test("is a variable that bears the prefix it should not have", () => {
    assert.match(refuse({ FOYER_PORT: "1" }).join(), /Did you mean PORT\?/);
    assert.match(refuse({ FOYER_PRT: "1" }).join(), /Did you mean PORT\?/);
    assert.match(refuse({}, folderWith('{ "FOYER_HOME": "x" }')).join(), /Did you mean home\?/);
  });

  test("is not a variable of the tests", () => {
    accept({ FOYER_TEST_ANYTHING: "1" });
  });

  test("is a file that was named and is not there, is no JSON, or no object", () => {
    assert.match(refuse({ FOYER_CONFIGURATION: "none.json" }).join(), /does not exist/);
    assert.match(refuse({ FOYER_CONFIGURATION: "." }).join(), /is not a file/);
    assert.match(refuse({}, folderWith("{")).join(), /is not valid JSON/);
    assert.match(refuse({}, folderWith("[]")).join(), /is not a JSON object/);
    assert.match(refuse({}, folderWith('{ "__proto__": 1 }')).join(), /no setting/);
  });
});

describe("settings that do not fit together", () => {
  const certificate = { FOYER_TLS_CERTIFICATE: "c.pem", FOYER_TLS_KEY: "k.pem" };
  const cases: readonly (readonly [string, Environment, RegExp])[] = [
    ["a listener beyond loopback without TLS", { FOYER_HOST: "10.1.2.3" }, /without TLS/],
    ["keys within the state", { FOYER_HOME: "a", FOYER_KEYS: "a/b" }, /one within the other/],
    ["state within the keys", { FOYER_HOME: "a/b", FOYER_KEYS: "a" }, /one within the other/],
    ["state and keys in one folder", { FOYER_HOME: "a", FOYER_KEYS: "./a" }, /one within/],
    ["one TLS file of two", { FOYER_TLS_KEY: "k.pem" }, /FOYER_TLS_CERTIFICATE is not/],
    ["http beyond loopback", { FOYER_PUBLIC_URL: "http://a.example" }, /Use an https/],
    ["tokens over http", { FOYER_TWILIO_API_URL: "http://a.example" }, /tokens and guests/],
    ["https that nobody ends", { FOYER_PUBLIC_URL: "https://a.example" }, /nothing here ends TLS/],
    [
      "http before a listener with TLS",
      { ...certificate, FOYER_PUBLIC_URL: "http://127.0.0.1:4000" },
      /listener speaks TLS/,
    ],
    ["every address with TLS and no name", { ...certificate, FOYER_HOST: "::" }, /is missing/],
    [
      "files at the inbox's own address",
      { FOYER_PUBLIC_URL: "http://localhost:1", FOYER_FILES_ORIGIN: "http://localhost:1" },
      /the same as FOYER_PUBLIC_URL/,
    ],
    ["files on the inbox's own port", { FILES_PORT: "4000" }, /is the same as PORT/],
    ["files over http beyond loopback", { FOYER_FILES_ORIGIN: "http://f.example" }, /Use an https/],
    [
      "files over https that nobody ends",
      { FOYER_FILES_ORIGIN: "https://f.example" },
      /FOYER_FILES_ORIGIN begins with https.*nothing here ends TLS/,
    ],
    [
      "a proxy and no word of how it leads to the files",
      { FOYER_TRUSTED_PROXIES: "10.0.0.1", FOYER_PUBLIC_URL: "https://a.example" },
      /FOYER_FILES_ORIGIN is missing/,
    ],
    ["a pool without a server", { FOYER_DATABASE_POOL_MAX: "3" }, /has no effect/],
    [
      "idle longer than absolute",
      { FOYER_SESSION_IDLE_MINUTES: "61", FOYER_SESSION_ABSOLUTE_HOURS: "1" },
      /is longer than/,
    ],
    ["a demo in production", { FOYER_DEMO: "yes", FOYER_MODE: "production" }, /everybody knows/],
  ];
  for (const [name, environment, says] of cases) {
    test(`are refused: ${name}`, () => assert.match(refuse(environment).join("\n"), says));
  }

  test("are accepted where the pieces meet", () => {
    const { listener, files } = accept({ ...certificate, FOYER_HOST: "a.example", PORT: "443" });
    assert.equal(listener.publicUrl, "https://a.example");
    assert.equal(files.origin, "https://a.example:444");
    accept({
      FOYER_HOST: "0.0.0.0",
      FOYER_TRUSTED_PROXIES: "10.0.0.0/8, fd00::1",
      FOYER_PUBLIC_URL: "https://a.example",
      FOYER_FILES_ORIGIN: "https://files.example",
    });
    accept({ FOYER_HOME: "a", FOYER_KEYS: "..a" });
  });
});

describe("a secret of the configuration", () => {
  test("is masked in JSON, inspection and template strings", () => {
    const { database } = accept({ FOYER_DATABASE_URL: mysql });
    assert.ok(database.engine === "mysql");
    const shown = [
      JSON.stringify(database),
      inspect(database, { depth: 9, showHidden: true, getters: true }),
      `${database.password}`,
      `${JSON.stringify({ ...database.password })}`,
      inspect(structuredClone({ ...database.password })),
    ];
    for (const text of shown) assert.doesNotMatch(text, /sun/);
    assert.match(shown[0] ?? "", /"password":"\[secret\]"/);
  });
});

describe("any environment whatsoever", () => {
  const names = fc.oneof(
    fc.constantFrom(...settingEntries.map(([, { name }]) => name)),
    fc.string({ maxLength: 12 }).map((text) => `FOYER_${text}`),
    fc.string({ maxLength: 12 }),
  );
  const examples = fc.constantFrom(...settingEntries.map(([, { example }]) => example));
  const values = fc.oneof(fc.string({ unit: "binary" }), examples, fc.webUrl(), fc.ipV6());

  test("is accepted or refused in words, never with an exception", () => {
    const environments = fc.dictionary(names, values, { maxKeys: 12 });
    fc.assert(
      fc.property(environments, (environment) => {
        const { configuration, mistakes } = loadConfiguration(environment, cwd);
        if (configuration !== undefined) return Object.isFrozen(configuration);
        return mistakes.length > 0 && describeMistakes(mistakes).length > 0;
      }),
      { numRuns: 1000 },
    );
  });

  test("and any file beside it", () => {
    const folder = folderWith("{}");
    fc.assert(
      fc.property(fc.json({ maxDepth: 12 }), (file) => {
        writeFileSync(join(folder, "foyer.json"), file);
        const { configuration, mistakes } = loadConfiguration({}, folder);
        return configuration !== undefined || mistakes.length > 0;
      }),
      { numRuns: 200 },
    );
  });
});
