import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { OpenedStore } from "../engines.ts";
import { Desk } from "./desk.ts";
import { openCarrier, type WatchedCarrier } from "./fake-carrier.ts";
import { Guests } from "./guests.ts";
import type { Chance } from "./random.ts";
import { type Listening, startVictim, type Victim } from "./victim.ts";

/**
 * Each house wakes up so much later than the one before died, by its clock and the carrier's:
 * longer than a job's lease, as if the machine had been down for a minute.
 */
const downMs = 61_000;
const desksCount = 3;
/** A house dies after so many answers, or when a slow machine has taken so long over fewer. */
const answersPerLifeMax = 12;
const lifeMsMax = 4_000;
/** From there to its death, where that waits for nothing. */
const lastMsMax = 60;
/** What the death waits for comes within this, or it waits no longer. */
const sightMsMax = 2_000;
const birthMsMax = 1_500;
const betweenTextsMsMax = 12;
const settlesWithinMs = 60_000;
const lookEveryMs = 50;

/** A house that is killed again and again while guests and agents go on. */
export class Campaign {
  readonly carrier: WatchedCarrier;
  readonly guests: Guests;
  readonly desks: readonly Desk[];
  /** Messages whose sending was in flight when a house was killed. */
  readonly sendsCutShort = new Set<string>();
  readonly #store: OpenedStore;
  readonly #chance: Chance;
  readonly #clock: { aheadMs: number };
  readonly #folder = mkdtempSync(join(tmpdir(), "foyer-crash-"));
  #victim: Victim | undefined;

  private constructor(
    store: OpenedStore,
    chance: Chance,
    carrier: WatchedCarrier,
    clock: { aheadMs: number },
  ) {
    this.#store = store;
    this.#chance = chance;
    this.#clock = clock;
    this.carrier = carrier;
    this.guests = new Guests(carrier.carrier, chance);
    this.desks = Array.from({ length: desksCount }, () => new Desk(chance));
  }

  static async open(store: OpenedStore, chance: Chance): Promise<Campaign> {
    // Every house opens the database for itself.
    await store.engine.close();
    const clock = { aheadMs: 0 };
    const carrier = await openCarrier(() => Date.now() + clock.aheadMs);
    return new Campaign(store, chance, carrier, clock);
  }

  /** Starts the house and kills it before it can be reached. */
  async dieAtBirth(): Promise<void> {
    const victim = this.#start();
    const reached = victim.listening.then(
      () => "listening",
      (error: unknown) => error,
    );
    const outcome = await Promise.race([pause(this.#chance.below(birthMsMax)), reached]);
    if (outcome instanceof Error) throw outcome;
    await victim.kill();
  }

  /**
   * Starts the house, lets everybody at it, and kills it in the midst of that: at any moment, or
   * in the very moment in which the carrier gets an acknowledgement, or a message to send.
   */
  async liveAndDie(): Promise<void> {
    const house = await this.live();
    const work = Promise.all(this.desks.map((desk) => desk.work(house.demo.propertyId)));
    let death: Promise<void> | undefined;
    const die = () => {
      death ??= this.#victim?.kill();
    };
    const enough = this.#answered + this.#chance.below(answersPerLifeMax);
    const sight = this.#chance.pick(["acknowledgement", "send", "nothing"] as const);
    await this.#stirUntil(house, lifeMsMax, () => this.#answered >= enough);
    if (sight !== "nothing") this.carrier.onNext(sight, die);
    const waitMs = sight === "nothing" ? this.#chance.below(lastMsMax) : sightMsMax;
    await this.#stirUntil(house, waitMs, () => death !== undefined);
    die();
    await death;
    await work;
  }

  get #answered(): number {
    const replies = this.desks.flatMap((desk) => desk.replies);
    return replies.filter(({ isAcknowledged }) => isAcknowledged).length;
  }

  async #stirUntil(house: Listening, msMax: number, isSo: () => boolean): Promise<void> {
    const until = performance.now() + msMax;
    while (!isSo() && performance.now() < until) await this.#stir(house);
  }

  /** Something happens: a guest texts, a fault befalls the carrier, a few milliseconds pass. */
  async #stir({ demo }: Listening): Promise<void> {
    const { carrier } = this.carrier;
    this.guests.text(demo.number);
    if (this.#chance.happens(0.05)) carrier.failNext("accept_then_drop");
    if (this.#chance.happens(0.1)) carrier.failNext("duplicate_delivery");
    await pause(this.#chance.below(betweenTextsMsMax));
  }

  /** Starts the house, and tells everybody where it is. */
  async live(): Promise<Listening> {
    this.#victim = this.#start();
    const house = await this.#victim.listening;
    this.carrier.connect(house);
    for (const desk of this.desks) await desk.moveTo(house.url);
    return house;
  }

  /** Resolves when nothing is under way any more, neither at the carrier nor in the house. */
  async settle({ demo: { propertyId } }: Listening): Promise<void> {
    for (const desk of this.desks) await desk.insist();
    await within(settlesWithinMs, "No answer is on its way", () => this.#isOutboxEmpty());
    await this.carrier.carrier.settle();
    const [desk] = this.desks;
    await within(settlesWithinMs, "The index catches up", async () => {
      const found = await desk?.client.search({ propertyId, query: "anything" });
      return found?.isUpToDate === true;
    });
  }

  /** The index is no one's only copy: it is built anew, however often that is cut short. */
  loseIndex(): void {
    for (const end of ["", "-wal", "-shm"]) {
      rmSync(join(this.#folder, `search.db${end}`), { force: true });
    }
  }

  async close(): Promise<void> {
    await this.#victim?.kill();
    await this.carrier.close();
    rmSync(this.#folder, { recursive: true, force: true });
    await this.#store.close();
  }

  #start(): Victim {
    this.#clock.aheadMs += downMs;
    const { aheadMs } = this.#clock;
    const { address: store } = this.#store;
    const folder = this.#folder;
    const victim = startVictim({ store, folder, carrierUrl: this.carrier.url, aheadMs });
    const note = ({ sendsCutShort }: Listening) => {
      for (const id of sendsCutShort) this.sendsCutShort.add(id);
    };
    victim.listening.then(note, () => {});
    return victim;
  }

  async #isOutboxEmpty(): Promise<boolean> {
    const [desk] = this.desks;
    if (!desk) return true;
    for (const { conversationId } of this.desks.flatMap(({ replies }) => replies)) {
      const { items } = await desk.client.getTimeline({ conversationId, limit: 100 });
      const states = items.map((entry) => (entry.kind === "message" ? entry.state : null));
      if (states.includes("queued") || states.includes("sending")) return false;
    }
    return true;
  }
}

/** Looks until it is so; throws when it has not come to be in time. */
async function within(ms: number, what: string, isSo: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > until) throw new Error(`This should be so within ${ms} ms: ${what}`);
    await pause(lookEveryMs);
  }
}
