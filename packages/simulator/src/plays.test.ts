import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeHotel } from "../test/fake-hotel.ts";
import { manualClock } from "../test/manual-clock.ts";
import { createCarrier } from "./carrier.ts";
import { playAfterMsMax, playsMax, playTextsMax } from "./limits.ts";
import { picture } from "./pictures.ts";

function setUp() {
  const clock = manualClock();
  const hotel = fakeHotel();
  const carrier = createCarrier({ clock, fetch: hotel.fetch });
  carrier.open(hotel.account);
  const to = hotel.account.number;
  const guest = (line: number) => `+1312555${String(line).padStart(4, "0")}`;
  return { clock, hotel, carrier, to, guest };
}

test("an evening's texts come at their times, each once, through signed deliveries", async () => {
  const { clock, hotel, carrier, to, guest } = setUp();
  const play = carrier.playTexts([
    { afterMs: 5_000, from: guest(121), to, text: "second" },
    { afterMs: 1_000, from: guest(120), to, name: "Ada Nguyen", text: "first" },
    { afterMs: 9_000, from: guest(120), to, text: "", media: [picture("lamp")] },
  ]);
  await clock.advance(1_000);
  assert.deepEqual(hotel.texts, ["first"]);
  assert.equal(carrier.summary(guest(120), to)?.name, "Ada Nguyen");
  await clock.advance(8_000);
  assert.equal(await play.ended, "played");
  assert.deepEqual(hotel.texts, ["first", "second", ""]);
  assert.deepEqual([play.total, play.played, play.refused], [3, 3, 0]);
});

test("an evening that is cancelled says nothing more", async () => {
  const { clock, hotel, carrier, to, guest } = setUp();
  const texts = [1, 2, 3].map((at) => ({
    afterMs: at * 1_000,
    from: guest(120),
    to,
    text: `${at}`,
  }));
  const play = carrier.playTexts(texts);
  await clock.advance(1_500);
  play.cancel();
  play.cancel();
  await clock.advance(60_000);
  assert.equal(await play.ended, "cancelled");
  assert.deepEqual(hotel.texts, ["1"]);
  const closed = carrier.playTexts(texts);
  carrier.close();
  assert.equal(await closed.ended, "cancelled");
});

test("one text that the carrier does not take ends nothing", async () => {
  const { clock, hotel, carrier, to, guest } = setUp();
  const play = carrier.playTexts([
    { afterMs: 0, from: "+15145551234", to, text: "no number of fiction" },
    { afterMs: 0, from: guest(120), to: "+13125550199", text: "no such hotel" },
    { afterMs: 1, from: guest(120), to, text: "here" },
  ]);
  await clock.advance(10);
  assert.deepEqual(hotel.texts, ["here"]);
  assert.equal(play.refused, 2);
});

test("evenings are bounded in texts, in time and in number", () => {
  const { carrier, to, guest } = setUp();
  const text = { afterMs: 0, from: guest(120), to, text: "x" };
  const refused = (texts: (typeof text)[]) =>
    assert.throws(() => carrier.playTexts(texts), { code: "invalid_request" });
  refused(Array(playTextsMax + 1).fill(text));
  for (const afterMs of [-1, playAfterMsMax + 1, Number.NaN]) refused([{ ...text, afterMs }]);
  for (let at = 0; at < playsMax; at += 1) carrier.playTexts([{ ...text, afterMs: 1_000 }]);
  assert.throws(() => carrier.playTexts([text]), { code: "queue_full" });
  carrier.close();
});
