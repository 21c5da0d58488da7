import { Fault } from "../../platform/refusal.ts";

/** Why the vault cannot open or change a tenant's data keys: the closed set. */
export type VaultFaultReason = keyof typeof reasons;

const reasons = {
  not_provisioned: [false, "the tenant has no data keys"],
  too_many_keys: [false, "the tenant has as many data keys as it can have"],
  contended: [true, "other processes took every block of uses first"],
  unsettled: [true, "the new index key is not known to every process yet"],
  no_successor: [false, "the only index key cannot be retired; rotate it first"],
} as const satisfies Readonly<Record<string, readonly [isRetryable: boolean, text: string]>>;

/** A failure of the vault. No message holds an id or a key. */
export class VaultFault extends Fault {
  readonly reason: VaultFaultReason;

  constructor(reason: VaultFaultReason) {
    const [isRetryable, text] = reasons[reason];
    super("vault", text, isRetryable);
    this.reason = reason;
  }
}
