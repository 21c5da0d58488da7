/** The checkout as the tidiness rules see it: paths and texts, whoever made them. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export interface TextFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
}

export interface Repository {
  /** The absolute path of the checkout, which no file may name. */
  readonly root: string;
  readonly sizes: ReadonlyMap<string, number>;
  readonly texts: readonly TextFile[];
  text(path: string): TextFile | undefined;
}

/** What a rule found, as `path:line: what is wrong`, so that a terminal can open it. */
export type Offence = string;

export interface Rule {
  /** What holds for the repository if the rule finds nothing. */
  readonly guarantee: string;
  check(repository: Repository): readonly Offence[];
}

const textEnding = /\.(ts|tsx|mjs|js|json|md|css|html|svg|yml|yaml|sh|sql|webmanifest)$/;
const namedText = /(^|\/)(LICENSE|\.gitignore|\.editorconfig|\.npmrc|run)$/;

/** Reads what git tracks, and what it would track if it were added. */
export function readRepository(root: string): Repository {
  // A checkout made by another user, as in a build container, is no reason to refuse.
  const git = ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others"];
  const listed = execFileSync("git", [...git, "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1_048_576,
  });
  const paths = [...new Set(listed.split("\0"))].filter((path) => path !== "").sort();
  const present = paths.filter((path) => existsSync(join(root, path)));
  const sizes = new Map(present.map((path) => [path, statSync(join(root, path)).size]));
  const texts = present
    .filter((path) => textEnding.test(path) || namedText.test(path))
    .map((path) => textFile(path, readFileSync(join(root, path), "utf8")));
  return repositoryOf(root, texts, sizes);
}

/** A repository of given texts: for the tests of the rules. */
export function repositoryOf(
  root: string,
  texts: readonly TextFile[],
  sizes?: ReadonlyMap<string, number>,
): Repository {
  const byPath = new Map(texts.map((file) => [file.path, file]));
  return {
    root,
    texts,
    sizes: sizes ?? new Map(texts.map(({ path, text }) => [path, Buffer.byteLength(text)])),
    text: (path) => byPath.get(path),
  };
}

export function textFile(path: string, text: string): TextFile {
  return { path, text, lines: text.split("\n") };
}

/** Code of ours: what is written by hand and runs. */
export function isCode(path: string): boolean {
  return /\.(ts|tsx|mjs|js)$/.test(path);
}

/** A test, or what only tests use. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /^packages\/[^/]+\/test\//.test(path);
}

/** Offences for every line of the files that a pattern matches. */
export function linesThat(
  files: readonly TextFile[],
  pattern: RegExp,
  message: string,
): readonly Offence[] {
  return files.flatMap((file) =>
    file.lines.flatMap((line, index) =>
      pattern.test(line) ? [`${file.path}:${index + 1}: ${message}: ${line.trim()}`] : [],
    ),
  );
}

/** Folders directly below a folder, sorted. */
export function foldersBelow(repository: Repository, folder: string): readonly string[] {
  const names = [...repository.sizes.keys()]
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => path.slice(folder.length + 1).split("/"))
    .filter((parts) => parts.length > 1)
    .map(([name]) => name ?? "");
  return [...new Set(names)].sort();
}
