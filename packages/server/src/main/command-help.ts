import type { Command, CommandOption } from "./command-table.ts";
import { commonOptions } from "./command-table.ts";

const columnsMax = 80;
const indent = "  ";

/** The help of one command, the overview of a family such as `keys`, or that of all. */
export function describeCommands(about: readonly Command[], family?: string): string {
  if (family !== undefined) return describeFamily(family, about);
  const [only] = about;
  return about.length === 1 && only !== undefined ? describeOne(only) : describeAll(about);
}

function describeFamily(family: string, about: readonly Command[]): string {
  const members = about.map(({ words, summary }) => [afterFirst(words), summary] as const);
  const explained = `foyer ${family} COMMAND --help explains one of them.`;
  return [
    `Usage: foyer ${family} COMMAND [OPTIONS]`,
    "",
    "Commands:",
    ...makeRows(members),
    "",
    ...wrap(explained, ""),
    "",
    about.length === 1 ? "Example:" : "Examples:",
    ...about.flatMap(({ examples }) => examples.slice(0, 1)).map(showExample),
  ].join("\n");
}

function afterFirst(words: string): string {
  return words.slice(words.indexOf(" ") + 1);
}

function describeAll(about: readonly Command[]): string {
  return [
    "Foyer, the guest-engagement platform for hotels.",
    "",
    "Usage: foyer COMMAND [OPTIONS]",
    "",
    "Commands:",
    ...makeRows(about.map(({ words, summary }) => [words, summary])),
    "",
    ...wrap("foyer COMMAND --help explains one of them; foyer --version prints the version.", ""),
    ...wrap(
      "Settings come from environment variables and foyer.json: docs/reference/settings.md lists them.",
      "",
    ),
    "Exit codes: 0 done, 1 failed, 2 misused or misconfigured.",
  ].join("\n");
}

function describeOne(command: Command): string {
  const options = [...command.options, ...commonOptions];
  const usage = command.options.map((option) => {
    const words = nameOption(option);
    return option.isRequired ? words : `[${words}]`;
  });
  return [
    command.summary,
    "",
    ...describeUsage(["Usage: foyer", command.words, ...usage].join(" ")),
    ...command.explains.flatMap((paragraph) => ["", ...wrap(paragraph, "")]),
    "",
    "Options:",
    ...makeRows(options.map((option) => [nameOption(option), option.summary])),
    "",
    command.examples.length === 1 ? "Example:" : "Examples:",
    ...command.examples.map(showExample),
  ].join("\n");
}

/** An example is one line to type: where it is too long for the terminal, the shell's way. */
function showExample(example: string): string {
  const continued = " \\";
  const columns = columnsMax - continued.length;
  return wrap(keepPairs(example), indent, columns).map(splitPairs).join(`${continued}\n`);
}

function describeUsage(usage: string): string[] {
  const [first = "", ...rest] = wrap(keepPairs(usage), "", columnsMax - indent.length);
  return [first, ...rest.map((line) => indent + line)].map(splitPairs);
}

const unbroken = "\u00a0";

/** No line ends between an option and its value. */
function keepPairs(text: string): string {
  return text.replace(/(--[\w-]+) (?=[^-\s])/g, `$1${unbroken}`);
}

function splitPairs(line: string): string {
  return line.replaceAll(unbroken, " ");
}

function nameOption({ name, value }: CommandOption): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function makeRows(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([term]) => term.length));
  const hanging = " ".repeat(indent.length + width + 2);
  return rows.flatMap(([term, text]) => {
    const [first = "", ...rest] = wrap(text, hanging);
    return [`${indent}${term.padEnd(width)}  ${first.slice(hanging.length)}`, ...rest];
  });
}

/** Breaks a text at spaces, so that each line with its indentation fits the terminal. */
function wrap(text: string, before: string, columns: number = columnsMax): string[] {
  const lines: string[] = [];
  let line = before;
  for (const word of text.split(" ")) {
    const isFirst = line === before;
    if (!isFirst && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = before + word;
    } else {
      line += isFirst ? word : ` ${word}`;
    }
  }
  return [...lines, line];
}
