import assert from "node:assert/strict";
import { test } from "node:test";
import { contactOf, idFrom } from "../../data/fixtures.ts";
import { phoneAddress, phoneNumberOf, wishOf } from "./model.ts";

const phone = { guest: "+13125550117", hotel: "+13125550100" };

test("the phone's address carries numbers whole and the inbox's theme", () => {
  assert.equal(
    phoneAddress("/simulator/", phone, "dark"),
    "/simulator/?docked=1&guest=%2B13125550117&hotel=%2B13125550100&theme=dark",
  );
  const nobody = { guest: null, hotel: null };
  assert.equal(phoneAddress("/simulator/", nobody, "system"), "/simulator/?docked=1");
});

test("a phone that follows is told whose it is now; without a number it stays", () => {
  assert.deepEqual(wishOf(phone), {
    type: "foyer.phone.guest",
    number: "+13125550117",
    hotel: "+13125550100",
  });
  assert.equal(wishOf({ guest: null, hotel: "+13125550100" }), null);
});

test("a number that is no longer theirs is not the guest's phone", () => {
  const consent = { state: "unknown", ground: null, agentId: null, at: null } as const;
  const since = "2026-11-01T09:00:00.000Z";
  const address = { kind: "phone", formatted: "", since, consent } as const;
  const addresses = [
    { id: idFrom<never>(1), value: "+13125550101", until: since, ...address },
    { id: idFrom<never>(2), value: "+13125550102", until: null, ...address },
  ];
  assert.equal(phoneNumberOf(contactOf(1, { addresses })), "+13125550102");
  assert.equal(phoneNumberOf(undefined), null);
});
