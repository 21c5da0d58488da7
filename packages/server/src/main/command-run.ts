import { type CommandContext, type ExitCode, exitCodes } from "./command-context.ts";
import { type CommandLine, readCommandLine } from "./command-line.ts";

/** Does what the arguments after the program's name ask for. Never throws. */
export async function runCommandLine(
  args: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const line = readCommandLine(args);
  try {
    return await follow(line, context);
  } catch (error) {
    const { describeFailure } = await import("./command-failure.ts");
    context.complain(describeFailure(error));
    return exitCodes.failed;
  }
}

async function follow(line: CommandLine, context: CommandContext): Promise<ExitCode> {
  switch (line.kind) {
    case "run":
      return (await line.command.load()).run(context, line.options);
    case "help": {
      const { describeCommands } = await import("./command-help.ts");
      context.print(describeCommands(line.about, line.family));
      return exitCodes.done;
    }
    case "version":
      context.print((await import("./command-version.ts")).version);
      return exitCodes.done;
    case "misused":
      for (const says of line.says) context.complain(`${says}${/[.?]$/.test(says) ? "" : "."}`);
      context.complain(`Try: ${line.helpWith}`);
      return exitCodes.misused;
  }
}
