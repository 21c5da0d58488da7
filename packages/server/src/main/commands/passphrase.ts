import { passphraseCharsMax, passphraseCharsMin } from "../../platform/keys/sealed-export.ts";
import type { CommandContext, OptionValues } from "../command-context.ts";
import { readSecret, type SecretRead } from "./read-secret.ts";

/**
 * The passphrase from the file that the option names, else from the terminal; asked for twice
 * where a slip would seal something for good.
 */
export async function readPassphrase(
  context: CommandContext,
  options: OptionValues,
  asksTwice: boolean,
): Promise<SecretRead> {
  const option = "passphrase-file";
  const file = options[option];
  const read = await readSecret(context, { name: "Passphrase", option, file, asksTwice });
  if ("says" in read) return read;
  const length = [...read.secret.reveal().normalize("NFKC")].length;
  if (length >= passphraseCharsMin && length <= passphraseCharsMax) return read;
  return {
    says: `A passphrase has ${passphraseCharsMin} to ${passphraseCharsMax} characters; five random words are a good one.`,
  };
}
