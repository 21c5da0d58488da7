import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Desk } from "./desk.ts";
import { openCarrier } from "./fake-carrier.ts";
import { chanceOf, seedOf } from "./random.ts";
import { UnsafeDisk, whyNoUnsafeDisk } from "./unsafe-disk.ts";
import { readThreads } from "./verdict.ts";
import { startVictim } from "./victim.ts";

const textsPerLife = 60;
if (whyNoUnsafeDisk) process.stderr.write(`\n!!! ${whyNoUnsafeDisk} !!!\n\n`);
const options = whyNoUnsafeDisk ? { skip: whyNoUnsafeDisk } : {};

test("what was acknowledged survives a power cut", options, async (context) => {
  assert.equal(await textsLost(context, { syncs: true }), 0);
});

test("without a sync it does not: this test can tell", options, async (context) => {
  assert.ok((await textsLost(context, { syncs: false })) > 0);
});

/**
 * Guests text a house; at some moment after enough acknowledgements the power is cut; the house
 * starts again and is asked what it knows. Returns how many acknowledged texts it has lost.
 */
async function textsLost(
  context: { after(end: () => unknown): void; diagnostic(message: string): void },
  { syncs }: { readonly syncs: boolean },
): Promise<number> {
  const seed = seedOf(process.env);
  context.diagnostic(`FOYER_TEST_SEED=${seed}`);
  const disk = new UnsafeDisk();
  context.after(() => disk.remove());
  const folder = mkdtempSync(join(tmpdir(), "foyer-power-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const watched = await openCarrier(() => Date.now());
  context.after(() => watched.close());
  const { carrier } = watched;
  const store = { engine: "sqlite", file: disk.file("store.db") } as const;
  const start = (setting: { readonly syncs: boolean }) => {
    const common = { store, folder, carrierUrl: watched.url, aheadMs: 0 };
    const house = startVictim({ ...common, ...setting }, disk.environment);
    context.after(() => house.kill());
    return house;
  };

  // The first life makes the demo, which is not what is asked about.
  const first = start({ syncs: true });
  await first.listening;
  await first.kill();
  disk.cutPower();

  const second = start({ syncs });
  const house = await second.listening;
  watched.connect(house);
  const guest = carrier.addGuest("GB", "Guest").number;
  const acknowledged = () =>
    carrier
      .messagesOf(guest)
      .filter(({ direction, state }) => direction === "from_guest" && state === "delivered");
  for (let number = 1; number <= textsPerLife; number += 1) {
    const seen = new Promise<void>((resolve) => watched.onNext("acknowledgement", resolve));
    carrier.text(guest, house.demo.number, `Text number ${number}`);
    await seen;
  }
  await second.kill();
  const said = acknowledged().map(({ text }) => text);
  assert.ok(said.length >= textsPerLife - 1, "the house had acknowledged them");
  disk.cutPower();

  const third = await start({ syncs: true }).listening;
  const desk = new Desk(chanceOf(seed));
  await desk.moveTo(third.url);
  const threads = await readThreads(desk.client, third.demo.propertyId);
  const entries = threads.find(({ address }) => address === guest)?.entries ?? [];
  const known = entries.flatMap((entry) => (entry.kind === "message" ? [entry.text] : []));
  return said.filter((text) => !known.includes(text)).length;
}
