import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { keyFileName } from "../../platform/keys/key-file-store.ts";
import { Fault } from "../../platform/refusal.ts";
import type { Configuration } from "../configuration.ts";

/** The file by which Foyer knows a folder as one that it made. */
export const markerName = ".foyer-home";

const ownerOnlyFolder = 0o700;
const ownerOnlyFile = 0o600;

const markerSchema = z.object({
  version: z.literal(1),
  /** The same in both folders of one installation. */
  installation: z.uuid(),
  folder: z.enum(["state", "keys"]),
  /** True while nothing but the demo was ever served from it, so that it may be thrown away. */
  isDisposable: z.boolean(),
});
type Marker = z.infer<typeof markerSchema>;

/** What preparing the folders found. */
export interface Preparation {
  /** Whether there is no key file yet, so that opening the house makes one. */
  readonly makesKeys: boolean;
}

/**
 * Makes the folders of state and keys where they are missing, readable by their owner alone, and
 * marks them. Only a folder that was empty begins as disposable: what somebody else put there
 * must not be deleted by `--fresh`.
 *
 * @param staysDisposable false for a run that takes in more than the demo, which ends it for good
 */
export function prepareInstallation(
  { home, keys }: Pick<Configuration, "home" | "keys">,
  staysDisposable: boolean,
): Preparation {
  assertApart(home, keys);
  const markers = { home: readMarker(home), keys: readMarker(keys) };
  const installation = markers.home?.installation ?? markers.keys?.installation ?? randomUUID();
  const wasDisposable =
    (markers.home?.isDisposable ?? isEmpty(home)) && (markers.keys?.isDisposable ?? isEmpty(keys));
  const isDisposable = wasDisposable && staysDisposable;
  mark(home, markers.home, { version: 1, installation, folder: "state", isDisposable });
  mark(keys, markers.keys, { version: 1, installation, folder: "keys", isDisposable });
  return { makesKeys: !existsSync(join(keys, keyFileName)) };
}

/**
 * The configuration has compared the paths; here, where they lead through links: keys that lie
 * with the data would be copied with it.
 */
function assertApart(home: string, keys: string): void {
  if (!existsSync(home) || !existsSync(keys)) return;
  const [one, other] = [realpathSync(home), realpathSync(keys)];
  if (!`${one}/`.startsWith(`${other}/`) && !`${other}/`.startsWith(`${one}/`)) return;
  throw new Fault("keys", "FOYER_KEYS leads to a place inside FOYER_HOME, or around it", false);
}

function mark(folder: string, before: Marker | undefined, wanted: Marker): void {
  mkdirSync(folder, { recursive: true, mode: ownerOnlyFolder });
  if (before?.isDisposable === wanted.isDisposable) return;
  // A folder keeps the installation that it was made for.
  const marker = { ...wanted, installation: before?.installation ?? wanted.installation };
  const file = join(folder, markerName);
  writeFileSync(file, `${JSON.stringify(marker)}\n`, { mode: ownerOnlyFile });
}

function readMarker(folder: string): Marker | undefined {
  const file = join(folder, markerName);
  if (!existsSync(file)) return undefined;
  try {
    return markerSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

function isEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

/** Why an installation is not begun again: a sentence, and what to do instead. */
export interface FreshRefusal {
  readonly says: string;
  readonly mend: string;
}

/**
 * Says why this installation must not be thrown away; undefined where it may: both folders are
 * ones that Foyer made, for a demo, as one installation, and nothing lives anywhere else.
 */
export function findFreshRefusal(configuration: Configuration): FreshRefusal | undefined {
  const { mode, database, home, keys } = configuration;
  if (mode === "production") {
    return { says: "This is production (FOYER_MODE)", mend: deleteYourself };
  }
  if (database.engine !== "sqlite") {
    return {
      says: "The data lies in a database server, and would be unreadable without its keys",
      mend: "Empty the database and delete both folders yourself if you mean it.",
    };
  }
  return findFolderRefusal(home) ?? findFolderRefusal(keys) ?? findStrangers(home, keys);
}

const deleteYourself = "Delete the folders of state and keys yourself if you mean it.";

function findFolderRefusal(folder: string): FreshRefusal | undefined {
  if (isEmpty(folder)) return undefined;
  const marker = readMarker(folder);
  if (marker === undefined) {
    return {
      says: `Foyer did not make ${folder}: it has no readable ${markerName}`,
      mend: deleteYourself,
    };
  }
  if (marker.isDisposable) return undefined;
  return { says: `${folder} has been used for more than the demo`, mend: deleteYourself };
}

function findStrangers(home: string, keys: string): FreshRefusal | undefined {
  const [state, key] = [readMarker(home), readMarker(keys)];
  if (state === undefined || key === undefined || state.installation === key.installation) return;
  return {
    says: `${keys} holds the keys of another installation than ${home}`,
    mend: "Set FOYER_HOME and FOYER_KEYS to folders that belong together.",
  };
}

/** Deletes what lies in the folders of state and keys. Ask `findFreshRefusal` first. */
export function emptyInstallation({ home, keys }: Pick<Configuration, "home" | "keys">): void {
  for (const folder of [home, keys]) {
    if (!existsSync(folder)) continue;
    // The marker goes last: interrupted half-way, the folder is still known as Foyer's.
    const names = readdirSync(folder).filter((name) => name !== markerName);
    for (const name of [...names, markerName]) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}
