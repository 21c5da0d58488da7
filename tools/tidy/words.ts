/** What may stand in no file, or only in some. */
import {
  isCode,
  isTest,
  linesThat,
  type Offence,
  type Repository,
  type Rule,
  type TextFile,
} from "./repository.ts";

export const wordRules: readonly Rule[] = [
  { guarantee: "what is left to do names its issue", check: checkLeftToDo },
  { guarantee: "no path of somebody's machine is written down", check: checkPaths },
  { guarantee: "no half-merged file is kept", check: checkMerges },
  { guarantee: "no test is singled out or left out without a reason", check: checkTestChoice },
  { guarantee: "no test sleeps", check: checkSleeps },
  { guarantee: "every suppressed complaint carries its reason", check: checkSuppressions },
  { guarantee: "only the configuration reads the environment", check: checkEnvironment },
  { guarantee: "only the clock reads the time", check: checkClock },
  { guarantee: "Math.random decides nothing but a pause", check: checkRandom },
];

/** The files that hold the patterns cannot be searched for them. */
function searched(repository: Repository): readonly TextFile[] {
  return repository.texts.filter(
    ({ path }) => !path.startsWith("tools/tidy") && path !== "package-lock.json",
  );
}

function code(repository: Repository): readonly TextFile[] {
  return searched(repository).filter(({ path }) => isCode(path));
}

function tests(repository: Repository): readonly TextFile[] {
  return code(repository).filter(({ path }) => isTest(path) || path.endsWith(".test.ts"));
}

function serverSources(repository: Repository): readonly TextFile[] {
  return code(repository).filter(
    ({ path }) => path.startsWith("packages/server/src/") && !isTest(path),
  );
}

function checkLeftToDo(repository: Repository): readonly Offence[] {
  const pattern = /\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))/;
  return linesThat(searched(repository), pattern, "write TODO(#12), with an issue that exists");
}

function checkPaths(repository: Repository): readonly Offence[] {
  const own = repository.root.split("/").length > 2 ? `|${escaped(repository.root)}\\b` : "";
  const pattern = new RegExp(`/home/[a-z][\\w-]*/|/Users/[A-Za-z][\\w-]*/${own}`);
  return linesThat(searched(repository), pattern, "exists on one machine only");
}

function escaped(text: string): string {
  return text.replace(/[^\w/]/g, "\\$&");
}

function checkMerges(repository: Repository): readonly Offence[] {
  return linesThat(searched(repository), /^(<{7}|>{7})( |$)/, "is the mark of a merge");
}

function checkTestChoice(repository: Repository): readonly Offence[] {
  const pattern =
    /\b(it|test|describe|suite)\.(only|skip|todo)\b|\bonly: true\b|\bskip: true\b|\.skip\(\)/;
  return linesThat(tests(repository), pattern, "skip with a reason: { skip: reason }");
}

function checkSleeps(repository: Repository): readonly Offence[] {
  const files = tests(repository).filter(({ path }) => /\.test\.tsx?$/.test(path));
  const pattern = /timers\/promises|new Promise\b.*\bsetTimeout\b|\bwaitForTimeout\(/;
  return linesThat(files, pattern, "wait for what should happen, or move the fake clock");
}

function checkSuppressions(repository: Repository): readonly Offence[] {
  const files = searched(repository).filter(({ path }) => isCode(path) || path.endsWith(".css"));
  const bare =
    /biome-ignore(?!-)[^:]*$|biome-ignore[^:]*:\s*(<explanation>|\S{0,9}\s*$)|@ts-expect-error\s*$/;
  return [
    ...linesThat(files, bare, "say why"),
    ...linesThat(files, /@ts-(ignore|nocheck)\b/, "stays when the mistake is gone"),
  ];
}

function checkEnvironment(repository: Repository): readonly Offence[] {
  const allowed =
    /^packages\/server\/src\/main\/(configuration[\w-]*|foyer)\.ts$|^tools\/|vite\.config\.ts$/;
  const files = code(repository).filter(({ path }) => !allowed.test(path) && !isTest(path));
  return linesThat(files, /\bprocess\.env\b/, "take it from the configuration");
}

function checkClock(repository: Repository): readonly Offence[] {
  // What starts the program makes the clock, and checks it.
  const allowed = /^packages\/server\/src\/main\/|\/clock[\w-]*\.ts$/;
  const files = serverSources(repository).filter(({ path }) => !allowed.test(path));
  return linesThat(files, /\bDate\.now\(|\bnew Date\(\)/, "take the clock that is passed in");
}

function checkRandom(repository: Repository): readonly Offence[] {
  const pattern = /^(?!.*(?:\bms\b|Ms|jitter)).*\bMath\.random\(/;
  return linesThat(serverSources(repository), pattern, "can be guessed and not replayed");
}
