/** The suites of the checkout, and how they run: one after another, told as one run. */
import { existsSync, globSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { Unprepared } from "./prepare.mjs";

export interface Suite {
  readonly name: SuiteName;
  readonly globs: readonly string[];
  /** A file that takes longer is stopped and fails. */
  readonly fileTimeoutMs: number;
}

export const suiteNames = [
  "unit",
  "conformance",
  "law",
  "world",
  "scenarios",
  "browser",
  "crash",
] as const;
export type SuiteName = (typeof suiteNames)[number];

const minuteMs = 60_000;

/** From the quick to the slow, so that a mistake shows as early as it can. */
export const suites: readonly Suite[] = [
  {
    name: "unit",
    globs: [
      "packages/*/src/**/*.test.ts",
      "packages/*/page/**/*.test.ts",
      "tools/**/*.test.ts",
      "bench/**/*.test.ts",
    ],
    fileTimeoutMs: 2 * minuteMs,
  },
  server("conformance", 5),
  server("law", 5),
  server("world", 5, "{world,scenarios}"),
  { name: "browser", globs: ["packages/*/test/browser/**/*.test.ts"], fileTimeoutMs: 6 * minuteMs },
  server("crash", 8),
];

function server(name: SuiteName, minutes: number, folder: string = name): Suite {
  return {
    name,
    globs: [`packages/server/test/${folder}/**/*.test.ts`],
    fileTimeoutMs: minutes * minuteMs,
  };
}

/**
 * The files of a suite, sorted. A pattern that finds nothing is a mistake that would pass for a
 * green suite, so it throws, unless the folder that it names does not exist.
 */
export function filesOf(suite: Suite, root: string): readonly string[] {
  const files = suite.globs.flatMap((glob) => {
    const found = globSync(glob, { cwd: root, exclude: ["**/node_modules/**"] });
    if (found.length === 0 && startsExisting(glob, root)) {
      throw new Unprepared(`No test matches ${glob}, and yet its folder is there.`);
    }
    return found.map((file) => `${root}/${file}`);
  });
  return files.sort();
}

/** Whether the folder before the first `**` of a pattern exists. */
function startsExisting(glob: string, root: string): boolean {
  const folder = glob.slice(0, glob.indexOf("/**"));
  if (!/[*{]/.test(folder)) return existsSync(`${root}/${folder}`);
  return globSync(folder, { cwd: root, exclude: ["**/node_modules/**"] }).length > 0;
}

const counted = ["tests", "suites", "pass", "fail", "cancelled", "skipped", "todo"] as const;
type Counted = (typeof counted)[number];
const totalLine = new RegExp(`^(${counted.join("|")}) (\\d+)$`);

/** Tests that did not run, by the reason that they gave. */
export type Skipped = ReadonlyMap<string, number>;

/**
 * One report over several suites. Node would close each suite with its own totals; here they are
 * added up and said once, at the end, in the same lines.
 */
export class Report {
  readonly #reporter = new spec();
  readonly #totals = new Map<Counted, number>(counted.map((name) => [name, 0]));
  readonly #skipped = new Map<string, number>();
  #durationMs = 0;
  #failed = 0;

  constructor() {
    this.#reporter.pipe(process.stdout, { end: false });
  }

  get skipped(): Skipped {
    return this.#skipped;
  }

  /** Runs files in processes of their own, `concurrency` at a time. True if nothing failed. */
  async run(files: readonly string[], concurrency: number, timeout: number): Promise<boolean> {
    const execArgv = ["--disable-warning=ExperimentalWarning"];
    const failures = this.#failures();
    for await (const event of run({ files, concurrency, timeout, execArgv })) {
      if (event.type === "test:diagnostic" && this.#add(event.data)) continue;
      if (event.type === "test:plan" && event.data.nesting === 0) continue;
      if (event.type === "test:pass") this.#noteSkipped(event.data.skip);
      if (event.type === "test:fail") this.#failed += 1;
      if (!this.#reporter.write(event)) await drained(this.#reporter);
    }
    return this.#failures() === failures;
  }

  /** Prints what failed, once more and together, and the totals. */
  async close(): Promise<void> {
    for (const [name, count] of this.#totals) this.#say(`${name} ${count}`);
    this.#say(`duration_ms ${this.#durationMs.toFixed(3)}`);
    const ended = new Promise((resolve) => this.#reporter.once("end", resolve));
    this.#reporter.end();
    await ended;
  }

  /** The totals count tests alone; a suite that throws before it has any fails as well. */
  #failures(): number {
    return this.#failed + (this.#totals.get("fail") ?? 0) + (this.#totals.get("cancelled") ?? 0);
  }

  /** Takes a line of a suite's totals; false if the diagnostic is something else. */
  #add(data: { nesting: number; message: string; file?: string | undefined }): boolean {
    if (data.nesting !== 0 || data.file !== undefined) return false;
    const [, name, count] = totalLine.exec(data.message) ?? [];
    if (name !== undefined) {
      this.#totals.set(name as Counted, (this.#totals.get(name as Counted) ?? 0) + Number(count));
      return true;
    }
    const [, duration] = /^duration_ms ([\d.]+)$/.exec(data.message) ?? [];
    this.#durationMs += Number(duration ?? 0);
    return duration !== undefined;
  }

  #noteSkipped(skip: string | boolean | undefined): void {
    if (skip === undefined || skip === false) return;
    const reason = typeof skip === "string" && skip !== "" ? skip : "no reason given";
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  #say(message: string): void {
    this.#reporter.write({ type: "test:diagnostic", data: { nesting: 0, message, level: "info" } });
  }
}

function drained(stream: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => stream.once("drain", () => resolve()));
}
