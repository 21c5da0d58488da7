/** Guests who text: as fast as they are answered, or at a given pace. */
import type { Line } from "./line.ts";
import { guestsCount } from "./setting.ts";
import { textOf } from "./texts.ts";

/** Texts on their way at once in a closed loop. */
const guestsAtOnce = 128;

/** A guest's text on its way. */
export interface Sent {
  readonly guest: number;
  readonly number: number;
  /** When it should have been sent, in ms of this process: whoever is late is not spared. */
  readonly at: number;
}

/** Every guest texts once, so that all are known from here on. */
export async function introduce(line: Line): Promise<void> {
  const guests = Array.from({ length: guestsCount }, (_, guest) => guest);
  await inParallel(guests, (guest) => line.text(guest, textOf(0)));
}

/** As many texts as are acknowledged in a time, guests waiting for each answer: texts per s. */
export async function saturate(line: Line, ms: number): Promise<number> {
  const startedAt = performance.now();
  const endsAt = startedAt + ms;
  let acknowledged = 0;
  const each = async (first: number) => {
    for (let turn = 0; performance.now() < endsAt; turn += 1) {
      const guest = (first + turn * guestsAtOnce) % guestsCount;
      await line.text(guest, textOf(acknowledged));
      acknowledged += 1;
    }
  };
  await Promise.all(Array.from({ length: guestsAtOnce }, (_, first) => each(first)));
  return (acknowledged * 1000) / (performance.now() - startedAt);
}

/** Texts at an even pace, whoever has been answered or not; resolves when all are. */
export async function pace(
  line: Line,
  perSecond: number,
  ms: number,
  onSend: (sent: Sent) => void,
): Promise<void> {
  const startedAt = performance.now();
  const total = Math.floor((perSecond * ms) / 1000);
  const free = Array.from({ length: guestsCount }, (_, guest) => guest);
  const underWay: Promise<void>[] = [];
  for (let number = 0; number < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) * perSecond) / 1000));
    for (; number < due && free.length > 0; number += 1) {
      const guest = free.shift() as number;
      const at = startedAt + (number * 1000) / perSecond;
      onSend({ guest, number, at });
      const sent = line.text(guest, textOf(number)).then(() => void free.push(guest));
      underWay.push(sent);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
}

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>) {
  const line = [...items];
  const one = async () => {
    for (let item = line.shift(); item !== undefined; item = line.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: guestsAtOnce }, one));
}
