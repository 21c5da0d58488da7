import { pino } from "pino";

/** Structured, without content: names, codes, counts, durations, opaque request ids. */
export interface Log {
  debug(facts: object, event: string): void;
  info(facts: object, event: string): void;
  warn(facts: object, event: string): void;
  error(facts: object, event: string): void;
}

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** A log that writes JSON lines to the standard output. */
export function createLog(level: LogLevel): Log {
  return pino({ level, base: null, formatters: { level: (label) => ({ level: label }) } });
}

/**
 * What may be said of an unexpected error: its class and where it was thrown. Its message may
 * quote what somebody wrote, so it stays out, also where a line of it looks like a place in code.
 */
export function describeError(error: unknown): { error: string; at: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const { stack = "", message } = error;
  // A stack begins with the message that the error was made with. If that is not this one, nobody
  // knows where it ends.
  const start = stack.indexOf(message);
  const places = start < 0 ? "" : stack.slice(start + message.length);
  const frames = places.split("\n").filter((line) => /^\s+at /.test(line));
  return { error: error.name, at: frames.slice(0, 6).map((line) => line.trim()) };
}
