import { type CommandContext, type ExitCode, exitCodes } from "../command-context.ts";
import { prepareInstallation } from "./installation.ts";
import { loadSettings } from "./load-settings.ts";
import { withHouse } from "./open-house.ts";
import { keyWarning } from "./welcome.ts";

/** `foyer demo`: makes the demo hotel if it is missing, and prints how to sign in to it. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const override = { option: "foyer demo", name: "FOYER_DEMO", value: "true" };
  const configuration = loadSettings(context, [override]);
  if (configuration === undefined) return exitCodes.misused;
  const { makesKeys } = prepareInstallation(configuration, true);
  const note = await withHouse(context, configuration, async (house) => {
    await house.migrate();
    return house.makeDemo();
  });
  context.print(note.isNew ? "The demo hotel is ready." : "The demo hotel was there already.");
  context.print(`Sign in with ${note.email} and the password ${note.password}`);
  if (makesKeys) context.print(["", ...keyWarning].join("\n"));
  return exitCodes.done;
}
