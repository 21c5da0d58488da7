import { parseArgs } from "node:util";
import type { OptionValues } from "./command-context.ts";
import { type Command, commands, commonOptions } from "./command-table.ts";
import { findNearest } from "./configuration-nearest.ts";

/** What somebody typed, understood. */
export type CommandLine =
  | { readonly kind: "run"; readonly command: Command; readonly options: OptionValues }
  /** Help for the commands named: one of them, a family like `keys`, or all. */
  | { readonly kind: "help"; readonly about: readonly Command[] }
  | { readonly kind: "version" }
  | { readonly kind: "misused"; readonly says: string; readonly helpWith: string };

const programHelp = "foyer --help";

/** Understands the arguments after the program's name. The command stands first. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const [first, second = ""] = args;
  if (first === undefined) return misuse("A command is missing", programHelp);
  if (first === "--help" || first === "-h") return { kind: "help", about: commands };
  if (first === "--version" || first === "-v") return { kind: "version" };
  if (first.startsWith("-")) return misuse(`The command stands before ${first}`, programHelp);
  const single = commands.find(({ words }) => words === first);
  if (single !== undefined) return readOptions(single, args.slice(1));
  const family = commands.filter(({ words }) => words.startsWith(`${first} `));
  if (family.length === 0) return suggest("command", first, commandWords(), programHelp);
  if (second === "--help" || second === "-h") return { kind: "help", about: family };
  const member = family.find(({ words }) => words === `${first} ${second}`);
  if (member !== undefined) return readOptions(member, args.slice(2));
  if (second === "" || second.startsWith("-")) {
    return misuse(
      `After ${first} comes ${afterFirst(family).join(" or ")}`,
      `foyer ${first} --help`,
    );
  }
  return suggest(`command after ${first}`, second, afterFirst(family), `foyer ${first} --help`);
}

function commandWords(): string[] {
  return commands.map(({ words }) => words.split(" ", 1)[0] ?? words);
}

function afterFirst(family: readonly Command[]): string[] {
  return family.map(({ words }) => words.slice(words.indexOf(" ") + 1));
}

function readOptions(command: Command, args: readonly string[]): CommandLine {
  const known = [...command.options, ...commonOptions];
  const helpWith = `foyer ${command.words} --help`;
  const { tokens } = parseArgs({
    args: [...args],
    // Not strict: what is wrong is said here, in our own words.
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...Object.fromEntries(
        known.map(({ name, value }) => [name, { type: value ? "string" : "boolean" } as const]),
      ),
      help: { type: "boolean", short: "h" },
    },
  });
  const options: Record<string, string | true> = {};
  for (const token of tokens) {
    if (token.kind === "positional") {
      return misuse(`${command.words} takes no ${quote(token.value)}`, helpWith);
    }
    if (token.kind === "option-terminator") continue;
    const option = known.find(({ name }) => name === token.name);
    if (option === undefined) {
      return suggest(
        "option",
        token.rawName,
        known.map(({ name }) => `--${name}`),
        helpWith,
      );
    }
    if (option.name === "help") return { kind: "help", about: [command] };
    const flaw = findFlaw(option.value, token.value);
    if (flaw !== undefined) return misuse(`--${option.name} ${flaw}`, helpWith);
    options[option.name] = token.value ?? true;
  }
  const missing = command.options.find(({ name, isRequired }) => isRequired && !options[name]);
  if (missing === undefined) return { kind: "run", command, options };
  return misuse(`${command.words} needs --${missing.name} ${missing.value}`, helpWith);
}

function findFlaw(placeholder: string | undefined, value: string | undefined): string | undefined {
  if (placeholder === undefined) return value === undefined ? undefined : "takes no value";
  // A value that looks like an option is a value forgotten; `--to=-x` still says it.
  return value === undefined || value === "" ? `needs a value: ${placeholder}` : undefined;
}

function suggest(
  kind: string,
  typed: string,
  known: readonly string[],
  helpWith: string,
): CommandLine {
  const nearest = findNearest(typed, known);
  const hint = nearest === undefined ? "" : `. Did you mean ${nearest}?`;
  return misuse(`There is no ${kind} ${quote(typed)}${hint}`, helpWith);
}

const quotedCharactersMax = 40;

function quote(text: string): string {
  return JSON.stringify(text.slice(0, quotedCharactersMax));
}

function misuse(says: string, helpWith: string): CommandLine {
  return { kind: "misused", says, helpWith };
}
