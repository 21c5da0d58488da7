/** The real program, as `npm start` runs it once everything is prepared. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const startTimeoutMs = 60_000;

/** Where an installation keeps what it keeps. */
export interface Folders {
  readonly home: string;
  readonly keys: string;
}

/** One installation with the demo, started, killed and started again on the same folders. */
export class FoyerProcess {
  readonly #base = mkdtempSync(join(tmpdir(), "foyer-browser-"));
  readonly folders: Folders = { home: join(this.#base, "home"), keys: join(this.#base, "keys") };
  #child: ChildProcess | undefined;
  #output = "";
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** Everything that the program has said so far. */
  get log(): string {
    return this.#output;
  }

  /** Starts on any free port, and from the second time on the same one. */
  async start(): Promise<void> {
    const program = ["packages/server/src/main/foyer.ts", "serve", "--demo"];
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...program], {
      cwd: root,
      env: { ...process.env, ...this.#settings() },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#port = await portOf(child, (text) => {
      this.#output += text;
    });
  }

  #settings() {
    const { home, keys } = this.folders;
    const ports = { PORT: String(this.#port), FILES_PORT: "0" };
    return { FOYER_HOME: home, FOYER_KEYS: keys, ...ports, NODE_TEST_CONTEXT: "" };
  }

  /** Ends it where it stands, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** Ends it and removes its folders. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#base, { recursive: true, force: true });
  }
}

/** Resolves once the program says where it is open. */
function portOf(child: ChildProcess, say: (text: string) => void): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let said = "";
  const hear = (chunk: Buffer) => {
    say(String(chunk));
    said += String(chunk);
    const [, port] = /open at http:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
    if (port !== undefined) resolve(Number(port));
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  child.once("exit", () => reject(new Error(`Foyer did not start:\n${said}`)));
  const late = setTimeout(() => reject(new Error(`Foyer is late:\n${said}`)), startTimeoutMs);
  return promise.finally(() => clearTimeout(late));
}
