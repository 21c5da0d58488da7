import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress, readWish, writeAddress } from "./address.ts";

test("the address says whose phone it is and how it stands, and is written as it is read", () => {
  const search = "?guest=%2B13125550117&hotel=%2B13125550100&docked=1&theme=dark";
  const address = readAddress(search);
  assert.deepEqual(address, {
    guest: "+13125550117",
    hotel: "+13125550100",
    isDocked: true,
    theme: "dark",
  });
  assert.equal(writeAddress(address), search);
});

test("a plus sign that nobody encoded is one, and nonsense is nothing", () => {
  assert.equal(readAddress("?guest=+13125550117").guest, "+13125550117");
  const nothing = { guest: null, hotel: null, isDocked: false, theme: null };
  assert.deepEqual(readAddress("?guest=<b>&hotel=&docked=yes&theme=pink"), nothing);
});

test("a page around this one is understood when it names a guest, and only then", () => {
  const type = "foyer.phone.guest";
  assert.deepEqual(readWish({ type, number: "+13125550117" }), {
    guest: "+13125550117",
    hotel: null,
  });
  assert.equal(
    readWish({ type, number: "+13125550117", hotel: "+13125550100" })?.hotel,
    "+13125550100",
  );
  const others = [null, "x", 7, {}, { type }, { type, number: 7 }, { type, number: "javascript:" }];
  for (const data of [...others, { type: "foyer.phone.theme", number: "+13125550117" }]) {
    assert.equal(readWish(data), null);
  }
});
