/** What a benchmark says, how it is printed and where it is kept. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

/** One thing that was measured, beside what it is compared with in the same run. */
export interface Row {
  readonly work: string;
  readonly engine: string;
  readonly unit: string;
  /** The median of the rounds. */
  readonly foyer: number;
  /** What `other` is; null for a size, a count or a delay that stands by itself. */
  readonly against: string | null;
  readonly other: number | null;
  /** `foyer` over `other`. */
  readonly ratio: number | null;
  /** For the ratio where there is one, else for `foyer`; null: shown, and nothing is asked. */
  readonly goal: number | null;
  readonly better: "higher" | "lower";
}

export interface Result {
  readonly name: string;
  readonly at: string;
  readonly machine: { readonly cores: number; readonly cpu: string; readonly node: string };
  readonly rows: readonly Row[];
}

/** The middle of some measurements; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a part of the measurements lie, linear between two neighbours. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * part;
  const [below = Number.NaN, above = below] = sorted.slice(Math.floor(place));
  return below + (above - below) * (place - Math.floor(place));
}

/** A row that is compared with a floor or a peer. */
export function compared(
  row: Pick<Row, "work" | "engine" | "unit" | "against" | "goal" | "better">,
  foyer: readonly number[],
  other: readonly number[],
): Row {
  const [ours, theirs] = [median(foyer), median(other)];
  return { ...row, foyer: rounded(ours), other: rounded(theirs), ratio: rounded(ours / theirs) };
}

/** A row that stands by itself. */
export function alone(
  row: Pick<Row, "work" | "engine" | "unit" | "goal" | "better">,
  foyer: readonly number[],
): Row {
  return { ...row, foyer: rounded(median(foyer)), against: null, other: null, ratio: null };
}

/** Whether a row reaches its goal; undefined where it has none. */
export function reaches({ foyer, ratio, goal, better }: Row): boolean | undefined {
  if (goal === null) return undefined;
  const value = ratio ?? foyer;
  return better === "higher" ? value >= goal : value <= goal;
}

export function resultOf(name: string, rows: readonly Row[]): Result {
  const [first] = cpus();
  const machine = { cores: cpus().length, cpu: first?.model ?? "", node: process.version };
  return { name, at: new Date().toISOString(), machine, rows };
}

/** Keeps a result as `bench/results/NAME.json`; returns the file's path. */
export function keep(result: Result, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${result.name}.json`);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return file;
}

const titles = ["work", "engine", "Foyer", "unit", "against", "other", "ratio", "goal", ""];

/** The rows as a table, in Markdown, so that it can go into a page as it is. */
export function tableOf({ rows }: Result): string {
  const lines = [titles, titles.map(() => "---"), ...rows.map(cellsOf)];
  const widths = titles.map((_, at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return lines.map(line).join("\n");
}

function cellsOf(row: Row): readonly string[] {
  const { work, engine, foyer, unit, against, other, ratio, goal, better } = row;
  const reached = reaches(row);
  return [
    work,
    engine,
    shown(foyer),
    unit,
    against ?? "",
    shown(other),
    shown(ratio),
    goal === null ? "" : `${better === "higher" ? "≥" : "≤"} ${shown(goal)}`,
    reached === undefined ? "" : reached ? "reached" : "missed",
  ];
}

function shown(value: number | null): string {
  return value === null ? "" : value.toLocaleString("en", { maximumFractionDigits: 2 });
}

/** Three digits that mean something, and whole numbers beyond. */
function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
