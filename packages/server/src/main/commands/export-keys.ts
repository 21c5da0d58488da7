import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { sealExport } from "../../platform/keys/sealed-export.ts";
import {
  type CommandContext,
  type ExitCode,
  exitCodes,
  type OptionValues,
} from "../command-context.ts";
import { isWithin } from "../configuration-rules.ts";
import { loadSettings } from "./load-settings.ts";
import { readPassphrase } from "./passphrase.ts";

const ownerOnly = 0o600;

/** `foyer keys export`: writes a sealed copy of the keys, and says what it means. */
export async function run(context: CommandContext, options: OptionValues): Promise<ExitCode> {
  const configuration = loadSettings(context);
  if (configuration === undefined) return exitCodes.misused;
  const file = resolve(context.cwd, String(options["to"]));
  const refusal = findRefusal(file, configuration.home);
  if (refusal !== undefined) return misuse(context, refusal);
  const read = await readPassphrase(context, options, true);
  if ("says" in read) return misuse(context, read.says);
  await writeNew(file, await sealExport(configuration.keys, read.secret.reveal()));
  context.print(
    [
      `The sealed copy of the keys is ${file}`,
      "Keep it and its passphrase apart from each other, and from the backups.",
      "An erasure cannot reach it: while this copy and backups from before an erasure exist,",
      "what was erased can still be read. Make a new copy after each erasure, destroy this one.",
    ].join("\n"),
  );
  return exitCodes.done;
}

function findRefusal(file: string, home: string): string | undefined {
  if (existsSync(file)) return `${file} exists already. Name a new file.`;
  if (!isWithin(file, home)) return undefined;
  return `${file} lies in the folder of the state, and so would in its backups. Name another place.`;
}

function misuse(context: CommandContext, says: string): ExitCode {
  context.complain(says);
  return exitCodes.misused;
}

/** Writes a file that must not exist yet, and is on disk when this resolves. */
async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, "wx", ownerOnly);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
