/**
 * `npm test` and its kin: every check of the checkout, in order, each with its time; the first red
 * one ends the run. Real engines are started for the run and stopped whatever happens.
 */
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { findProgram, installMissing, type Program } from "./debian.ts";
import { type Mariadb, mariadbPrograms, startMariadb } from "./mariadb.ts";
import { buildInbox, root, Unprepared } from "./prepare.mjs";
import { filesOf, Report, type SuiteName, suiteNames, suites } from "./suites.ts";

const usage = `Usage: npm test [-- options]

  --check         only what needs no running server: format, types, tidiness, unused code, pages
  --long          the tests alone, with many more rounds of those that loop
  --only SUITE    one suite alone: ${suiteNames.join(", ")}; may be given several times
  --help          this text
`;

/** Of two cores, both. Suites that measure nothing share them. */
const concurrency = 2;

/**
 * How often the tests that loop (crashes, random orders) go round, and for how long at most: one
 * started round is finished, the next does not begin.
 */
const effort = { usual: { loops: 5, seconds: 60 }, long: { loops: 50, seconds: 420 } };

/** After so long a long run is stopped and red: something hangs. */
const longTimeoutMs = 22 * 60_000;

const chromium: Program = {
  names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  packages: ["chromium"],
};
/** Compiles what the crash tests put below a process: a disk that loses what was not synced. */
const compiler: Program = { names: ["cc"], packages: ["gcc", "libc6-dev"] };
const chromiumPlaces = ["/Applications/Chromium.app/Contents/MacOS/Chromium"];

/** Something is not as it must be, and has been told already or is told by the message. */
class Red extends Unprepared {}

const startedAt = performance.now();
const report = new Report();
const missing: string[] = [];
let mariadb: Mariadb | undefined;

await main();

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) return;
  process.env["PATH"] = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => void stopEngines().finally(() => process.exit(1)));
  }
  try {
    if (options.statics) await runStatics();
    if (options.names.length > 0) await runSuites(options.names, options.long);
  } catch (error) {
    if (!(error instanceof Unprepared)) console.error(error);
    else if (error.message !== "") console.error(error.message);
    process.exitCode = 1;
  } finally {
    await stopEngines();
  }
  conclude();
}

interface Options {
  readonly statics: boolean;
  readonly names: readonly SuiteName[];
  readonly long: boolean;
}

/** Undefined if there is nothing to run: help was asked for, or the words make no sense. */
function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        check: { type: "boolean", default: false },
        long: { type: "boolean", default: false },
        only: { type: "string", multiple: true, default: [] },
        help: { type: "boolean", default: false },
      },
    });
    const unknown = values.only.find((name) => !suiteNames.some((known) => known === name));
    if (unknown !== undefined) throw new Error(`There is no suite called ${unknown}.`);
    if (values.help) return void console.log(usage);
    const only = suiteNames.filter((name) => values.only.includes(name));
    const names = values.check ? [] : only.length > 0 ? only : suiteNames;
    return {
      statics: values.check || (!values.long && only.length === 0),
      names,
      long: values.long,
    };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
}

// What needs no running server.

async function runStatics(): Promise<void> {
  await step("format and lint", () => bin("biome", ["ci", "--colors=off"]));
  await step("types", checkTypes);
  await step("tidiness", () => node(["--test", "tools/tidy.test.ts"]));
  await step("unused code", () => bin("knip", ["--no-progress", "--no-config-hints"]));
  await step("generated pages", () => node(["tools/generate.ts", "--check"]));
}

async function checkTypes(): Promise<void> {
  const projects = globSync("{tools,bench,packages/*,packages/*/*}/tsconfig*.json", {
    cwd: root,
    exclude: ["**/node_modules/**"],
  }).sort();
  const failures: unknown[] = [];
  const checkNext = async (): Promise<void> => {
    const project = projects.shift();
    if (project === undefined) return;
    await bin("tsc", ["--noEmit", "-p", project]).catch((error) => failures.push(error));
    return checkNext();
  };
  await Promise.all(Array.from({ length: concurrency }, checkNext));
  if (failures.length > 0) throw failures[0];
}

function bin(name: string, args: readonly string[]): Promise<void> {
  return output(join(root, "node_modules", ".bin", name), args);
}

function node(args: readonly string[]): Promise<void> {
  return output(process.execPath, ["--disable-warning=ExperimentalWarning", ...args]);
}

/** Runs a command whose output matters only if it fails. */
function output(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve();
      console.error(Buffer.concat(chunks).toString());
      reject(new Red());
    });
  });
}

// What runs.

async function runSuites(names: readonly SuiteName[], long: boolean): Promise<void> {
  const { loops, seconds } = long ? effort.long : effort.usual;
  process.env["FOYER_TEST_LOOPS"] ??= String(loops);
  process.env["FOYER_TEST_SECONDS"] ??= String(seconds);
  const guard = setTimeout(() => void giveUp(), longTimeoutMs).unref();
  await step("engines", () => startEngines(names));
  if (names.includes("browser")) await step("inbox", async () => buildInbox(process.execPath));
  try {
    for (const suite of suites.filter(({ name }) => names.includes(name))) {
      const files = filesOf(suite, root);
      if (files.length === 0) continue;
      const timeoutMs = suite.fileTimeoutMs + (long ? seconds * 1_000 : 0);
      await step(`${suite.name} tests`, async () => {
        if (!(await report.run(files, concurrency, timeoutMs))) throw new Red();
      });
    }
  } finally {
    clearTimeout(guard);
    await report.close();
  }
}

async function giveUp(): Promise<void> {
  console.error(`\nStopped: not finished after ${longTimeoutMs / 60_000} minutes.`);
  await stopEngines();
  process.exit(1);
}

async function startEngines(names: readonly SuiteName[]): Promise<void> {
  const env = process.env;
  const wantsBrowser = names.includes("browser") && env["FOYER_TEST_CHROMIUM"] === undefined;
  const wantsMariadb = names.some(needsMariadb) && env["FOYER_TEST_MYSQL_URL"] === undefined;
  const wantsCompiler = names.includes("crash") && process.platform === "linux";
  installMissing([
    ...(wantsBrowser ? [chromium] : []),
    ...(wantsMariadb ? mariadbPrograms : []),
    ...(wantsCompiler ? [compiler] : []),
  ]);
  if (wantsBrowser) findChromium();
  if (wantsCompiler) findCompiler();
  if (wantsMariadb) await openMariadb();
  if (missing.length > 0 && env["CI"] === "true") throw new Red(missing.join("\n"));
}

function needsMariadb(name: SuiteName): boolean {
  return name !== "browser";
}

function findChromium(): void {
  const program = findProgram(chromium.names) ?? findProgram(chromiumPlaces);
  if (program !== undefined) process.env["FOYER_TEST_CHROMIUM"] = program;
  else missing.push("Chromium is not installed (Debian: apt-get install chromium).");
}

function findCompiler(): void {
  const program = findProgram(compiler.names);
  if (program !== undefined) process.env["FOYER_TEST_CC"] = program;
  else missing.push("No C compiler is installed (Debian: apt-get install gcc libc6-dev).");
}

async function openMariadb(): Promise<void> {
  const absent = mariadbPrograms.filter((program) => findProgram(program.names) === undefined);
  if (absent.length > 0) {
    const packages = absent.flatMap((program) => program.packages).join(" ");
    missing.push(`MariaDB is not installed (Debian: apt-get install ${packages}).`);
    return;
  }
  mariadb = await startMariadb();
  process.env["FOYER_TEST_MYSQL_URL"] = mariadb.url;
  process.env["FOYER_TEST_MYSQL_CA"] = mariadb.certificate;
  process.env["FOYER_TEST_MYSQL_DATADIR"] = mariadb.dataFolder;
}

async function stopEngines(): Promise<void> {
  const running = mariadb;
  mariadb = undefined;
  await running?.stop();
}

// What a person reads.

async function step(name: string, work: () => Promise<void>): Promise<void> {
  console.log(`\n■ ${name}`);
  const from = performance.now();
  try {
    await work();
    console.log(`  ${name}: ${secondsSince(from)}`);
  } catch (error) {
    console.log(`  ${name}: RED after ${secondsSince(from)}`);
    throw error;
  }
}

function secondsSince(from: number): string {
  return `${((performance.now() - from) / 1_000).toFixed(1)} s`;
}

function conclude(): void {
  for (const [reason, count] of report.skipped) console.log(`\n! ${count} not run: ${reason}`);
  for (const what of missing) console.log(`\n! ${what} What needs it was NOT tested.`);
  const verdict = process.exitCode ? "RED" : missing.length > 0 ? "Green as far as run" : "Green";
  console.log(`\n${verdict}, ${secondsSince(startedAt)} in all.`);
}
