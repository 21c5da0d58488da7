import { accountsMax } from "./limits.ts";
import type { HotelSummary } from "./phone-wire.ts";
import { type Account, accountSchema, CarrierRefusal } from "./protocol.ts";
import { sameSecret } from "./signature.ts";

/** The hotels that have a number with the carrier. */
export class Accounts {
  readonly #accounts = new Map<string, Account>();

  /** @throws CarrierRefusal `invalid_request` naming the field that is wrong. */
  open(account: Account): void {
    const checked = accountSchema.safeParse(account);
    const field = checked.error?.issues[0]?.path.join(".");
    if (!checked.success) throw new CarrierRefusal("invalid_request", `Check \`${field}\`.`);
    if (this.#accounts.size >= accountsMax && !this.#accounts.has(account.number)) {
      throw new CarrierRefusal("invalid_request", `At most ${accountsMax} accounts.`);
    }
    this.#accounts.set(account.number, account);
  }

  find(number: string): Account | undefined {
    return this.#accounts.get(number);
  }

  /** @throws CarrierRefusal for a number that no hotel has. */
  of(number: string): Account {
    const account = this.#accounts.get(number);
    if (account === undefined) throw new CarrierRefusal("not_found", "No hotel has this number.");
    return account;
  }

  /** The account that a bearer token belongs to. */
  byKey(apiKey: string): Account | undefined {
    return [...this.#accounts.values()].find((account) => sameSecret(apiKey, account.apiKey));
  }

  /** What guests' phones call a hotel. */
  nameOf(number: string): string {
    return this.#accounts.get(number)?.name ?? number;
  }

  hotels(): HotelSummary[] {
    return [...this.#accounts.keys()].map((number) => ({ number, name: this.nameOf(number) }));
  }
}
