import type { Clock } from "./clock.ts";
import * as limits from "./limits.ts";
import type { Account } from "./protocol.ts";
import type { Store } from "./store.ts";

/** One thing to tell Foyer until it has answered 2xx. */
export interface Delivery {
  readonly id: string;
  /** Number of the account that it belongs to. */
  readonly account: string;
  readonly kind: "message" | "status";
  readonly guest: string;
  readonly messageId: string;
  /** Fixed at the beginning, so that every redelivery says the same. */
  readonly body: string;
  readonly tries: number;
  /** Not before this instant. */
  readonly dueAt: number;
}

export type DeliveryOutcome = "accepted" | "retrying" | "given_up";

export interface QueueOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly triesMax: number;
  readonly accountOf: (number: string) => Account | undefined;
  /** Posts once and says whether the hotel's system answered 2xx. Never rejects. */
  readonly post: (delivery: Delivery, account: Account) => Promise<boolean>;
  readonly onOutcome: (delivery: Delivery, outcome: DeliveryOutcome) => void;
}

interface Lane {
  readonly deliveries: Delivery[];
  isBusy: boolean;
}

/** How long to wait after so many tries in vain: doubling, bounded. */
function redeliveryDelayMs(tries: number): number {
  const doubled = limits.redeliveryFirstMs * 2 ** Math.max(0, tries - 1);
  return Math.min(doubled, limits.redeliveryLongestMs);
}

/**
 * Deliveries to Foyer. Each conversation has a lane for its texts and one for its statuses; a
 * lane delivers one after another, so what a guest wrote first arrives first, and a
 * conversation that fails holds up no other.
 */
export class DeliveryQueue {
  readonly #options: QueueOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #queued = new Map<string, number>();
  readonly #inFlight = new Map<string, number>();
  #cancelTimer: () => void = () => {};
  #isClosed = false;

  constructor(options: QueueOptions) {
    this.#options = options;
    for (const delivery of options.store.load("delivery") as Delivery[]) this.#append(delivery);
  }

  get length(): number {
    return [...this.#queued.values()].reduce((sum, queued) => sum + queued, 0);
  }

  hasRoom(account: string): boolean {
    return (this.#queued.get(account) ?? 0) < limits.deliveriesPerAccountMax;
  }

  add(delivery: Omit<Delivery, "tries" | "dueAt">): void {
    const first = { ...delivery, tries: 0, dueAt: this.#options.clock.now() };
    this.#options.store.put("delivery", first.id, first);
    this.#append(first);
    this.pump();
  }

  /** Makes an account's waiting deliveries due now; only one guest's when one is named. */
  hurry(account: string, guest?: string): void {
    const now = this.#options.clock.now();
    for (const { deliveries } of this.#lanes.values()) {
      const head = deliveries[0];
      if (head === undefined || head.account !== account) continue;
      if (guest === undefined || head.guest === guest) deliveries[0] = { ...head, dueAt: now };
    }
    this.pump();
  }

  /** Starts what is due and sets the timer for what comes next. */
  pump(): void {
    this.#cancelTimer();
    if (this.#isClosed) return;
    const now = this.#options.clock.now();
    let nextDueAt = Number.POSITIVE_INFINITY;
    for (const [key, lane] of this.#lanes) {
      const head = lane.deliveries[0];
      if (head === undefined || lane.isBusy) continue;
      if (head.dueAt <= now) this.#start(key, lane, head);
      else nextDueAt = Math.min(nextDueAt, head.dueAt);
    }
    if (nextDueAt === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = this.#options.clock.after(nextDueAt - now, () => this.pump());
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
  }

  #append(delivery: Delivery): void {
    const key = JSON.stringify([delivery.account, delivery.kind, delivery.guest]);
    const lane = this.#lanes.get(key) ?? { deliveries: [], isBusy: false };
    lane.deliveries.push(delivery);
    this.#lanes.set(key, lane);
    change(this.#queued, delivery.account, 1);
  }

  #start(key: string, lane: Lane, delivery: Delivery): void {
    const account = this.#options.accountOf(delivery.account);
    const inFlight = this.#inFlight.get(delivery.account) ?? 0;
    if (account === undefined || inFlight >= limits.deliveriesInFlightMax) return;
    lane.isBusy = true;
    change(this.#inFlight, delivery.account, 1);
    void this.#options.post(delivery, account).then((isAccepted) => {
      lane.isBusy = false;
      change(this.#inFlight, delivery.account, -1);
      if (this.#isClosed) return;
      this.#settle(key, lane, delivery, isAccepted);
      this.pump();
    });
  }

  #settle(key: string, lane: Lane, delivery: Delivery, isAccepted: boolean): void {
    const tries = delivery.tries + 1;
    const isOver = isAccepted || tries >= this.#options.triesMax;
    if (!isOver) {
      const dueAt = this.#options.clock.now() + redeliveryDelayMs(tries);
      const again = { ...delivery, tries, dueAt };
      lane.deliveries[0] = again;
      this.#options.store.put("delivery", again.id, again);
      this.#options.onOutcome(again, "retrying");
      return;
    }
    lane.deliveries.shift();
    if (lane.deliveries.length === 0) this.#lanes.delete(key);
    change(this.#queued, delivery.account, -1);
    this.#options.store.remove("delivery", delivery.id);
    this.#options.onOutcome(delivery, isAccepted ? "accepted" : "given_up");
  }
}

function change(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
