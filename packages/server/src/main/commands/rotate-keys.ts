import { type CommandContext, type ExitCode, exitCodes } from "../command-context.ts";
import { prepareInstallation } from "./installation.ts";
import { loadSettings } from "./load-settings.ts";
import { withHouse } from "./open-house.ts";

/** `foyer keys rotate`: gives every organization the next key under which its content is sealed. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const configuration = loadSettings(context);
  if (configuration === undefined) return exitCodes.misused;
  prepareInstallation(configuration, true);
  const organizations = await withHouse(context, configuration, async (house) => {
    await house.migrate();
    return house.rotateKeys();
  });
  context.print(`Organizations with a new key: ${organizations}`);
  context.print("It seals what is written from five minutes on. The keys before it stay.");
  return exitCodes.done;
}
