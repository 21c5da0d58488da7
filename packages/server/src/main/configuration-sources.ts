import { readFileSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { type Mistake, quoteValue } from "./configuration-mistake.ts";
import { findNearest } from "./configuration-nearest.ts";
import { type SettingKey, settingEntries } from "./settings.ts";

/** The environment as `process.env` gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A value as somebody gave it, not yet checked. */
export interface GivenValue {
  readonly key: SettingKey;
  /** The variable, or the key and its file. */
  readonly where: string;
  readonly value: unknown;
  /** The folder from which a path in it counts. */
  readonly folder: string;
}

export interface Source {
  readonly given: readonly GivenValue[];
  readonly mistakes: readonly Mistake[];
}

const fileBytesMax = 1_048_576;
const fileDepthMax = 8;
const prefix = "FOYER_";
/** Variables of the test suites, which the program itself never reads. */
const testPrefix = "FOYER_TEST_";

const names: ReadonlySet<string> = new Set(settingEntries.map(([, setting]) => setting.name));
const fileKeys: ReadonlySet<string> = new Set(
  settingEntries.flatMap(([, setting]) => setting.fileKey ?? []),
);

/** What the environment gives. An empty variable counts as not set, as in compose files. */
export function readEnvironment(environment: Environment, cwd: string): Source {
  const given = settingEntries.flatMap(([key, { name }]) => {
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
    return value === undefined || value.trim() === ""
      ? []
      : [{ key, where: name, value: value.trim(), folder: cwd }];
  });
  const mistakes = Object.keys(environment)
    .filter((name) => name.startsWith(prefix) && !name.startsWith(testPrefix) && !names.has(name))
    .map((name) => ({
      where: showName(name),
      says: "is no setting that Foyer knows",
      mend: suggest(findName(name), "Remove it"),
    }));
  return { given, mistakes };
}

function findName(name: string): string | undefined {
  const bare = name.slice(prefix.length);
  if (names.has(bare)) return bare;
  return findNearest(name, names) ?? findNearest(bare, names);
}

function suggest(nearest: string | undefined, otherwise: string): string {
  return nearest === undefined
    ? `${otherwise}; docs/reference/settings.md lists every setting.`
    : `Did you mean ${nearest}?`;
}

/** A name that a stranger chose, without quotes as long as it is harmless. */
function showName(name: string): string {
  return /^[\w.-]{1,60}$/.test(name) ? name : quoteValue(name);
}

/** What the file gives; a file that is missing is a mistake only when somebody named it. */
export function readFile(named: string | undefined, cwd: string): Source & { file?: string } {
  const file = resolve(cwd, named ?? "foyer.json");
  const read = readJson(file);
  if ("missing" in read && named === undefined) return { given: [], mistakes: [] };
  const where = named === undefined ? "foyer.json" : quoteValue(file);
  if ("mistake" in read) return { given: [], mistakes: [{ where, ...read.mistake }], file };
  const { value } = read;
  if (!isObject(value)) {
    const says = "is not a JSON object";
    const mend = 'Write the settings as { "port": 4000, … }.';
    return { given: [], mistakes: [{ where, says, mend }], file };
  }
  return { ...readObject(value, file), file };
}

type JsonRead =
  | { readonly value: unknown }
  | { readonly mistake: Omit<Mistake, "where">; readonly missing?: true };

function readJson(file: string): JsonRead {
  let text: string;
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return refuse("is not a file", "Name a JSON file.");
    if (stat.size > fileBytesMax) {
      return refuse(`is larger than ${fileBytesMax} bytes`, "Name the configuration file.");
    }
    text = readFileSync(file, "utf8");
  } catch (error) {
    return explainUnreadable(error);
  }
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, "")) };
  } catch {
    // The parser's own message quotes the text, which may hold a password.
    return refuse("is not valid JSON", "Look for a missing quote, or a comma too many.");
  }
}

function refuse(says: string, mend: string): { mistake: Omit<Mistake, "where"> } {
  return { mistake: { says, mend } };
}

function explainUnreadable(error: unknown): JsonRead {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return {
      ...refuse("does not exist", "Create it, or remove FOYER_CONFIGURATION."),
      missing: true,
    };
  }
  return refuse("cannot be read", "Let the account that runs Foyer read it.");
}

function readObject(object: object, file: string): Source {
  const folder = dirname(file);
  const leaves = new Map(flatten(object, "", 0));
  const inFile = (key: string) => `${showName(key)} in ${basename(file)}`;
  const given = settingEntries.flatMap(([key, { fileKey }]) =>
    fileKey !== undefined && leaves.has(fileKey)
      ? [{ key, where: inFile(fileKey), value: leaves.get(fileKey), folder }]
      : [],
  );
  const mistakes = [...leaves.keys()]
    .filter((key) => !fileKeys.has(key))
    .map((key) => ({
      where: inFile(key),
      says: "is no setting that Foyer knows",
      mend: suggest(findFileKey(key), "Remove it"),
    }));
  return { given, mistakes };
}

/** The key that was meant: misspelt, or written as the variable's name. */
function findFileKey(key: string): string | undefined {
  const named = settingEntries.find(([, { name }]) => name === key)?.[1].fileKey;
  return named ?? findNearest(key, fileKeys);
}

/** Every value that is not itself a group, under its dotted key. A known key ends the descent. */
function* flatten(object: object, before: string, depth: number): Generator<[string, unknown]> {
  for (const [part, value] of Object.entries(object)) {
    const key = before === "" ? part : `${before}.${part}`;
    const isGroup = isObject(value) && !fileKeys.has(key) && Object.keys(value).length > 0;
    if (isGroup && depth < fileDepthMax) yield* flatten(value, key, depth + 1);
    else yield [key, value];
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
