import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isWithin } from "../configuration-rules.ts";
import type { Probe, ProbeResult } from "../house.ts";
import { realpathOfNearest } from "./check-folders.ts";

/** What could be found out about the volume beneath a folder. */
export type VolumeEncryption =
  /** The kernel encrypts it. */
  | "encrypted"
  /** This machine does not; whoever runs the machine below it might. */
  | "none-seen"
  /** It lives in memory and ends with the machine. */
  | "memory"
  /** The system does not tell. */
  | "unknown";

const encryptedFileSystems: ReadonlySet<string> = new Set(["ecryptfs", "fuse.gocryptfs"]);
const memoryFileSystems: ReadonlySet<string> = new Set(["tmpfs", "ramfs"]);
/** Volumes stand on volumes (LVM on LUKS on RAID), but never this many. */
const stackDepthMax = 8;

/**
 * Whether the volume beneath the state is encrypted: content is sealed by field, everything else
 * (times, counts, who wrote to whom) only by the volume.
 */
export function volumeProbe(home: string, platform: string, root = "/"): Probe {
  return {
    name: "Volume",
    check: async () => {
      if (platform !== "linux") return describe("unknown", platform);
      return describe(await findVolumeEncryption(await realpathOfNearest(home), root), platform);
    },
  };
}

const plainAdvice =
  "Put FOYER_HOME on an encrypted volume (LUKS), or make sure that your provider encrypts the disk, and write down which.";

function describe(found: VolumeEncryption, platform: string): ProbeResult {
  switch (found) {
    case "encrypted":
      return { state: "good", says: "beneath the state is encrypted by this machine" };
    case "none-seen":
      return {
        state: "warning",
        says: "beneath the state is not encrypted by this machine; by what is below it, nobody here can see",
        mend: plainAdvice,
      };
    case "memory":
      return {
        state: "warning",
        says: "beneath the state is memory: all is gone when the machine restarts",
        mend: "Set FOYER_HOME to a folder on a disk.",
      };
    case "unknown":
      return {
        state: "warning",
        says: "beneath the state: whether it is encrypted could not be found out",
        mend: ownTools[platform] ?? plainAdvice,
      };
  }
}

const ownTools: Readonly<Record<string, string>> = {
  darwin: "Ask the system: fdesetup status. Switch FileVault on if it is off.",
  win32: "Ask the system: manage-bde -status. Switch BitLocker on if it is off.",
};

interface Mount {
  readonly device: string;
  readonly point: string;
  readonly type: string;
  readonly source: string;
}

/**
 * Looks the folder's mount up in `/proc/self/mountinfo`, then walks the block devices beneath it
 * in `/sys` for one of dm-crypt (its device-mapper UUID begins with `CRYPT-`).
 *
 * @param root the folder that stands for `/` when the system is read
 */
export async function findVolumeEncryption(
  folder: string,
  root: string,
): Promise<VolumeEncryption> {
  const text = await read(join(root, "proc/self/mountinfo"));
  const mount = findMount(parseMounts(text ?? ""), folder);
  if (mount === undefined) return "unknown";
  if (encryptedFileSystems.has(mount.type)) return "encrypted";
  if (memoryFileSystems.has(mount.type)) return "memory";
  const device = await findDevice(mount, root);
  if (device === undefined) return "unknown";
  return (await isEncrypted(device, root, stackDepthMax)) ? "encrypted" : "none-seen";
}

/** The lines of mountinfo, proc_pid_mountinfo(5). */
function parseMounts(text: string): Mount[] {
  return text.split("\n").flatMap((line) => {
    const [before = "", after] = line.split(" - ");
    const [, , device, , point] = before.split(" ");
    const [type, source] = after?.split(" ") ?? [];
    if (device === undefined || point === undefined) return [];
    if (type === undefined || source === undefined) return [];
    return [{ device, point: unescapeMount(point), type, source: unescapeMount(source) }];
  });
}

function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

/** The innermost mount that holds the folder; of several at one point the last hides the others. */
function findMount(mounts: readonly Mount[], folder: string): Mount | undefined {
  return mounts
    .filter(({ point }) => isWithin(folder, point))
    .reduce<Mount | undefined>(
      (found, mount) =>
        found === undefined || mount.point.length >= found.point.length ? mount : found,
      undefined,
    );
}

/**
 * The folder in `/sys` of the mount's block device. File systems that span devices (btrfs) carry
 * a number that stands for none; then the name of the source helps.
 */
async function findDevice({ device, source }: Mount, root: string): Promise<string | undefined> {
  const byNumber = join(root, "sys/dev/block", device);
  if (await isFolder(byNumber)) return byNumber;
  const name = source.startsWith("/dev/") ? source.slice("/dev/".length) : undefined;
  if (name === undefined) return undefined;
  return name.startsWith("mapper/") ? findMapped(name, root) : findNamed(name, root);
}

async function findNamed(name: string, root: string): Promise<string | undefined> {
  const folder = join(root, "sys/class/block", name.replaceAll("/", "!"));
  return (await isFolder(folder)) ? folder : undefined;
}

async function findMapped(name: string, root: string): Promise<string | undefined> {
  for (const device of await list(join(root, "sys/class/block"))) {
    const folder = join(root, "sys/class/block", device);
    const mapped = await read(join(folder, "dm/name"));
    if (mapped !== undefined && `mapper/${mapped.trim()}` === name) return folder;
  }
  return undefined;
}

/** A stack of devices is encrypted where it is itself, or everything that it stands on is. */
async function isEncrypted(device: string, root: string, depthMax: number): Promise<boolean> {
  if ((await read(join(device, "dm/uuid")))?.startsWith("CRYPT-") === true) return true;
  const beneath = await list(join(device, "slaves"));
  if (beneath.length === 0 || depthMax === 0) return false;
  const found = await Promise.all(
    beneath.map((name) => isEncrypted(join(device, "slaves", name), root, depthMax - 1)),
  );
  return found.every(Boolean);
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function isFolder(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    () => false,
  );
}
