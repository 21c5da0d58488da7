import type { Command, CommandOption } from "./command-table.ts";
import { commonOptions } from "./command-table.ts";

const columnsMax = 80;
const indent = "  ";

/** The help of one command, or the overview of several. */
export function describeCommands(about: readonly Command[]): string {
  const [only] = about;
  return about.length === 1 && only !== undefined ? describeOne(only) : describeAll(about);
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
    ["Usage: foyer", command.words, ...usage].join(" "),
    ...command.explains.flatMap((paragraph) => ["", ...wrap(paragraph, "")]),
    "",
    "Options:",
    ...makeRows(options.map((option) => [nameOption(option), option.summary])),
    "",
    command.examples.length === 1 ? "Example:" : "Examples:",
    ...command.examples.map((example) => `${indent}${example}`),
  ].join("\n");
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
function wrap(text: string, before: string): string[] {
  const lines: string[] = [];
  let line = before;
  for (const word of text.split(" ")) {
    const isFirst = line === before;
    if (!isFirst && line.length + 1 + word.length > columnsMax) {
      lines.push(line);
      line = before + word;
    } else {
      line += isFirst ? word : ` ${word}`;
    }
  }
  return [...lines, line];
}
