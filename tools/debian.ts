/** Programs outside npm that the tests need: found on the machine, or installed on Debian. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A program of the machine: its names, most fitting first, and the packages that carry it. */
export interface Program {
  readonly names: readonly string[];
  readonly packages: readonly string[];
}

/** Finds a program on the path, or where system programs lie; undefined if it is not there. */
export function findProgram(names: readonly string[]): string | undefined {
  const path = (process.env["PATH"] ?? "").split(delimiter);
  const folders = [...path, "/usr/local/sbin", "/usr/sbin", "/sbin"];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs the Debian packages of the programs that are missing, if apt-get is there and needs no
 * password. Afterwards whoever called looks again: nothing is promised.
 */
export function installMissing(programs: readonly Program[]): void {
  const missing = programs.filter((program) => findProgram(program.names) === undefined);
  const packages = missing.flatMap((program) => program.packages);
  if (packages.length === 0) return;
  const rights = rightsToInstall();
  if (findProgram(["apt-get"]) === undefined || rights === undefined) return;
  console.log(`Installing Debian packages: ${packages.join(" ")}…`);
  const quiet = [...rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"];
  const install = [...quiet, "install", "--no-install-recommends", ...packages];
  // A list of packages that is fresh enough saves the time of fetching it again.
  if (run(install).status === 0) return;
  const update = run([...quiet, "update"]);
  const again = run(install);
  if (again.status !== 0) console.error(`${update.output}\n${again.output}`.trim());
}

/** The words to put before a command to run it as root; undefined where that needs a password. */
function rightsToInstall(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return [];
  const sudo = findProgram(["sudo"]);
  if (sudo === undefined) return undefined;
  return run([sudo, "-n", "true"]).status === 0 ? [sudo, "-n"] : undefined;
}

function run(words: readonly string[]): { status: number | null; output: string } {
  const [program = "", ...args] = words;
  const done = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return { status: done.status, output: `${done.stdout}${done.stderr}` };
}
