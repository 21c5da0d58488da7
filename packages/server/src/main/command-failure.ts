import { describeError } from "../platform/log.ts";

/** Classes of errors whose message was written for whoever runs Foyer, and quotes no content. */
const spoken: ReadonlySet<string> = new Set([
  "Fault",
  "KeyServiceFault",
  "SealedExportFault",
  "StoreFault",
]);

/**
 * Why a command failed, in words that are safe to show. What nobody expected is told by its class
 * and place alone, because its message may quote anything.
 */
export function describeFailure(error: unknown): string {
  if (error instanceof Error && spoken.has(error.name)) return `${error.message}.`;
  if (isSystemError(error)) return `The system refused: ${error.message}.`;
  const { error: name, at } = describeError(error);
  const lines = [`Foyer failed in a way that nobody expected (${name}):`, ...at];
  return [...lines, "Send these lines with a report; they hold no guest's data."].join("\n");
}

/** An error of the operating system, with its code, such as EADDRINUSE. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}
