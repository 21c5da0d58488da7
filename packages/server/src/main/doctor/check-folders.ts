import { access, constants, lstat, readdir, realpath, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { keyFileName } from "../../platform/keys/key-file-store.ts";
import { isWithin } from "../configuration-rules.ts";
import type { Probe, ProbeResult } from "../house.ts";

const othersMask = 0o077;
const permissionBits = 0o777;
const mebibyte = 1024 * 1024;
const freeBytesMin = 256 * mebibyte;
const freeBytesWanted = 2048 * mebibyte;

export interface Folders {
  readonly home: string;
  readonly keys: string;
  readonly files: { readonly folder: string };
}

/** The folders of state and keys: there, private, writable, apart, with room to grow. */
export function folderProbes({ home, keys, files }: Folders): readonly Probe[] {
  return [
    { name: "State folder", check: () => checkHome(home, keys) },
    { name: "Disk space", check: () => checkSpace(home, "the state lives") },
    { name: "Attachments", check: () => checkAttachments(files.folder) },
    { name: "Key folder", check: () => checkKeys(keys, home) },
    { name: "Keys apart", check: () => checkApart(home, keys) },
  ];
}

async function checkHome(home: string, keys: string): Promise<ProbeResult> {
  const flaw = await findFolderFlaw(home, "FOYER_HOME");
  if (flaw !== "missing") return flaw ?? { state: "good", says: `is ${home}` };
  if (await exists(join(keys, keyFileName))) {
    return {
      state: "bad",
      says: `${home} is missing, and there are keys`,
      mend: "Restore it from a backup, or set FOYER_HOME to where it is.",
    };
  }
  return notYet(home);
}

async function checkKeys(keys: string, home: string): Promise<ProbeResult> {
  const flaw = await findFolderFlaw(keys, "FOYER_KEYS");
  if (flaw !== undefined && flaw !== "missing") return flaw;
  const isEmpty = flaw === "missing" || !(await exists(join(keys, keyFileName)));
  if (isEmpty) return (await isUsed(home)) ? keysGone(keys) : notYet(keys);
  for (const name of await readdir(keys)) {
    const file = join(keys, name);
    const found = await findKeyFileFlaw(file);
    if (found !== undefined) return found;
  }
  return { state: "good", says: `is ${keys}, readable by its owner alone` };
}

function notYet(folder: string): ProbeResult {
  return {
    state: "warning",
    says: `${folder} is not there yet`,
    mend: "Run foyer serve: the first start makes it.",
  };
}

function keysGone(keys: string): ProbeResult {
  return {
    state: "bad",
    says: `holds no ${keyFileName}, and there is data that needs it: ${keys}`,
    mend: "Bring it back: foyer keys import --from FILE. Or set FOYER_KEYS to where it is.",
  };
}

async function findFolderFlaw(
  folder: string,
  setting: string,
): Promise<ProbeResult | "missing" | undefined> {
  const found = await stat(folder).catch(ignoreMissing);
  if (found === undefined) return "missing";
  if (!found.isDirectory()) {
    return bad(`${folder} is not a folder`, `Set ${setting} to a folder.`);
  }
  if ((found.mode & othersMask) !== 0) {
    return bad(`others can look into ${folder} (${octal(found.mode)})`, `Run: chmod 700 ${folder}`);
  }
  const isUsable = await mayAccess(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  return isUsable
    ? undefined
    : bad(`this account cannot write to ${folder}`, "Run: chown it to the account of Foyer.");
}

async function findKeyFileFlaw(file: string): Promise<ProbeResult | undefined> {
  // An entry that vanished since it was listed is a replacement under way.
  const found = await lstat(file).catch(ignoreMissing);
  if (found?.isFile() !== true) return undefined;
  if ((found.mode & othersMask) !== 0) {
    return bad(`others can read ${file} (${octal(found.mode)})`, `Run: chmod 600 ${file}`);
  }
  return (await mayAccess(file, constants.R_OK))
    ? undefined
    : bad(`this account cannot read ${file}`, "Run doctor as the account that runs Foyer.");
}

/** The configuration compares names; links may still lead from one folder into the other. */
async function checkApart(home: string, keys: string): Promise<ProbeResult> {
  const [state, key] = await Promise.all([realpathOfNearest(home), realpathOfNearest(keys)]);
  const isNested =
    (await exists(home)) && (await exists(keys)) && (isWithin(key, state) || isWithin(state, key));
  if (!isNested) return { state: "good", says: "the keys lie outside the state" };
  return bad(
    `links lead FOYER_KEYS and FOYER_HOME into one another: ${key} and ${state}`,
    "Move one of them: a copy of the data must not hold its keys.",
  );
}

/** They may have been given a volume of their own, which then fills up by itself. */
async function checkAttachments(folder: string): Promise<ProbeResult> {
  const flaw = await findFolderFlaw(folder, "FOYER_HOME");
  if (flaw === "missing") return { state: "good", says: "none was kept yet" };
  return flaw ?? checkSpace(folder, "attachments lie");
}

async function checkSpace(folder: string, whose: string): Promise<ProbeResult> {
  const { bavail, bsize } = await statfs(await realpathOfNearest(folder));
  const free = bavail * bsize;
  const says = `${Math.floor(free / mebibyte)} MiB are free where ${whose}`;
  if (free >= freeBytesWanted) return { state: "good", says };
  const mend = "Make room: a full disk refuses every message.";
  return { state: free < freeBytesMin ? "bad" : "warning", says, mend };
}

/** Where a path really leads, or the nearest folder above that exists. */
export async function realpathOfNearest(path: string): Promise<string> {
  const real = await realpath(path).catch(ignoreMissing);
  if (real !== undefined || dirname(path) === path) return real ?? path;
  return realpathOfNearest(dirname(path));
}

/** Whether a folder holds more than the mark by which Foyer knows it. */
async function isUsed(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(ignoreMissing);
  return names?.some((name) => !name.startsWith(".")) ?? false;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(ignoreMissing)) !== undefined;
}

async function mayAccess(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
}

function octal(mode: number): string {
  return (mode & permissionBits).toString(8).padStart(4, "0");
}

function bad(says: string, mend: string): ProbeResult {
  return { state: "bad", says, mend };
}
