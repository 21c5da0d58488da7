import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandContext } from "../command-context.ts";
import { Secret } from "../configuration-secret.ts";

const othersMask = 0o077;
const fileBytesMax = 8192;

/** A secret, or why there is none, in words that quote nothing of it. */
export type SecretRead = { readonly secret: Secret } | { readonly says: string };

export interface SecretQuestion {
  /** What it is, as a sentence begins with it: `Passphrase`. */
  readonly name: string;
  /** The option that names a file with it. */
  readonly option: string;
  /** What that option was given. */
  readonly file: string | true | undefined;
  /** Whether a slip would do harm, so that it is asked for twice. */
  readonly asksTwice: boolean;
}

/** A secret from the first line of the file that an option names, else from the terminal. */
export async function readSecret(
  context: CommandContext,
  question: SecretQuestion,
): Promise<SecretRead> {
  const { file } = question;
  if (typeof file === "string") return readFromFile(resolve(context.cwd, file), question);
  return readFromTerminal(context, question);
}

function readFromFile(file: string, { name }: SecretQuestion): SecretRead {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return { says: `There is no file ${file}.` };
  if (stat.isFile() && (stat.mode & othersMask) !== 0) {
    return { says: `Others can read ${file}. Run: chmod 600 ${file}` };
  }
  if (stat.size > fileBytesMax) {
    return { says: `${file} is no ${name.toLowerCase()}: it is too large.` };
  }
  const [first = ""] = readFileSync(file, "utf8").split(/\r?\n/, 1);
  return { secret: new Secret(first) };
}

async function readFromTerminal(
  context: CommandContext,
  { name, option, asksTwice }: SecretQuestion,
): Promise<SecretRead> {
  const thing = name.toLowerCase();
  const none = {
    says: `There is no ${thing}. Name a file with --${option}, or use a terminal.`,
  };
  const typed = await context.askSecret(`${name}: `);
  if (typed === undefined) return none;
  if (asksTwice) {
    const again = await context.askSecret("The same again: ");
    if (again === undefined) return none;
    if (again !== typed) return { says: `The two ${thing}s differ. Nothing was written.` };
  }
  return { secret: new Secret(typed) };
}
