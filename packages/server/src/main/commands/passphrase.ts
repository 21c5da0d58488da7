import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { passphraseCharsMax, passphraseCharsMin } from "../../platform/keys/sealed-export.ts";
import type { CommandContext, OptionValues } from "../command-context.ts";
import { Secret } from "../configuration-secret.ts";

const othersMask = 0o077;
const fileBytesMax = 8192;

/** A passphrase, or why there is none, in words that quote nothing of it. */
export type PassphraseRead = { readonly passphrase: Secret } | { readonly says: string };

/**
 * The passphrase from the file that the option names, else from the terminal; asked for twice
 * where a slip would seal something for good.
 */
export async function readPassphrase(
  context: CommandContext,
  options: OptionValues,
  asksTwice: boolean,
): Promise<PassphraseRead> {
  const file = options["passphrase-file"];
  const read =
    typeof file === "string"
      ? readFromFile(resolve(context.cwd, file))
      : await readFromTerminal(context, asksTwice);
  if ("says" in read) return read;
  const length = [...read.passphrase.reveal().normalize("NFKC")].length;
  if (length >= passphraseCharsMin && length <= passphraseCharsMax) return read;
  return {
    says: `A passphrase has ${passphraseCharsMin} to ${passphraseCharsMax} characters; five random words are a good one.`,
  };
}

function readFromFile(file: string): PassphraseRead {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return { says: `There is no file ${file}.` };
  if (stat.isFile() && (stat.mode & othersMask) !== 0) {
    return { says: `Others can read ${file}. Run: chmod 600 ${file}` };
  }
  if (stat.size > fileBytesMax) return { says: `${file} is no passphrase: it is too large.` };
  const [first = ""] = readFileSync(file, "utf8").split(/\r?\n/, 1);
  return { passphrase: new Secret(first) };
}

const noPassphrase = {
  says: "There is no passphrase. Name a file with --passphrase-file, or use a terminal.",
} as const;

async function readFromTerminal(
  context: CommandContext,
  asksTwice: boolean,
): Promise<PassphraseRead> {
  const typed = await context.askSecret("Passphrase: ");
  if (typed === undefined) return noPassphrase;
  if (asksTwice) {
    const again = await context.askSecret("The same again: ");
    if (again === undefined) return noPassphrase;
    if (again !== typed) return { says: "The two passphrases differ. Nothing was written." };
  }
  return { passphrase: new Secret(typed) };
}
