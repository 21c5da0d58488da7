import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { runCommandLine } from "../command-run.ts";
import { FakeContext } from "../commands/fake-context.ts";
import { prepareInstallation } from "../commands/installation.ts";
import { loadConfiguration } from "../configuration.ts";
import type { Probe, ProbeState } from "../house.ts";
import { configurationProbe } from "./check-configuration.ts";
import { clockProbe, nodeProbe } from "./check-runtime.ts";
import { examine } from "./examine.ts";
import { describeFindings, encodeFindings, findWorst } from "./report.ts";

const root = mkdtempSync(join(tmpdir(), "foyer-doctor-"));
after(() => rmSync(root, { recursive: true }));

function says(name: string, state: ProbeState): Probe {
  const mend = state === "good" ? {} : { mend: `Mend the ${name}.` };
  return { name, check: async () => ({ state, says: `is ${state}`, ...mend }) };
}

describe("an examination", () => {
  test("is not spoiled by a probe that throws or never answers", async () => {
    const findings = await examine(
      [
        says("first", "good"),
        { name: "broken", check: () => Promise.reject(new Error("the guest said: hush")) },
        { name: "silent", check: () => new Promise(() => undefined) },
      ],
      20,
    );
    assert.deepEqual(
      findings.map(({ name, state }) => `${name} ${state}`),
      ["first good", "broken bad", "silent bad"],
    );
    assert.doesNotMatch(JSON.stringify(findings), /hush/);
    assert.match(findings[2]?.says ?? "", /did not answer within 20 ms/);
  });

  test("is reported with the worst last, each with how to mend it", async () => {
    const probes = [says("disk", "bad"), says("clock", "good"), says("volume", "warning")];
    const findings = await examine(probes);
    assert.equal(
      describeFindings(findings, false),
      [
        "good     clock   is good",
        "warning  volume  is warning",
        "                 → Mend the volume.",
        "bad      disk    is bad",
        "                 → Mend the disk.",
        "",
        "3 checks: 1 bad, 1 warning, 1 good.",
      ].join("\n"),
    );
    assert.equal(findWorst(findings), "bad");
    assert.deepEqual(JSON.parse(encodeFindings(findings)).state, "bad");
  });
});

describe("the doctor command", () => {
  async function run(probes: readonly Probe[], args: readonly string[] = []) {
    const cwd = mkdtempSync(join(root, "one-"));
    const folders = { home: join(cwd, ".foyer"), keys: join(cwd, ".foyer-keys") };
    prepareInstallation(folders, true);
    writeFileSync(join(folders.keys, "keys.foyer"), "", { mode: 0o600 });
    const context = new FakeContext(cwd, { PORT: "0" }, { probes });
    const code = await runCommandLine(["doctor", ...args], context);
    return { code, context, output: context.printed.join("\n") };
  }

  test("asks the stores of an installation, and closes the house", async () => {
    const { code, context, output } = await run([says("Primary store", "warning")]);
    assert.equal(code, 0, output);
    assert.match(output, /warning +Primary store/);
    assert.deepEqual(context.steps, ["open", "house closed"]);
  });

  test("exits with 1 when anything is bad", async () => {
    const { code, output } = await run([says("Primary store", "bad")], ["--json"]);
    assert.equal(code, 1);
    assert.equal(JSON.parse(output).state, "bad");
  });
});

describe("doctor finds of the runtime", () => {
  test("a Node that is too old", async () => {
    assert.equal((await nodeProbe("22.11.0").check()).state, "bad");
    assert.equal((await nodeProbe("24.0.0").check()).state, "good");
    assert.equal((await nodeProbe("100.0.0").check()).state, "good");
  });

  test("a clock in an impossible year, and one that jumps", async () => {
    const start = Date.UTC(2027, 0, 1);
    const look = (now: number, monotonic: number) =>
      clockProbe({
        clock: { now: () => now, monotonic: () => monotonic },
        offsetMsAtStart: start,
      }).check();
    assert.equal((await look(start + 500, 500)).state, "good");
    assert.equal((await look(start + 500, 2500)).state, "warning");
    assert.equal((await look(0, 0)).state, "bad");
    assert.equal((await look(Number.NaN, 0)).state, "bad");
  });
});

test("doctor warns of a configuration file with a password that others can read", async () => {
  const cwd = join(root, "configured");
  mkdirSync(cwd);
  const url = "mysql://foyer:hush@127.0.0.1/foyer";
  const text = JSON.stringify({ database: { url } });
  writeFileSync(join(cwd, "foyer.json"), text, { mode: 0o644 });
  const { configuration } = loadConfiguration({}, cwd);
  assert.ok(configuration);
  const found = await configurationProbe(configuration).check();
  assert.equal(found.state, "warning");
  assert.match(found.mend ?? "", /chmod 600/);
});
