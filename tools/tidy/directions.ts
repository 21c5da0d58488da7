/** Who may import whom: between packages, layers, modules, and the parts of the inbox. */
import { dirname, join } from "node:path/posix";
import {
  foldersBelow,
  isCode,
  isTest,
  type Offence,
  type Repository,
  type Rule,
  type TextFile,
} from "./repository.ts";

interface Import {
  readonly file: TextFile;
  readonly line: number;
  readonly specifier: string;
  /** For a relative import, the path from the root that it names. */
  readonly target: string | undefined;
}

/** The workspace packages that each may import. A package without a line here may not exist. */
const packageTable: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  client: ["contract"],
  simulator: [],
  server: ["contract", "simulator"],
  inbox: ["client", "contract"],
};

/** What the tests of a package may import besides. */
const packageTestTable: Readonly<Record<string, readonly string[]>> = {
  server: ["client"],
  inbox: ["server", "simulator"],
  simulator: ["client", "contract"],
};

const architecturePage = "ARCHITECTURE.md";
const modulesFolder = "packages/server/src/modules";
const layers = ["platform", "modules", "main"];

export const directionRules: readonly Rule[] = [
  { guarantee: "a package imports only the packages below it", check: checkPackages },
  { guarantee: "the contract imports nothing but zod", check: checkContract },
  {
    guarantee: "the server's layers import downwards: main, modules, platform",
    check: checkLayers,
  },
  { guarantee: "a module is entered only by its index.ts", check: checkDoors },
  { guarantee: "ARCHITECTURE.md lists exactly the modules there are", check: checkOrderPage },
  { guarantee: "a module imports only modules on earlier lines", check: checkOrder },
  { guarantee: "the inbox imports downwards: app, features, data and ui", check: checkInbox },
];

const statement = /^\s*(?:import|export)\s(?:[^"';]*?\sfrom\s)?\s*"([^"]+)"/gm;
const expression = /\bimport\(\s*"([^"]+)"\s*[,)]/g;

function importsOf(file: TextFile): readonly Import[] {
  return [statement, expression].flatMap((pattern) =>
    [...file.text.matchAll(pattern)].map((match) => {
      const specifier = match[1] ?? "";
      const start = (match.index ?? 0) + match[0].length;
      const line = file.text.slice(0, start).split("\n").length;
      const isRelative = specifier.startsWith(".");
      const target = isRelative ? join(dirname(file.path), specifier) : undefined;
      return { file, line, specifier, target };
    }),
  );
}

function allImports(repository: Repository, folder: string): readonly Import[] {
  return repository.texts
    .filter((file) => file.path.startsWith(`${folder}/`) && isCode(file.path))
    .flatMap(importsOf);
}

function offence({ file, line, specifier }: Import, why: string): Offence {
  return `${file.path}:${line}: imports ${specifier}: ${why}`;
}

function checkPackages(repository: Repository): readonly Offence[] {
  return foldersBelow(repository, "packages").flatMap((name) => {
    if (packageTable[name] === undefined) {
      return [`packages/${name}:1: has no line in the table of tools/tidy/directions.ts`];
    }
    return allImports(repository, `packages/${name}`).flatMap((found) => {
      const wrong = whatIsWrongWith(found, name);
      return wrong === undefined ? [] : [offence(found, wrong)];
    });
  });
}

function whatIsWrongWith({ file, specifier, target }: Import, name: string): string | undefined {
  if (target !== undefined) {
    const isOwn = target.startsWith(`packages/${name}/`);
    return isOwn ? undefined : "another package is imported by its name";
  }
  const [, wanted] = /^@foyer\/([^/]+)/.exec(specifier) ?? [];
  const allowed = packageTable[name] ?? [];
  const forTests = isTest(file.path) ? (packageTestTable[name] ?? []) : [];
  if (wanted === undefined || [name, ...allowed, ...forTests].includes(wanted)) return undefined;
  return `${name} may import ${allowed.join(", ") || "no other package"}`;
}

function checkContract(repository: Repository): readonly Offence[] {
  return allImports(repository, "packages/contract/src")
    .filter(({ file }) => !isTest(file.path))
    .filter(({ specifier, target }) => target === undefined && specifier !== "zod")
    .map((found) => offence(found, "whoever reads the contract would need it too"));
}

/** The layer of a server file, the tests above all; -1 for what lies in none. */
function layerOf(path: string): number {
  if (path.startsWith("packages/server/test/")) return layers.length;
  const [, layer = ""] = /^packages\/server\/src\/([^/]+)\//.exec(path) ?? [];
  return layers.indexOf(layer);
}

function checkLayers(repository: Repository): readonly Offence[] {
  return allImports(repository, "packages/server/src").flatMap((found) => {
    const { file, target } = found;
    if (layerOf(file.path) === -1) {
      return [`${file.path}:1: lies in none of the layers ${layers.join(", ")}`];
    }
    if (target === undefined || layerOf(target) <= layerOf(file.path)) return [];
    if (isTest(target) && isTest(file.path)) return [];
    return [offence(found, "a lower layer does not know a higher one")];
  });
}

function moduleOf(path: string): string | undefined {
  if (!path.startsWith(`${modulesFolder}/`)) return undefined;
  return path.slice(modulesFolder.length + 1).split("/")[0];
}

/** Imports of one module's files from outside it, the tests of the whole server excepted. */
function crossings(repository: Repository): readonly (Import & { readonly to: string })[] {
  return allImports(repository, "packages/server/src").flatMap((found) => {
    const to = found.target === undefined ? undefined : moduleOf(found.target);
    return to === undefined || to === moduleOf(found.file.path) ? [] : [{ ...found, to }];
  });
}

function checkDoors(repository: Repository): readonly Offence[] {
  return crossings(repository).flatMap((found) => {
    const door = `${modulesFolder}/${found.to}/index.ts`;
    const forTests = `${modulesFolder}/${found.to}/testing.ts`;
    if (found.target === door) return [];
    if (found.target === forTests && isTest(found.file.path)) return [];
    return [offence(found, `${found.to} shows only its index.ts`)];
  });
}

/** The modules in the order of the page; undefined if the page or its list is not there. */
function readOrder(repository: Repository): readonly string[] | undefined {
  const page = repository.text(architecturePage)?.text ?? "";
  const [, list] = /^## Order of modules\s[^#]*?^```\w*\n(.*?)^```/ms.exec(page) ?? [];
  if (list === undefined) return undefined;
  return [...list.matchAll(/^\s*\d+\. ([a-z][a-z0-9-]*)/gm)].map(([, name]) => name ?? "");
}

function checkOrderPage(repository: Repository): readonly Offence[] {
  const order = readOrder(repository);
  if (order === undefined) {
    const wanted = 'a fenced list under "## Order of modules", one line per module: `1. directory`';
    return [`${architecturePage}:1: needs ${wanted}`];
  }
  const present = foldersBelow(repository, modulesFolder);
  const unlisted = present.filter((name) => !order.includes(name));
  const gone = order.filter((name) => !present.includes(name));
  const twice = order.filter((name, index) => order.indexOf(name) !== index);
  return [
    ...unlisted.map((name) => `${architecturePage}:1: the order of modules lacks ${name}`),
    ...gone.map((name) => `${architecturePage}:1: there is no module called ${name}`),
    ...twice.map((name) => `${architecturePage}:1: the order names ${name} twice`),
  ];
}

function checkOrder(repository: Repository): readonly Offence[] {
  const order = readOrder(repository);
  if (order === undefined) return [];
  return crossings(repository).flatMap((found) => {
    const from = moduleOf(found.file.path);
    if (from === undefined || order.indexOf(found.to) < order.indexOf(from)) return [];
    return [offence(found, `${found.to} comes after ${from} in the order of ${architecturePage}`)];
  });
}

const inboxLayers: Readonly<Record<string, readonly string[]>> = {
  app: ["features", "data", "ui", "store"],
  features: ["data", "ui", "store"],
  data: ["store"],
  ui: ["store"],
  store: [],
};

function checkInbox(repository: Repository): readonly Offence[] {
  const folder = "packages/inbox/src/";
  return allImports(repository, "packages/inbox/src").flatMap((found) => {
    const [from = "", fromFeature] = found.file.path.slice(folder.length).split("/");
    if (!found.target?.startsWith(folder)) return [];
    const [to = "", toFeature] = found.target.slice(folder.length).split("/");
    const allowed = inboxLayers[from];
    if (allowed === undefined || allowed.includes(to)) return [];
    if (from !== to)
      return [offence(found, `${from} may import ${allowed.join(", ") || "itself"}`)];
    if (from !== "features" || fromFeature === toFeature) return [];
    return [offence(found, "features do not know each other")];
  });
}
