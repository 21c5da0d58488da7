import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./foyer.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "foyer-program-"));
after(() => rmSync(folder, { recursive: true }));

function foyer(args: readonly string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], PORT: "0", ...environment },
  });
  return { status, stdout, stderr };
}

test("foyer --help prints the commands", () => {
  const { status, stdout, stderr } = foyer(["--help"]);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /^Foyer, .*\n\nUsage: foyer COMMAND/);
});

test("foyer --version prints the package's version", () => {
  const { status, stdout } = foyer(["--version"]);
  assert.equal(status, 0);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});

test("a command that does not exist is misuse, and the nearest is named", () => {
  const { status, stdout, stderr } = foyer(["docter"]);
  assert.deepEqual([status, stdout], [2, ""]);
  assert.match(stderr, /no command "docter". Did you mean doctor\?/);
});

test("a configuration with mistakes starts nothing, names them all and makes no folder", () => {
  const { status, stderr } = foyer(["serve", "--roles", "tag"], { PORT: "x", FOYER_HOEM: "y" });
  assert.equal(status, 2);
  assert.match(stderr, /3 mistakes[\s\S]*FOYER_HOEM[\s\S]*PORT[\s\S]*--roles is/);
  assert.deepEqual(readdirSync(folder), []);
});

test("doctor in an empty folder finds nothing bad about it, and leaves it empty", () => {
  const { status, stdout, stderr } = foyer(["doctor", "--json"]);
  assert.equal(stderr, "");
  const report: unknown = JSON.parse(stdout);
  assert.ok(typeof report === "object" && report !== null && "findings" in report);
  const findings = report.findings as { name: string; state: string; mend?: string }[];
  assert.deepEqual(
    findings.filter(({ state }) => state === "bad"),
    [],
  );
  assert.equal(status, 0);
  assert.ok(findings.some(({ name, state }) => name === "Stores" && state === "warning"));
  for (const { name, state, mend } of findings) assert.ok(state === "good" || mend, name);
  assert.deepEqual(readdirSync(folder), []);
});

test("doctor reports a configuration with mistakes as bad", () => {
  const { status, stdout } = foyer(["doctor"], { FOYER_HOST: "0.0.0.0" });
  assert.equal(status, 1);
  assert.match(stdout, /bad +Configuration +FOYER_HOST is 0\.0\.0\.0/);
});
