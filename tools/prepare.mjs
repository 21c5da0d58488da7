/**
 * What every command of the checkout needs first. Plain JavaScript, because it runs on the Node
 * that the machine happens to have (20 or later); everything else runs on the Node 24 found here.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const nodeMajorMin = 24;

/** The checkout's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A problem of the machine or the checkout, told to a person without a stack trace. */
export class Unprepared extends Error {}

/**
 * Runs a command's main function; tells what stands in its way in one sentence.
 * @param {() => Promise<void>} main
 */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Unprepared)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

/** Installs the packages of package-lock.json, unless exactly those are installed already. */
export function installPackages() {
  if (isInstalled()) return;
  console.log("Installing packages (only when package-lock.json changed)…");
  const quiet = ["--loglevel=error", "--no-audit", "--no-fund"];
  const clean = npm(["ci", ...quiet]);
  if (clean.status === 0) return;
  const lenient = npm(["install", "--no-save", ...quiet]);
  if (lenient.status === 0) return;
  throw new Unprepared(`npm could not install the packages:\n${clean.output}\n${lenient.output}`);
}

/**
 * npm leaves a record of what it installed. Comparing it with the lock, package by package, costs
 * a few milliseconds and also recognises an installation made by hand.
 */
function isInstalled() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = packagesIn(join(root, "package-lock.json"));
  const installed = packagesIn(record);
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes("node_modules/")) return true;
    const found = installed[path];
    if (found === undefined) return entry.optional === true && !isForHere(entry);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean,
 *   os?: string | string[], cpu?: string | string[], libc?: string | string[] }} LockEntry
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
function packagesIn(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}

/**
 * Whether an optional package is certainly for this machine. One that names no system may have
 * been left out for a reason that only npm knows, and nothing of ours needs such a package.
 * @param {LockEntry} entry
 */
function isForHere(entry) {
  if (entry.os === undefined || entry.cpu === undefined || entry.libc !== undefined) return false;
  return [entry.os].flat().includes(process.platform) && [entry.cpu].flat().includes(process.arch);
}

/** @param {string[]} args */
function npm(args) {
  // npm names its own program to the scripts that it runs; a bare `node tools/start.mjs` has none.
  const own = process.env["npm_execpath"];
  const [program, first] = own?.endsWith("npm-cli.js") ? [process.execPath, [own]] : ["npm", []];
  const run = spawnSync(program, [...first, ...args], { cwd: root, encoding: "utf8" });
  const output = run.error ? String(run.error) : `${run.stdout}${run.stderr}`.trim();
  return { status: run.status, output };
}

/**
 * The Node that runs Foyer: the one that npm brought, or the running one if it is new enough.
 * @returns {string} path of the program
 */
export function findNode() {
  const brought = join(
    root,
    "node_modules",
    `node-${process.platform}-${process.arch}`,
    "bin",
    "node",
  );
  if (existsSync(brought) && hasGlibc()) return brought;
  if (Number.parseInt(process.versions.node, 10) >= nodeMajorMin) return process.execPath;
  throw new Unprepared(
    `Foyer runs on Node ${nodeMajorMin}, and npm has no build of it for ${process.platform} ` +
      `${process.arch}. Install Node ${nodeMajorMin} from https://nodejs.org and run the same ` +
      `command again (this is Node ${process.versions.node}).`,
  );
}

/** The build that npm brings on Linux needs glibc; Alpine, for one, has another C library. */
function hasGlibc() {
  if (process.platform !== "linux") return true;
  const report = /** @type {any} */ (process.report?.getReport());
  return report?.header?.glibcVersionRuntime !== undefined;
}

/** How often to look whether npm is still there. */
const orphanCheckMs = 500;

/**
 * Becomes, as nearly as a process can, the given TypeScript program: same terminal, same signals,
 * same exit code. Node's notices about experimental features are not for the people who run it.
 *
 * The scripts of package.json begin with `exec`, so that no shell stands between npm and this
 * process: a shell would take npm's signals and pass none on.
 * @param {string} node
 * @param {string[]} args the program's file and its arguments
 */
export function become(node, args) {
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", ...args], {
    cwd: root,
    stdio: "inherit",
  });
  forwardSignals(child);
  child.on("error", (error) => {
    console.error(`${node} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
  });
}

/** @param {import("node:child_process").ChildProcess} child */
function forwardSignals(child) {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    // A terminal sends Ctrl+C to both processes; forwarding it would make the child see it twice.
    process.on(signal, () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  if (process.env["npm_lifecycle_event"] === undefined) return;
  // An npm that was killed cannot say so, and a server left behind would keep its port.
  const npmPid = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npmPid) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, orphanCheckMs);
  watch.unref();
}

/** What the inbox is built of. A change of any of it makes a new build. */
const inboxSources = ["packages/inbox", "packages/client", "packages/contract"];

/**
 * Builds the Team Inbox, unless the last build was made of exactly these sources.
 * @param {string} node
 */
export function buildInbox(node) {
  const inbox = join(root, "packages", "inbox");
  const stamp = join(inbox, ".cache", "built-of");
  const sources = fingerprint([...inboxSources, "package-lock.json", "tsconfig.base.json"]);
  const built = existsSync(join(inbox, "dist", "index.html"));
  if (built && existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return;
  console.log("Building the inbox (only when its sources changed)…");
  // Gone while building: a build that is cut off must never look like a whole one.
  rmSync(stamp, { force: true });
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const run = spawnSync(node, [vite, "build", "--logLevel", "warn"], {
    cwd: inbox,
    encoding: "utf8",
  });
  if (run.status !== 0) {
    throw new Unprepared(`The inbox could not be built:\n${run.error ?? run.stdout + run.stderr}`);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, sources);
}

/** @param {string[]} paths folders and files, from the root */
function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of filesBelow(path)) {
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update("\0");
    }
  }
  return hash.digest("hex");
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  if (path.includes(".")) return [path];
  const madeOrTest = /^(node_modules|dist|test|\.cache)$|\.test\.tsx?$/;
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  return entries
    .filter((entry) => !madeOrTest.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(inner) : [inner];
    });
}
