import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fakeHotel } from "../test/fake-hotel.ts";
import { manualClock } from "../test/manual-clock.ts";
import { createCarrier } from "./carrier.ts";
import { textCharsMax } from "./limits.ts";
import { quotes, type Reaction, reactions, reactionText, readReaction } from "./reactions.ts";

const ada = "+13125550117";

async function setUp() {
  const clock = manualClock();
  const hotel = fakeHotel();
  const carrier = createCarrier({ clock, fetch: hotel.fetch });
  carrier.open(hotel.account);
  const from = hotel.account.number;
  carrier.accept(hotel.account, { from, to: ada, text: "Towels are coming.", reference: "r" });
  const settle = () => clock.runUntil(carrier.settle());
  await settle();
  const shown = () => carrier.snapshot({ guest: ada, hotel: from }).messages;
  const [message] = shown();
  const react = (reaction: Reaction | null) =>
    carrier.react(ada, from, message?.id ?? "", reaction);
  return { carrier, hotel, from, settle, shown, react };
}

test("a reaction is a mark on the phone, and a text in the phones' words to the hotel", async () => {
  const { hotel, settle, shown, react } = await setUp();
  react("like");
  assert.deepEqual(
    shown().map(({ text, reaction }) => ({ text, reaction })),
    [{ text: "Towels are coming.", reaction: "like" }],
  );
  react("like");
  react("love");
  react(null);
  react(null);
  await settle();
  assert.deepEqual(hotel.texts, [
    "Liked “Towels are coming.”",
    "Loved “Towels are coming.”",
    "Removed a heart from “Towels are coming.”",
  ]);
  assert.equal(shown()[0]?.reaction, null);
});

test("the same words, typed or said long ago, are the same mark", async () => {
  const { carrier, from, shown } = await setUp();
  carrier.text(ada, from, "Emphasized “Towels are coming.”");
  assert.deepEqual(
    shown().map(({ reaction }) => reaction),
    ["emphasize"],
  );
  const past = { guest: ada, hotel: from, from: "guest", at: 2 } as const;
  carrier.remember([{ ...past, text: "Liked “Towels are coming.”" }]);
  assert.equal(shown()[0]?.reaction, "like");
  carrier.text(ada, from, "Liked “Something else”");
  assert.equal(shown().at(-1)?.text, "Liked “Something else”");
});

test("only what this phone shows of this hotel can be reacted to", async () => {
  const { carrier, from, shown } = await setUp();
  const id = shown()[0]?.id ?? "";
  assert.throws(() => carrier.react("+13125550118", from, id, "like"), { code: "not_found" });
  assert.throws(() => carrier.react(ada, "+13125550199", id, "like"), { code: "not_found" });
  const own = carrier.text(ada, from, "Mine");
  assert.throws(() => carrier.react(ada, from, own.id, "like"), { code: "not_found" });
});

test("a reaction's text says which it is of any message, and fits into one", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 1_700 });
  const quoted = fc.oneof(text, fc.constant(null));
  fc.assert(
    fc.property(fc.constantFrom(...reactions), fc.boolean(), quoted, (reaction, isTaken, said) => {
      const words = reactionText({ reaction, isTaken, quoted: said }, textCharsMax);
      assert.ok(
        words.length <= textCharsMax && words.isWellFormed() === (said ?? "").isWellFormed(),
      );
      const read = readReaction(words);
      assert.equal(read?.reaction, reaction);
      assert.equal(read?.isTaken, isTaken);
      assert.ok(said === null ? read?.quoted === null : quotes(read?.quoted ?? "", said));
    }),
  );
});
