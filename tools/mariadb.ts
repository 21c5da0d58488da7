/** A real MariaDB for one run of the tests: its own folder, port, certificate and password. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findProgram, type Program } from "./debian.ts";

/**
 * What must be installed. Debian's core packages carry the server without starting one on the
 * machine, which `mariadb-server` would.
 */
export const mariadbPrograms: readonly Program[] = [
  { names: ["mariadbd"], packages: ["mariadb-server-core"] },
  { names: ["my_print_defaults"], packages: ["mariadb-client-core"] },
  { names: ["openssl"], packages: ["openssl"] },
];

const readyWithinMs = 60_000;
const stoppedWithinMs = 30_000;
const pollEveryMs = 50;

export interface Mariadb {
  /** `mysql://user:password@127.0.0.1:port`, of a user who may make databases and users. */
  readonly url: string;
  /** File of the certificate that the server shows; it is its own authority. */
  readonly certificate: string;
  /** Folder in which the server keeps everything, logs included. */
  readonly dataFolder: string;
  readonly pid: number;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a server on a free loopback port; if it does not come up, throws the end of its log. */
export async function startMariadb(): Promise<Mariadb> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-mariadb-"));
  chmodSync(folder, 0o755);
  try {
    return await startIn(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string): Promise<Mariadb> {
  const data = join(folder, "data");
  const log = join(folder, "log");
  mkdirSync(data);
  const account = serverAccount();
  const password = randomBytes(16).toString("hex");
  const files = { ...makeCertificate(folder), init: join(folder, "init.sql") };
  // The statements run before the server takes its first connection.
  writeFileSync(
    files.init,
    `CREATE USER 'foyer'@'127.0.0.1' IDENTIFIED BY '${password}';\n` +
      "GRANT ALL ON *.* TO 'foyer'@'127.0.0.1' WITH GRANT OPTION;\n",
  );
  giveTo(account, [data, files.key, files.init]);
  makeSystemTables(data, account);
  const port = await freePort();
  const server = spawnServer({ data, log, port, account, ...files });
  try {
    await greeted(server, port, log);
  } catch (error) {
    server.kill("SIGKILL");
    throw error;
  }
  return {
    url: `mysql://foyer:${password}@127.0.0.1:${port}`,
    certificate: files.certificate,
    dataFolder: data,
    pid: server.pid ?? 0,
    stop: async () => {
      await stop(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** MariaDB refuses to be root; anybody else runs it as themselves. */
function serverAccount(): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync("/etc/passwd", "utf8");
  return /^mysql:/m.test(accounts) ? "mysql" : "nobody";
}

function giveTo(account: string | undefined, paths: readonly string[]): void {
  if (account !== undefined) execFileSync("chown", [account, ...paths]);
}

function makeCertificate(folder: string): { key: string; certificate: string } {
  const key = join(folder, "server.key");
  const certificate = join(folder, "server.crt");
  const names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-days", "2", "-subj", "/CN=localhost", "-addext", names],
      ...["-keyout", key, "-out", certificate],
    ],
    { stdio: "pipe" },
  );
  return { key, certificate };
}

function makeSystemTables(data: string, account: string | undefined): void {
  const as = account === undefined ? [] : [`--user=${account}`];
  const options = ["--auth-root-authentication-method=normal", "--skip-test-db"];
  execFileSync(
    findProgram(["mariadb-install-db"]) ?? "mariadb-install-db",
    ["--no-defaults", ...as, `--datadir=${data}`, ...options],
    { stdio: "pipe" },
  );
}

interface ServerFiles {
  readonly data: string;
  readonly log: string;
  readonly port: number;
  readonly account: string | undefined;
  readonly key: string;
  readonly certificate: string;
  readonly init: string;
}

function spawnServer(files: ServerFiles): ChildProcess {
  const log = openSync(files.log, "a");
  const server = spawn(
    findProgram(["mariadbd"]) ?? "mariadbd",
    [
      "--no-defaults",
      ...(files.account === undefined ? [] : [`--user=${files.account}`]),
      `--datadir=${files.data}`,
      `--socket=${join(files.data, "s")}`,
      `--pid-file=${join(files.data, "pid")}`,
      "--bind-address=127.0.0.1",
      `--port=${files.port}`,
      `--init-file=${files.init}`,
      `--ssl-cert=${files.certificate}`,
      `--ssl-key=${files.key}`,
      "--skip-name-resolve",
      "--character-set-server=utf8mb4",
      "--max-connections=400",
      "--innodb-buffer-pool-size=256M",
      // As in production: a commit is on disk before it is acknowledged.
      "--innodb-flush-log-at-trx-commit=1",
    ],
    { stdio: ["ignore", log, log] },
  );
  closeSync(log);
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("No loopback port is free.");
  return address.port;
}

/** Waits until the server sends its greeting, which it does once the first statements have run. */
async function greeted(server: ChildProcess, port: number, log: string): Promise<void> {
  const until = Date.now() + readyWithinMs;
  while (Date.now() < until && server.exitCode === null) {
    if (await greets(port)) return;
    await pause(pollEveryMs);
  }
  const end = readFileSync(log, "utf8").split("\n").slice(-20).join("\n");
  throw new Error(`MariaDB did not start:\n${end}`);
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const answer = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("data", () => answer(true));
    socket.once("error", () => answer(false));
    socket.setTimeout(2_000, () => answer(false));
  });
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  const hurry = setTimeout(() => server.kill("SIGKILL"), stoppedWithinMs);
  await ended;
  clearTimeout(hurry);
}
