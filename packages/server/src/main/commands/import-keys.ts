import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  type ImportOutcome,
  importSealedExport,
  sealedExportBytesMax,
} from "../../platform/keys/sealed-export.ts";
import {
  type CommandContext,
  type ExitCode,
  exitCodes,
  type OptionValues,
} from "../command-context.ts";
import { prepareInstallation } from "./installation.ts";
import { loadSettings } from "./load-settings.ts";
import { readPassphrase } from "./passphrase.ts";

/** `foyer keys import`: brings the keys of a sealed copy back. */
export async function run(context: CommandContext, options: OptionValues): Promise<ExitCode> {
  const configuration = loadSettings(context);
  if (configuration === undefined) return exitCodes.misused;
  const file = resolve(context.cwd, String(options["from"]));
  const refusal = findRefusal(file);
  if (refusal !== undefined) return misuse(context, refusal);
  const read = await readPassphrase(context, options, false);
  if ("says" in read) return misuse(context, read.says);
  // Keys that somebody kept a copy of are not for throwing away.
  prepareInstallation(configuration, false);
  const passphrase = read.secret.reveal();
  const outcome = await importSealedExport(configuration.keys, await readFile(file), passphrase);
  context.print(describeOutcome(outcome));
  return exitCodes.done;
}

function findRefusal(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) return `There is no file ${file}.`;
  return stat.size > sealedExportBytesMax ? `${file} is no sealed copy: too large.` : undefined;
}

function misuse(context: CommandContext, says: string): ExitCode {
  context.complain(says);
  return exitCodes.misused;
}

const afterRestore =
  "What was erased after the copy was made may be back too: erase those tenants again.";

function describeOutcome({ restored, present, refused, destroyed }: ImportOutcome): string {
  return [
    `Keys of tenants brought back: ${restored}. Here already: ${present}.`,
    ...(refused > 0 ? [`Not brought back, because they were erased here: ${refused}.`] : []),
    ...(destroyed > 0 ? [`Destroyed here, because the copy knows them erased: ${destroyed}.`] : []),
    ...(restored > 0 ? [afterRestore] : []),
  ].join("\n");
}
