import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeHotel } from "../test/fake-hotel.ts";
import { manualClock } from "../test/manual-clock.ts";
import { createCarrier } from "./carrier.ts";
import { keywordIn } from "./keywords.ts";
import { picture } from "./pictures.ts";

const ada = "+13125550117";

function setUp() {
  const clock = manualClock();
  const hotel = fakeHotel();
  const other = fakeHotel("+13125550101");
  const carrier = createCarrier({ clock, fetch: hotel.fetch });
  carrier.open(hotel.account);
  carrier.open(other.account);
  const { number } = hotel.account;
  const send = (from = hotel.account) =>
    carrier.accept(from, { from: from.number, to: ada, text: "Hello", reference: "r" });
  const isStopped = () => carrier.summary(ada, number)?.stopped;
  const answers = () =>
    carrier
      .snapshot({ guest: ada, hotel: number })
      .messages.filter(({ automatic }) => automatic)
      .map(({ text }) => text.split(".")[0]);
  return { clock, hotel, other, carrier, number, send, isStopped, answers };
}

test("only a text that is exactly one of the words counts", () => {
  for (const word of ["STOP", "stopall", " Unsubscribe\n", "CANCEL", "End", "quit"]) {
    assert.equal(keywordIn(word), "stop", word);
  }
  for (const word of ["START", "yes", "Unstop"]) assert.equal(keywordIn(word), "start", word);
  for (const word of ["HELP", "info"]) assert.equal(keywordIn(word), "help", word);
  const others = ["Stop the music", "STOP.", "yes please", "", "constructor", "st op", "🛑"];
  for (const text of others) assert.equal(keywordIn(text), null, text);
});

test("after STOP the carrier refuses the hotel's texts, until START", () => {
  const { carrier, other, number, send, isStopped } = setUp();
  send();
  carrier.text(ada, number, "Stop");
  assert.equal(isStopped(), true);
  assert.throws(() => send(), { code: "opted_out", status: 422 });
  assert.equal(send(other.account).kind, "accepted");
  carrier.text(ada, number, "start");
  assert.equal(isStopped(), false);
  assert.equal(send().kind, "accepted");
});

test("the hotel gets the word as a text; the carrier's answer it never hears of", async () => {
  const { clock, carrier, hotel, number, answers } = setUp();
  carrier.text(ada, number, "STOP");
  await clock.runUntil(carrier.settle());
  assert.deepEqual(hotel.texts, ["STOP"]);
  assert.deepEqual(hotel.statuses, []);
  assert.deepEqual(answers(), ["You will get no more texts from Harbour House"]);
  assert.equal(carrier.summary(ada, number)?.unread, 0);
});

test("a word that changes nothing is not answered, so a YES stays a yes", () => {
  const { carrier, number, answers, isStopped } = setUp();
  carrier.text(ada, number, "YES");
  carrier.text(ada, number, "START");
  assert.deepEqual(answers(), []);
  carrier.text(ada, number, "STOP");
  carrier.text(ada, number, "STOP");
  carrier.text(ada, number, "HELP");
  assert.equal(answers().length, 1);
  carrier.text(ada, number, "YES");
  assert.equal(isStopped(), false);
  carrier.text(ada, number, "HELP");
  assert.equal(answers().at(-1), "Harbour House");
});

test("STOP counts once it has left the phone, and not with a picture", () => {
  const { carrier, number, isStopped } = setUp();
  carrier.text(ada, number, "STOP", { media: [picture("lamp")] });
  assert.equal(isStopped(), false);
  carrier.switchPhone(ada, { offline: true });
  carrier.text(ada, number, "STOP");
  assert.equal(isStopped(), false);
  carrier.switchPhone(ada, { offline: false });
  assert.equal(isStopped(), true);
});

test("a guest who stopped long ago has stopped", () => {
  const { carrier, number, isStopped, send } = setUp();
  carrier.remember([{ guest: ada, hotel: number, from: "guest", text: "STOP", at: 1 }]);
  assert.equal(isStopped(), true);
  assert.throws(() => send(), { code: "opted_out" });
});
