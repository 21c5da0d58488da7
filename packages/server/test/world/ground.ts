import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Carrier, createCarrier } from "@foyer/simulator";
import type { Assembly } from "../../src/main/assemble.ts";
import { type OpenedStore, type PrimaryStore, sqlite } from "../engines.ts";
import { CarrierLine } from "./carrier-line.ts";
import { CollectedLog } from "./collected-log.ts";
import { FakeClock } from "./fake-clock.ts";
import { type InterceptableEngine, makeInterceptable } from "./interceptable-engine.ts";

/** What a World stands on, and what it must give back. */
export class Ground {
  readonly folder: string;
  readonly opened: OpenedStore;
  readonly held: InterceptableEngine;
  readonly clock = new FakeClock();
  readonly log = new CollectedLog();
  readonly carrier: Carrier;
  readonly carrierLine: CarrierLine;
  readonly stopping = new AbortController();
  readonly statements: string[] = [];
  /** Where the server listens, once it does. */
  url = "";
  /** The same of what serves attachments. */
  filesUrl = "";
  readonly #underWay = new Set<Promise<unknown>>();
  #posts = 0;

  private constructor(opened: OpenedStore) {
    this.folder = mkdtempSync(join(tmpdir(), "foyer-world-"));
    this.opened = opened;
    this.held = makeInterceptable(opened.engine);
    const { clock } = this;
    const pace = { sentMs: 0, deliveredMs: 0 };
    this.carrier = createCarrier({ clock, pace, fetch: (url, init) => this.#post(url, init) });
    this.carrierLine = new CarrierLine(this.carrier);
  }

  static async open(engine: PrimaryStore = sqlite): Promise<Ground> {
    return new Ground(await engine.open());
  }

  /** How many deliveries the carrier has begun to post. */
  get posts(): number {
    return this.#posts;
  }

  async postsEnded(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  async close(assembly: Assembly): Promise<void> {
    await this.carrierLine.down();
    this.carrier.close();
    await assembly.close();
    await this.opened.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #post(url: string | URL | Request, init?: RequestInit): Promise<Response> {
    this.#posts += 1;
    const posted = fetch(url, init);
    this.#underWay.add(posted);
    const end = () => this.#underWay.delete(posted);
    posted.then(end, end);
    return posted;
  }
}
