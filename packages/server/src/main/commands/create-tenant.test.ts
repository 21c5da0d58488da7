import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { runCommandLine } from "../command-run.ts";
import { loadConfiguration } from "../configuration.ts";
import { FakeContext } from "./fake-context.ts";
import { findFreshRefusal } from "./installation.ts";

const root = mkdtempSync(join(tmpdir(), "foyer-tenant-"));
after(() => rmSync(root, { recursive: true }));

const password = "five words make a password";
const wanted = {
  organization: "Aurora Hotels",
  hotel: "Aurora Grand",
  "time-zone": "Europe/Lisbon",
  country: "PT",
  owner: "Ada Nguyen",
  email: "Ada@aurora.example",
};

function open(): FakeContext {
  return new FakeContext(mkdtempSync(join(root, "one-")));
}

function create(context: FakeContext, change: Record<string, string> = {}) {
  const options = Object.entries({ ...wanted, ...change });
  return runCommandLine(
    ["tenant", "create", ...options.flatMap(([name, value]) => [`--${name}`, value])],
    context,
  );
}

describe("tenant create", () => {
  test("makes the hotel, and says who signs in and where", async () => {
    const context = open();
    context.secrets = [password, password];
    assert.equal(await create(context), 0, context.complained.join("\n"));
    assert.deepEqual(context.steps, ["open", "migrate", "tenant Aurora Grand", "house closed"]);
    const told = context.printed.join("\n");
    assert.match(told, /Aurora Hotels is there, with the hotel Aurora Grand/);
    assert.match(told, /Ada Nguyen signs in at http\S+ as ada@aurora\.example/);
    assert.match(told, /Losing the key file is losing all data/);
    assert.ok(!told.includes(password));
  });

  test("takes the password from a file that nobody else can read", async () => {
    const context = open();
    writeFileSync(join(context.cwd, "mine"), `${password}\n`, { mode: 0o600 });
    writeFileSync(join(context.cwd, "theirs"), password, { mode: 0o644 });
    assert.equal(await create(context, { "password-file": "mine" }), 0);
    assert.equal(context.asked.length, 0);
    assert.equal(await create(context, { "password-file": "theirs" }), 2);
    assert.match(context.complained.join("\n"), /Others can read .*chmod 600/);
  });

  test("takes no password as an argument", async () => {
    const context = open();
    assert.equal(await create(context, { password }), 2);
    assert.ok(!context.complained.join("\n").includes(password));
  });

  test("refuses two passwords that differ, a short one, and none, and makes nothing", async () => {
    for (const secrets of [[password, `${password}!`], ["short", "short"], []]) {
      const context = open();
      context.secrets = secrets;
      assert.equal(await create(context), 2);
      assert.deepEqual(context.steps, []);
      assert.doesNotMatch(context.complained.join("\n"), /five words|short/);
    }
  });

  test("tells all that is wrong with the hotel at once, before it asks for a password", async () => {
    const context = open();
    const change = { "time-zone": "Lisbon", country: "UK", owner: " ", email: "ada at aurora" };
    assert.equal(await create(context, change), 2);
    assert.deepEqual(context.complained.join("\n").split("\n").sort(), [
      "--country is no country of ISO 3166-1, such as FR.",
      "--email is no e-mail that can exist.",
      "--owner has 1 to 200 characters.",
      "--time-zone is no zone of the IANA list, such as Europe/Paris.",
    ]);
    assert.deepEqual([context.asked, context.steps], [[], []]);
  });

  test("keeps the installation from being thrown away as a demo", async () => {
    const context = open();
    const { configuration } = loadConfiguration(context.environment, context.cwd);
    assert.ok(configuration);
    assert.equal(findFreshRefusal(configuration), undefined);
    context.secrets = [password, password];
    await create(context);
    assert.match(findFreshRefusal(configuration)?.says ?? "", /more than the demo/);
  });
});

describe("keys rotate", () => {
  test("says how many organizations have a new key, and from when on it is used", async () => {
    const context = open();
    assert.equal(await runCommandLine(["keys", "rotate"], context), 0);
    assert.deepEqual(context.steps, ["open", "migrate", "rotate", "house closed"]);
    assert.match(context.printed.join("\n"), /with a new key: 2[\s\S]*five minutes/);
  });
});
