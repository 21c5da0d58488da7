import { join } from "node:path";
import type { Carrier } from "@foyer/simulator";
import type { FastifyInstance } from "fastify";
import { createApp, createFilesApp } from "../../src/main/app.ts";
import { type Assembly, assemble } from "../../src/main/assemble.ts";
import { bindInstallation } from "../../src/main/installation-route.ts";
import { eveningOf } from "../../src/main/simulator.ts";
import type { WayOut } from "../../src/modules/tenancy/index.ts";
import { openFileBlobStore } from "../../src/platform/blobs/file-blob-store.ts";
import { openKeyFile } from "../../src/platform/keys/key-file.ts";
import { openFts5SearchEngine } from "../../src/platform/search/fts5/engine.ts";
import { type Engine, migrate } from "../../src/platform/store/index.ts";
import { openStoreAt, type PrimaryStore } from "../engines.ts";
import type { CarrierLine } from "./carrier-line.ts";
import type { CollectedLog } from "./collected-log.ts";
import type { FakeClock } from "./fake-clock.ts";
import type { Following } from "./following.ts";
import { Ground } from "./ground.ts";
import type { Interceptor } from "./interceptable-engine.ts";
import { Tenant, type TenantOptions } from "./tenant.ts";

export interface WorldOptions {
  /** Where the rows are; SQLite unless given. */
  readonly engine?: PrimaryStore;
  /** Proxies that the server is told to trust: it then believes that browsers come over TLS. */
  readonly trustedProxies?: readonly string[];
  readonly sessionLimits?: { readonly idleMs: number; readonly absoluteMs: number };
  /** A house that shows a demo has one; none unless given. */
  readonly wayOut?: WayOut;
  /** The origin that providers are told of: a proxy's, say. The server's own unless given. */
  readonly publicOrigin?: string;
  /** Where Twilio's API is; nobody listens there unless given. */
  readonly twilioApiUrl?: string;
}

interface Apps {
  readonly app: FastifyInstance;
  readonly filesApp: FastifyInstance;
}

const hourMs = 60 * 60_000;
const defaultSessionLimits = { idleMs: 8 * hourMs, absoluteMs: 7 * 24 * hourMs };
/** Quiet so many rounds in a row, nothing moves any more. */
const quietRoundsMin = 2;
const roundsMax = 5_000;

/**
 * The true server on a loopback port, with a true store in a folder of its own, the simulator's
 * carrier on a listener beside it, and a clock that stands still. What happens in it is told by
 * its log, which is judged when the World ends.
 */
export class World {
  readonly clock: FakeClock;
  readonly log: CollectedLog;
  readonly assembly: Assembly;
  readonly app: FastifyInstance;
  readonly filesApp: FastifyInstance;
  readonly carrier: Carrier;
  readonly url: string;
  readonly #ground: Ground;
  readonly #followings: Following[] = [];
  readonly #options: WorldOptions;
  readonly #otherProcesses: Assembly[] = [];
  #numbers = 0;
  #hotelNumbers = 0;

  private constructor(
    options: WorldOptions,
    ground: Ground,
    assembly: Assembly,
    apps: Apps,
    url: string,
  ) {
    this.#options = options;
    this.#ground = ground;
    this.clock = ground.clock;
    this.log = ground.log;
    this.carrier = ground.carrier;
    this.assembly = assembly;
    this.app = apps.app;
    this.filesApp = apps.filesApp;
    this.url = url;
  }

  static async open(options: WorldOptions = {}): Promise<World> {
    const ground = await Ground.open(options.engine);
    const assembly = await assembleOn(ground, options);
    await migrate(assembly.engine, assembly.migrations);
    const app = await createApp(assembly, ["app", "api", "services"], {
      trustedProxies: options.trustedProxies ?? [],
      stopping: ground.stopping.signal,
    });
    bindInstallation(app, assembly, false);
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    ground.url = url;
    const filesApp = await createFilesApp(assembly, {
      trustedProxies: options.trustedProxies ?? [],
    });
    ground.filesUrl = await filesApp.listen({ host: "127.0.0.1", port: 0 });
    await ground.carrierLine.up();
    assembly.runner.start();
    assembly.indexer.start();
    return new World(options, ground, assembly, { app, filesApp }, url);
  }

  /** Makes a tenant with its hotels, and an agent of each role. */
  tenant(name: string, options?: TenantOptions): Promise<Tenant> {
    return Tenant.open(this, name, options);
  }

  /** A phone that no guest has yet: 07700 900000 and on (Ofcom's range for fiction). */
  freeNumber(): string {
    this.#numbers += 1;
    return `+447700900${String(this.#numbers).padStart(3, "0")}`;
  }

  /** A number for a hotel: (312) 555-0100 and on. */
  freeHotelNumber(): string {
    this.#hotelNumbers += 1;
    return `+131255501${String(this.#hotelNumbers).padStart(2, "0")}`;
  }

  /** Cuts the carrier's line to the server's sends, held ones included, and mends it. */
  get carrierLine(): CarrierLine {
    return this.#ground.carrierLine;
  }

  /** Where attachments are served. */
  get filesUrl(): string {
    return this.#ground.filesUrl;
  }

  /** The folder of everything that the server writes and that is no row. */
  get folder(): string {
    return this.#ground.folder;
  }

  /** Resolves when all that can happen at this instant has: the clock does not move. */
  async settle(): Promise<void> {
    const { runner, queue, store, indexer } = this.assembly;
    let quietRounds = 0;
    for (let round = 0; quietRounds < quietRoundsMin; round += 1) {
      if (round === roundsMax) throw new Error("the World does not come to rest");
      const before = this.#ground.posts;
      await turn();
      await this.#ground.postsEnded();
      const due = await runner.sweep();
      await queue.idle();
      await store.idle();
      await indexer.catchUp();
      const isQuiet = due === 0 && before === this.#ground.posts;
      quietRounds = isQuiet ? quietRounds + 1 : 0;
    }
  }

  /** Moves the clock on, from timer to timer and job to job, letting each have its effect. */
  async advance(ms: number): Promise<void> {
    await this.settle();
    const end = this.clock.now() + ms;
    for (let step = 0; ; step += 1) {
      const next = Math.min(this.clock.nextTimerAt ?? Infinity, await this.#nextJobAt());
      if (next > end) break;
      if (step === roundsMax) throw new Error("a job stays due and does not run");
      this.clock.moveTo(next);
      await this.settle();
    }
    this.clock.moveTo(end);
    await this.settle();
  }

  /** The names of the statements that ran while something was done. */
  async statementsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
    const { statements } = this.#ground;
    const before = statements.length;
    await work();
    return statements.slice(before);
  }

  /** Stops jobs and index, so that every statement from here on is somebody's who asks. */
  async stopWork(): Promise<void> {
    await this.settle();
    await this.assembly.runner.close();
    await this.assembly.indexer.close();
  }

  /** Comes between store and engine, until it is taken away again with `undefined`. */
  intercept(interceptor: Interceptor | undefined): void {
    this.#ground.held.interceptor = interceptor;
  }

  /** Does something to the rows behind the server's back. Returns how many changed. */
  async tamper(sql: string, parameters: readonly (string | number | Uint8Array | null)[] = []) {
    const transaction = await this.#ground.opened.engine.begin();
    try {
      const { changed } = await transaction.run(sql, parameters, "tamper");
      await transaction.commit();
      return changed;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }

  /** Reads the rows behind the server's back. */
  async peek(sql: string, parameters: readonly (string | number | Uint8Array | null)[] = []) {
    const { rows } = await this.#ground.opened.engine.reader.run(sql, parameters, "peek");
    return rows;
  }

  /** One more process of the same installation: connections of its own, the same rows and keys. */
  async anotherProcess(): Promise<Assembly> {
    const engine = openStoreAt(this.#ground.opened.address);
    const name = `process-${this.#otherProcesses.length + 2}`;
    const assembly = await assembleOn(this.#ground, this.#options, { engine, name });
    this.#otherProcesses.push(assembly);
    return assembly;
  }

  /** A stream that ends with the World. */
  keep(following: Following): void {
    this.#followings.push(following);
  }

  /** Stops everything, removes what it left, and judges the log. */
  async close(): Promise<void> {
    for (const following of this.#followings) await following.cut();
    this.#ground.stopping.abort();
    await this.assembly.runner.close();
    await this.assembly.indexer.close();
    await this.app.close();
    await this.filesApp.close();
    for (const assembly of this.#otherProcesses) await assembly.close();
    await this.#ground.close(this.assembly);
    this.log.assertClean();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #nextJobAt(): Promise<number> {
    const [row] = await this.peek("select min(due_at) as due from job where state <> 'dead'");
    const due = row?.["due"];
    return typeof due === "number" ? due : Infinity;
  }
}

interface Process {
  readonly engine: Engine;
  readonly name: string;
}

async function assembleOn(
  ground: Ground,
  options: WorldOptions,
  process: Process = { engine: ground.held.engine, name: "search" },
): Promise<Assembly> {
  const { clock, log, folder, statements, carrierLine } = ground;
  const evening = eveningOf(ground.carrier);
  return assemble({
    engine: process.engine,
    keys: await openKeyFile({ folder: join(folder, "keys"), clock, ifMissing: "create" }),
    searchEngine: openFts5SearchEngine(join(folder, `${process.name}.db`)),
    blobs: openFileBlobStore(join(folder, "blobs")),
    clock,
    log,
    sessionLimits: options.sessionLimits ?? defaultSessionLimits,
    simulatorUrl: () => carrierLine.url,
    filesOrigin: () => ground.filesUrl,
    publicOrigin: () => options.publicOrigin ?? ground.url,
    twilioApiUrl: options.twilioApiUrl ?? "http://127.0.0.1:9",
    evening: () => evening,
    observer: { statement: (name) => statements.push(name) },
    ...(options.wayOut ? { wayOut: options.wayOut } : {}),
  });
}

/** Lets everything happen that needs no time. */
async function turn(): Promise<void> {
  for (let times = 0; times < 4; times += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
