import type { Clock } from "../../platform/clock.ts";
import { KeyLeaseExpired, type LeaseEnd } from "../../platform/keys/tenant-cipher.ts";
import { dataKeyUsesMax, leaseMsMax, leaseRenewAfterMs } from "./rules.ts";

/** A tenant's permission to be held open in this process; taken back by `forget`. */
export interface Grant {
  revoked: boolean;
}

/** The time for which opened keys may be used, measured by both clocks. */
export class Lease {
  readonly #clock: Clock;
  readonly #grant: Grant;
  readonly #startedAt: number;
  readonly #startedMonotonic: number;

  /** Starts now: make it before the keys are asked for, so that their journey counts as well. */
  constructor(clock: Clock, grant: Grant) {
    this.#clock = clock;
    this.#grant = grant;
    this.#startedAt = clock.now();
    this.#startedMonotonic = clock.monotonic();
  }

  /** Whether enough is left to hand the keys to somebody new. */
  isFresh(): boolean {
    return !this.#grant.revoked && this.#elapsedMs() < leaseRenewAfterMs;
  }

  /** @throws {KeyLeaseExpired} once the time is over or the tenant was forgotten. */
  assertAlive(): void {
    const end = this.#end();
    if (end !== undefined) throw new KeyLeaseExpired(end);
  }

  #end(): LeaseEnd | undefined {
    if (this.#grant.revoked) return "forgotten";
    return this.#elapsedMs() >= leaseMsMax ? "time" : undefined;
  }

  /** A clock set back or a machine put to sleep stops one of the two, never both. */
  #elapsedMs(): number {
    const wall = this.#clock.now() - this.#startedAt;
    const monotonic = this.#clock.monotonic() - this.#startedMonotonic;
    return Math.max(wall, monotonic);
  }
}

/** The uses of one data key that this process has taken from its row and not yet spent. */
export class UseMeter {
  readonly dataKeyId: string;
  #left = 0;

  constructor(dataKeyId: string) {
    this.dataKeyId = dataKeyId;
  }

  get left(): number {
    return this.#left;
  }

  add(uses: number): void {
    if (!Number.isInteger(uses) || uses < 0 || uses > dataKeyUsesMax) {
      throw new RangeError("a block of uses is a count under the data key's limit");
    }
    this.#left += uses;
  }

  /** @throws {KeyLeaseExpired} if none is left; the vault takes more for the next cipher. */
  spend(): void {
    if (this.#left === 0) throw new KeyLeaseExpired("uses");
    this.#left -= 1;
  }
}
