import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeHotel } from "../test/fake-hotel.ts";
import { manualClock } from "../test/manual-clock.ts";
import { createCarrier } from "./carrier.ts";

const [ada, ben, cleo] = ["+13125550117", "+13125550118", "+13125550119"] as const;

function setUp() {
  const clock = manualClock();
  const hotel = fakeHotel();
  const guests = [{ number: ada, name: "Ada" }, { number: ben }, { number: cleo, name: "Cleo" }];
  const carrier = createCarrier({ clock, fetch: hotel.fetch, guests });
  carrier.open(hotel.account);
  const look = (guest: string | null) => carrier.snapshot({ guest, hotel: null });
  return { clock, carrier, hotel: hotel.account.number, look };
}

test("whoever wrote last comes first, and is the one whose phone is shown", async () => {
  const { clock, carrier, hotel, look } = setUp();
  carrier.text(cleo, hotel, "one");
  await clock.advance(1_000);
  carrier.text(ben, hotel, "two");
  const { phones, guest } = look(null);
  assert.deepEqual(
    phones.map(({ number }) => number),
    [ben, cleo, ada],
  );
  assert.equal(guest, ben);
});

test("a guest without a name has none, rather than one that is made up", () => {
  const { look } = setUp();
  assert.equal(look(ben).phones.find(({ number }) => number === ben)?.name, null);
});

test("looking at a number of fiction shows its phone, and makes none", () => {
  const { carrier, hotel, look } = setUp();
  const unused = "+447700900123";
  assert.equal(look(unused).guest, unused);
  assert.equal(look(null).phones.length, 3);
  carrier.text(unused, hotel, "Hello");
  assert.equal(look(null).phones.length, 4);
});

test("a number outside fiction has no phone, and shows nobody else's", () => {
  const { look } = setUp();
  const { guest, messages, phones } = look("+4930123456");
  assert.equal(guest, null);
  assert.deepEqual(messages, []);
  assert.equal(phones.length, 3);
});
