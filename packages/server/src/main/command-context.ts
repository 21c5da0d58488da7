import type { Environment } from "./configuration-sources.ts";
import type { Composition } from "./house.ts";

/** All that a command sees of the world, so that a test can be that world. */
export interface CommandContext {
  readonly environment: Environment;
  /** The working folder, absolute. */
  readonly cwd: string;
  /** Writes a text and a line's end to the standard output. */
  print(text: string): void;
  /** Writes a text and a line's end to the standard error. */
  complain(text: string): void;
  /** Whether what is printed goes to a terminal that shows colours. */
  readonly isColoured: boolean;
  /** Loads what puts the house together. */
  compose(): Promise<Composition>;
  /** Asks on the terminal without echo; undefined where there is no terminal. */
  askSecret(question: string): Promise<string | undefined>;
  /** Calls back at every signal that asks the process to stop, until the answer is called. */
  onStopSignal(listener: () => void): () => void;
  /** Ends the process at once. */
  exitNow(code: number): void;
  /** How long an orderly end may take, in milliseconds. */
  readonly stopMsMax: number;
}

/** Exit codes, the same for every command. */
export const exitCodes = { done: 0, failed: 1, misused: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Option values by name, as the command's row in the table admits them. */
export type OptionValues = Readonly<Record<string, string | true>>;

/** What every command's file exports. */
export interface CommandModule {
  run(context: CommandContext, options: OptionValues): Promise<ExitCode>;
}
