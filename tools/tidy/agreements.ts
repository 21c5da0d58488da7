/** Where two files must say the same: code and its pages, a manifest and its lock. */
import { dirname, join, matchesGlob, normalize } from "node:path/posix";
import { suites } from "../suites.ts";
import {
  isCode,
  isTest,
  linesThat,
  type Offence,
  type Repository,
  type Rule,
  type TextFile,
} from "./repository.ts";

const runtimeDependenciesMax = 15;
const settingsPage = "docs/reference/settings.md";
const contributingPage = "CONTRIBUTING.md";
const wallPage = "docs/concepts/tenant-wall.md";
const lawTest = /^packages\/server\/test\/law\/([\w-]+\.test\.ts)$/;
const refusalsFile = "packages/contract/src/refusals.ts";

export const agreementRules: readonly Rule[] = [
  { guarantee: "every test belongs to exactly one suite", check: checkSuites },
  { guarantee: "the tenant wall's page names every test of the law", check: checkLaw },
  { guarantee: "every environment variable is documented", check: checkSettings },
  { guarantee: "every refusal of the catalogue can happen", check: checkRefusals },
  { guarantee: "every link between pages leads somewhere", check: checkLinks },
  { guarantee: "the changelog keeps its form", check: checkChangelog },
  { guarantee: "every dependency is pinned to one version", check: checkPins },
  { guarantee: "the lock names no host of a registry", check: checkLock },
  { guarantee: "STYLE.md gives a reason for each dependency of the server", check: checkReasons },
];

/** A test that no suite names never runs, and looks as green as the others. */
function checkSuites(repository: Repository): readonly Offence[] {
  const globs = suites.flatMap((suite) => suite.globs);
  return repository.texts
    .filter(({ path }) => /\.(test|spec)\.[a-z]+$/.test(path))
    .map(({ path }) => ({ path, count: globs.filter((glob) => matchesGlob(path, glob)).length }))
    .filter(({ count }) => count !== 1)
    .map(({ path, count }) => `${path}:1: ${count} patterns of tools/suites.ts name it`);
}

/** The page says how the wall is proven: what it leaves out, nobody knows to be proven. */
function checkLaw(repository: Repository): readonly Offence[] {
  const page = repository.text(wallPage)?.text ?? "";
  return repository.texts.flatMap(({ path }) => {
    const [, name] = lawTest.exec(path) ?? [];
    return name === undefined || page.includes(`${name}\``)
      ? []
      : [`${path}:1: ${wallPage} does not say what it proves`];
  });
}

function checkSettings(repository: Repository): readonly Offence[] {
  const pages = [settingsPage, contributingPage].map((path) => repository.text(path)?.text ?? "");
  const documented = new Set(pages.join("\n").match(/\bFOYER_[A-Z0-9_]+\b/g));
  const files = repository.texts.filter(
    ({ path }) => isCode(path) && !path.endsWith(".test.ts") && !path.startsWith("tools/tidy"),
  );
  return files.flatMap(({ path, text }) => {
    const named = [...text.matchAll(/["'`.](FOYER_[A-Z0-9_]*[A-Z0-9])\b/g)];
    const first = new Map(named.reverse().map((match) => [match[1] ?? "", match.index]));
    return [...first]
      .filter(([name]) => !documented.has(name))
      .map(([name, at]) => `${path}:${lineOf(text, at)}: ${name} is not in ${settingsPage}`);
  });
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}

function checkRefusals(repository: Repository): readonly Offence[] {
  const catalogue = repository.text(refusalsFile);
  const sources = repository.texts.filter(
    ({ path }) => isCode(path) && !isTest(path) && path.startsWith("packages/server/src/"),
  );
  const used = sources.map(({ text }) => text).join("\n");
  return (catalogue?.lines ?? []).flatMap((line, index) => {
    const [, code] = /^ {2}"([a-z_]+\.[a-z_]+)":/.exec(line) ?? [];
    if (code === undefined || used.includes(`"${code}"`)) return [];
    return [`${refusalsFile}:${index + 1}: nothing in the server answers ${code}`];
  });
}

function withoutCode(page: TextFile): string {
  const blank = (text: string) => text.replace(/[^\n]/g, " ");
  return page.text.replace(/^(```|~~~)[\s\S]*?^\1/gm, blank).replace(/`[^`\n]*`/g, blank);
}

/** A heading as the anchor that repository hosts make of it. */
function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "");
  return words.trim().replace(/\s/g, "-");
}

function anchorsOf(page: TextFile): readonly string[] {
  const fenced = page.text.replace(/^(```|~~~)[\s\S]*?^\1/gm, "");
  return [...fenced.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ""));
}

function checkLinks(repository: Repository): readonly Offence[] {
  const pages = repository.texts.filter(({ path }) => path.endsWith(".md"));
  return pages.flatMap((page) =>
    [...withoutCode(page).matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].flatMap(
      (match) => {
        const wrong = whatIsWrongWith(match[1] ?? "", page, repository);
        return wrong === undefined
          ? []
          : [`${page.path}:${lineOf(page.text, match.index)}: ${wrong}`];
      },
    ),
  );
}

function whatIsWrongWith(link: string, page: TextFile, repository: Repository): string | undefined {
  if (/^[a-z][a-z+.-]*:/i.test(link)) return undefined;
  const [file = "", anchor] = link.split("#");
  const path = file === "" ? page.path : normalize(join(dirname(page.path), file));
  if (!exists(repository, path.replace(/\/$/, ""))) return `${link} does not exist`;
  const target = repository.text(path);
  if (anchor === undefined || !target?.path.endsWith(".md")) return undefined;
  return anchorsOf(target).includes(anchor) ? undefined : `${path} has no heading for #${anchor}`;
}

/** Whether a path is a file of the repository, or a folder with one. */
function exists(repository: Repository, path: string): boolean {
  if (path === "." || repository.sizes.has(path)) return true;
  return [...repository.sizes.keys()].some((known) => known.startsWith(`${path}/`));
}

const changelogHeading = /^## (Unreleased|\d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2})$/;
const changelogKind = /^### (Added|Changed|Deprecated|Removed|Fixed|Security)$/;

function checkChangelog(repository: Repository): readonly Offence[] {
  const page = repository.text("CHANGELOG.md");
  if (page?.lines[0] !== "# Changelog") return ['CHANGELOG.md:1: begins with "# Changelog"'];
  if (page.lines.find((line) => line.startsWith("## ")) !== "## Unreleased") {
    return ['CHANGELOG.md:1: the first section is "## Unreleased"'];
  }
  return page.lines.flatMap((line, index) => {
    const isWrong =
      (/^## /.test(line) && !changelogHeading.test(line)) ||
      (/^### /.test(line) && !changelogKind.test(line));
    return isWrong ? [`CHANGELOG.md:${index + 1}: not a heading of the form: ${line}`] : [];
  });
}

function manifests(repository: Repository): readonly TextFile[] {
  return repository.texts.filter(({ path }) => /^(packages\/[^/]+\/)?package\.json$/.test(path));
}

function checkPins(repository: Repository): readonly Offence[] {
  const pattern = /^\s+"[@a-z][^"]*": "(?:[\^~><=*]|latest|\d+(\.\d+)?")/;
  const files = manifests(repository).map((file) => ({
    ...file,
    // What Node somebody needs is a range by nature.
    lines: file.lines.map((line) => (/^\s+"node": /.test(line) ? "" : line)),
  }));
  return linesThat(files, pattern, "two installations could differ");
}

function checkLock(repository: Repository): readonly Offence[] {
  const lock = repository.text("package-lock.json");
  const pattern = /"resolved": "[a-z+]+:/;
  return linesThat(lock === undefined ? [] : [lock], pattern, "works in one network only");
}

function checkReasons(repository: Repository): readonly Offence[] {
  const manifest = repository.text("packages/server/package.json");
  const { dependencies = {} } = JSON.parse(manifest?.text ?? "{}") as {
    dependencies?: Record<string, string>;
  };
  const names = Object.keys(dependencies).filter((name) => !name.startsWith("@foyer/"));
  const page = repository.text("STYLE.md")?.text ?? "";
  const [, section = ""] =
    /^## Dependencies of the server$(.*?)(?=^## |(?![\s\S]))/ms.exec(page) ?? [];
  const explained = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name ?? "");
  const tooMany = names.length > runtimeDependenciesMax;
  return [
    ...names
      .filter((name) => !explained.includes(name))
      .map((name) => `STYLE.md:1: gives no reason for ${name}`),
    ...explained
      .filter((name) => !names.includes(name))
      .map((name) => `STYLE.md:1: explains ${name}, which the server does not depend on`),
    ...(tooMany ? [`${manifest?.path}:1: more than ${runtimeDependenciesMax} dependencies`] : []),
  ];
}
