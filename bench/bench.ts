/** `npm run bench -- NAME [--quick]`: measures, prints a table, keeps it in `bench/results/`. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measuredCore, pin } from "./program.ts";
import { keep, type Row, reaches, resultOf, tableOf } from "./result.ts";

/** One benchmark: what it measures, and how. */
export interface Benchmark {
  /** @param isQuick one round of every row at reduced sizes, in at most three minutes */
  run(isQuick: boolean): Promise<readonly Row[]>;
}

/** Every benchmark by name; loaded when it is asked for. */
const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  messages: async () => (await import("./messages/benchmark.ts")).messages,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false } },
});
const [name = ""] = positionals;
const load = benchmarks[name];
if (!load) {
  const names = Object.keys(benchmarks).join(", ");
  process.stderr.write(`Which one? npm run bench -- NAME [--quick]; there is: ${names}\n`);
  process.exit(2);
}
const cores = Array.from({ length: availableParallelism() }, (_, core) => core);
pin(process.pid, cores.length > 1 ? cores.filter((core) => core !== measuredCore) : cores);
const benchmark = await load();
const result = resultOf(name, await benchmark.run(values.quick));
process.stdout.write(`\n${tableOf(result)}\n\n`);
if (!values.quick) {
  const file = keep(result, join(import.meta.dirname, "results"));
  process.stdout.write(`Kept in ${file}\n`);
  // One quick round says that the benchmark runs, not whether a goal is reached.
  process.exitCode = result.rows.some((row) => reaches(row) === false) ? 1 : 0;
}
