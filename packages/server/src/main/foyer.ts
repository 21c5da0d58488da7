#!/usr/bin/env node
import type { CommandContext } from "./command-context.ts";
import { runCommandLine } from "./command-run.ts";
import { askSecret } from "./command-terminal.ts";

const stopMsMax = 10_000;
const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

// Whatever is written, whoever opens the file: only the account that runs Foyer may read it.
process.umask(0o077);

const context: CommandContext = {
  environment: process.env,
  cwd: process.cwd(),
  print: (text) => {
    process.stdout.write(`${text}\n`);
  },
  complain: (text) => {
    process.stderr.write(`${text}\n`);
  },
  isColoured: process.stdout.isTTY === true && process.stdout.hasColors(),
  compose: () => import("./compose.ts"),
  askSecret: (question) => askSecret(question, process.stdin, process.stderr),
  onStopSignal: (listener) => {
    for (const signal of stopSignals) process.on(signal, listener);
    return () => {
      for (const signal of stopSignals) process.off(signal, listener);
    };
  },
  exitNow: (code) => process.exit(code),
  stopMsMax,
};

process.exitCode = await runCommandLine(process.argv.slice(2), context);
