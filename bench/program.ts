/** A program of a benchmark in a process of its own, pinned to a core, that answers questions. */
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";

const stopWithinMs = 10_000;

export interface Program<Ready> {
  /** What the program said when it was ready. */
  readonly ready: Ready;
  readonly pid: number;
  /** Asks the program something; it answers in the order in which it is asked. */
  ask<Answer>(question: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** The core on which everything runs that is measured; what loads it runs on the others. */
export const measuredCore = 0;

/** Starts a program; throws what it printed if it ends before it is ready. */
export async function startProgram<Ready>(file: URL, setting: unknown): Promise<Program<Ready>> {
  const execArgv = ["--disable-warning=ExperimentalWarning"];
  const child = fork(file, [JSON.stringify(setting)], { execArgv, silent: true });
  pin(child.pid ?? 0, [measuredCore]);
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  }
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`${file.pathname} ended by itself (${code}): ${printed.join("")}`);
  });
  ended.catch(() => {});
  const [ready] = await Promise.race([once(child, "message"), ended]);
  return {
    ready: ready as Ready,
    pid: child.pid ?? 0,
    ask: async <Answer>(question: string) => {
      child.send(question);
      const [answer] = await Promise.race([once(child, "message"), ended]);
      return answer as Answer;
    },
    stop: () => stop(child),
  };
}

/** Pins all threads of a process to cores; where that cannot be, the run goes on and says so. */
export function pin(pid: number, cores: readonly number[]): void {
  try {
    execFileSync("taskset", ["-a", "-c", "-p", cores.join(","), String(pid)], { stdio: "ignore" });
  } catch {
    process.stderr.write("! taskset is missing: nothing is pinned to a core\n");
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopWithinMs);
  child.disconnect();
  await gone;
  clearTimeout(timer);
}
