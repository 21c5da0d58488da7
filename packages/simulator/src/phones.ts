import type { Ledger, Phone } from "./ledger.ts";
import { guestsMax, nameCharsMax } from "./limits.ts";
import { freeNumber, isFictionalNumber, type Region, readNumber } from "./numbers.ts";
import { CarrierRefusal } from "./protocol.ts";

export interface Guest {
  /** E.164, from a range reserved for fiction. */
  readonly number: string;
  readonly name?: string;
}

/** The phones that there are. Any number of fiction has one as soon as somebody uses it. */
export class Phones {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** @throws CarrierRefusal for a number outside fiction, or when there are too many. */
  of(number: string): Phone {
    return this.#ledger.phone(number) ?? this.introduce({ number });
  }

  introduce({ number, name }: Guest): Phone {
    if (!isFictionalNumber(number)) {
      throw new CarrierRefusal("number_not_simulated", "Use a number reserved for fiction.");
    }
    const known = this.#ledger.phone(number);
    if (known === undefined && this.#ledger.phones().length >= guestsMax) {
      throw new CarrierRefusal("guest_limit", `At most ${guestsMax} phones.`);
    }
    const named = name === undefined ? {} : { name: name.slice(0, nameCharsMax) };
    const phone: Phone = { ...newPhone(number), ...known, ...named };
    this.#ledger.savePhone(phone);
    return phone;
  }

  /** A new guest under a number that was typed, or under one that nobody has. */
  add(region: Region, typed: string | undefined, name: string | undefined): Phone {
    const isTaken = (number: string) => this.#ledger.phone(number) !== undefined;
    const number = typed === undefined ? freeNumber(region, isTaken) : readNumber(typed, region);
    if (number === null) throw new CarrierRefusal("guest_limit", "All numbers are taken.");
    return this.introduce({ number, ...(name === undefined ? {} : { name }) });
  }
}

export function newPhone(number: string): Phone {
  const behaviour = { offline: false, refuses: null, readReceipts: false, stopped: [] };
  return { number, name: null, ...behaviour };
}
