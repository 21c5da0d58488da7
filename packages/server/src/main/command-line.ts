import { parseArgs } from "node:util";
import type { OptionValues } from "./command-context.ts";
import { type Command, type CommandOption, commands, commonOptions } from "./command-table.ts";
import { findNearest } from "./configuration-nearest.ts";

/** What somebody typed, understood. */
export type CommandLine =
  | { readonly kind: "run"; readonly command: Command; readonly options: OptionValues }
  /** Help for the commands named: one of them, a family like `keys`, or all. */
  | { readonly kind: "help"; readonly about: readonly Command[]; readonly family?: string }
  | { readonly kind: "version" }
  /** Everything that is wrong, in the order in which it was typed. */
  | { readonly kind: "misused"; readonly says: readonly string[]; readonly helpWith: string };

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
  if (second === "--help" || second === "-h") return { kind: "help", about: family, family: first };
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
  const tokens = tokensOf(known, args);
  if (tokens.some(asksForHelp)) return { kind: "help", about: [command] };
  const options: Record<string, string | true> = {};
  const flaws = tokens.flatMap((token, index) => {
    if (token.kind === "option-terminator") return [];
    if (token.kind === "positional") {
      // What follows an option that there is not was meant for it, and may be a secret.
      const before = tokens[index - 1];
      const isItsValue =
        before?.kind === "option" && !known.some(({ name }) => name === before.name);
      return isItsValue ? [] : [`${command.words} takes no ${quote(token.value)}`];
    }
    const option = known.find(({ name }) => name === token.name);
    if (option === undefined) {
      const names = known.map(({ name }) => `--${name}`);
      return [describeUnknown("option", token.rawName, names)];
    }
    options[option.name] = token.value ?? true;
    const flaw = findFlaw(option.value, token.value);
    return flaw === undefined ? [] : [`--${option.name} ${flaw}`];
  });
  const missing = command.options
    .filter(({ name, isRequired }) => isRequired && options[name] === undefined)
    .map(({ name, value }) => `${command.words} needs --${name} ${value}`);
  const says = [...flaws, ...missing];
  if (says.length === 0) return { kind: "run", command, options };
  return { kind: "misused", says, helpWith: `foyer ${command.words} --help` };
}

function tokensOf(known: readonly CommandOption[], args: readonly string[]) {
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
  return tokens;
}

function asksForHelp(token: ReturnType<typeof tokensOf>[number]): boolean {
  return token.kind === "option" && token.name === "help";
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
  return misuse(describeUnknown(kind, typed, known), helpWith);
}

function describeUnknown(kind: string, typed: string, known: readonly string[]): string {
  const nearest = findNearest(typed, known);
  const hint = nearest === undefined ? "" : `. Did you mean ${nearest}?`;
  return `There is no ${kind} ${quote(typed)}${hint}`;
}

const quotedCharactersMax = 40;

function quote(text: string): string {
  return JSON.stringify(text.slice(0, quotedCharactersMax));
}

function misuse(says: string, helpWith: string): CommandLine {
  return { kind: "misused", says: [says], helpWith };
}
