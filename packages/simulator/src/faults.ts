import { digest } from "./signature.ts";

/**
 * What can go wrong on the way between Foyer and a carrier.
 *
 * To sends: `refuse` (the connection is cut, nothing accepted), `hang` (never answered, nothing
 * accepted), `timeout` (accepted, never answered), `accept_then_drop` (accepted, the connection
 * is cut before the answer), `error` (500), `rate_limit` (429), `blocked` (422).
 * To deliveries: `duplicate_delivery` (the next accepted one is posted once more).
 * To statuses: `statuses_out_of_order` (the next message's come in reverse).
 */
export const sendFaults = [
  "refuse",
  "hang",
  "timeout",
  "accept_then_drop",
  "error",
  "rate_limit",
  "blocked",
] as const;
export type SendFault = (typeof sendFaults)[number];
export type DeliveryFault = "duplicate_delivery" | "statuses_out_of_order";
export type FaultKind = SendFault | DeliveryFault;

/** Faults by chance: the same seed gives the same faults in the same order. */
export interface ChanceOfFaults {
  readonly seed: number;
  /** Probability of each kind, 0 to 1. */
  readonly rates: Readonly<Partial<Record<FaultKind, number>>>;
}

/** Faults that were ordered one by one come first; then those by chance. */
export class Faults {
  readonly #planned: FaultKind[] = [];
  readonly #rates: ChanceOfFaults["rates"];
  readonly #random: () => number;

  constructor(chance: ChanceOfFaults = { seed: 0, rates: {} }) {
    this.#rates = chance.rates;
    this.#random = seededRandom(chance.seed);
  }

  plan(kind: FaultKind, times: number): void {
    for (let planned = 0; planned < times; planned += 1) this.#planned.push(kind);
  }

  /** The fault that befalls this send, if any. */
  takeForSend(): SendFault | null {
    const at = this.#planned.findIndex(isSendFault);
    const planned = at < 0 ? undefined : this.#planned.splice(at, 1)[0];
    if (planned !== undefined && isSendFault(planned)) return planned;
    return sendFaults.find((kind) => this.#befalls(kind)) ?? null;
  }

  take(kind: DeliveryFault): boolean {
    const at = this.#planned.indexOf(kind);
    if (at < 0) return this.#befalls(kind);
    this.#planned.splice(at, 1);
    return true;
  }

  #befalls(kind: FaultKind): boolean {
    const rate = this.#rates[kind] ?? 0;
    return rate > 0 && this.#random() < rate;
  }
}

function isSendFault(kind: FaultKind): kind is SendFault {
  return sendFaults.some((sendFault) => sendFault === kind);
}

/** Numbers from 0 to 1 out of SHA-256 in counter mode: slow, plain, the same on every machine. */
function seededRandom(seed: number): () => number {
  let drawn = 0;
  return () => {
    drawn += 1;
    return digest(`${seed}:${drawn}`).readUInt32BE(0) / 2 ** 32;
  };
}
