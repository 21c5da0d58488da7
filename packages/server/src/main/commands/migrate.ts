import { type CommandContext, type ExitCode, exitCodes } from "../command-context.ts";
import { prepareInstallation } from "./installation.ts";
import { loadSettings } from "./load-settings.ts";
import { withHouse } from "./open-house.ts";
import { keyWarning } from "./welcome.ts";

/** `foyer migrate`: brings the primary store to this version's schema. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const configuration = loadSettings(context);
  if (configuration === undefined) return exitCodes.misused;
  const { makesKeys } = prepareInstallation(configuration, true);
  await withHouse(context, configuration, (house) => house.migrate());
  context.print("The database has this version's schema.");
  if (makesKeys) context.print(["", ...keyWarning].join("\n"));
  return exitCodes.done;
}
