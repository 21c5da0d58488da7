/** How files are named and how large they may grow. */
import {
  foldersBelow,
  isCode,
  isTest,
  type Offence,
  type Repository,
  type Rule,
  type TextFile,
} from "./repository.ts";

const fileLinesMax = 400;
const lineCharactersMax = 100;
const readmeLinesMax = 40;
const fileBytesMax = 600_000;

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|module|config|d))?\.(ts|tsx|mjs|js|css|html)$/;
const sayingNothing = /(^|-)(utils?|helpers?|common|misc|manager|types)\.(ts|tsx|mjs|css)$/;
const modulesFolder = "packages/server/src/modules";

export const shapeRules: readonly Rule[] = [
  { guarantee: "files are named in kebab-case", check: checkCase },
  { guarantee: "every file's name says what is in it", check: checkNames },
  { guarantee: `no file of code exceeds ${fileLinesMax} lines`, check: checkLength },
  { guarantee: `no line of code exceeds ${lineCharactersMax} characters`, check: checkWidth },
  { guarantee: `no file exceeds ${fileBytesMax} bytes`, check: checkSize },
  {
    guarantee: `every module has a README of at most ${readmeLinesMax} lines`,
    check: checkReadmes,
  },
  { guarantee: "state that a whole process shares says why", check: checkState },
];

function codeAndStyles(repository: Repository): readonly TextFile[] {
  return repository.texts.filter(({ path }) => isCode(path) || /\.(css|html)$/.test(path));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function checkCase(repository: Repository): readonly Offence[] {
  return codeAndStyles(repository)
    .filter(({ path }) => !kebabCase.test(nameOf(path)))
    .map(({ path }) => `${path}:1: the name is not in kebab-case`);
}

function checkNames(repository: Repository): readonly Offence[] {
  return repository.texts
    .filter(({ path }) => sayingNothing.test(nameOf(path)))
    .map(({ path }) => `${path}:1: the name could stand on any file`);
}

function checkLength(repository: Repository): readonly Offence[] {
  return codeAndStyles(repository)
    .filter(({ lines }) => lines.length - 1 > fileLinesMax)
    .map(({ path, lines }) => `${path}:${fileLinesMax + 1}: has ${lines.length - 1} lines`);
}

/** What formatters cannot break counts as nothing: literals and addresses. */
const unbreakable = /"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|\/(?:[^/\\\s]|\\.)+\/|https?:\S+/g;

function checkWidth(repository: Repository): readonly Offence[] {
  return repository.texts
    .filter(({ path }) => isCode(path) || path.endsWith(".css"))
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, index) => {
        const characters = [...line.replace(unbreakable, "")].length;
        if (characters <= lineCharactersMax) return [];
        return [`${path}:${index + 1}: has ${[...line].length} characters`];
      }),
    );
}

function checkSize(repository: Repository): readonly Offence[] {
  return [...repository.sizes]
    .filter(([, bytes]) => bytes > fileBytesMax)
    .map(([path, bytes]) => `${path}:1: has ${bytes} bytes; every clone would carry them for ever`);
}

function checkReadmes(repository: Repository): readonly Offence[] {
  return foldersBelow(repository, modulesFolder).flatMap((name) => {
    const path = `${modulesFolder}/${name}/README.md`;
    const readme = repository.text(path);
    if (readme === undefined) return [`${path}:1: does not exist`];
    if (readme.lines.length - 1 <= readmeLinesMax) return [];
    return [`${path}:${readmeLinesMax + 1}: has ${readme.lines.length - 1} lines`];
  });
}

function checkState(repository: Repository): readonly Offence[] {
  const sources = repository.texts.filter(
    ({ path }) => /^packages\/(server|contract|client)\/src\/.*\.ts$/.test(path) && !isTest(path),
  );
  return sources.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => {
      if (!/^(export )?(let|var) /.test(line) || isExplained(lines, index)) return [];
      return [`${path}:${index + 1}: pass it as a value, or say above why not: ${line}`];
    }),
  );
}

/** Whether a comment stands above a line, or above the lines that it follows without a gap. */
function isExplained(lines: readonly string[], index: number): boolean {
  const above = lines[index - 1] ?? "";
  if (above === "") return false;
  return /^(\/\/|\/\*\*| \*\/)/.test(above) || isExplained(lines, index - 1);
}
