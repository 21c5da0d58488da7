import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, Unreachable } from "@foyer/client";
import type { Problem, RefusalCode } from "@foyer/contract";
import { checkHotel, refusedHotel } from "./hotel-model.ts";

const whole = {
  organization: "Harbour Group",
  hotel: "Harbour House",
  timeZone: "Europe/Paris",
  country: "FR",
  ownerName: "Ada",
  email: "ada@example.com",
  password: "a long enough password",
};

function refused(code: RefusalCode, change: Partial<Problem> = {}) {
  return new Refused({ type: "about:blank", title: "", status: 422, code, ...change });
}

test("what can be seen to be wrong is told at its field, before anything is sent", () => {
  assert.deepEqual(checkHotel(whole), {});
  const empty = { ...whole, organization: " ", email: "ada", password: "short" };
  assert.deepEqual(Object.keys(checkHotel(empty)), ["organization", "email", "password"]);
});

test("what the server refuses is told at the field that it is about", () => {
  assert.deepEqual(Object.keys(refusedHotel(refused("property.time_zone_unknown"))), ["timeZone"]);
  const issues = [{ field: "country", issue: "must match" }];
  assert.deepEqual(Object.keys(refusedHotel(refused("request.invalid", { issues }))), ["country"]);
});

test("what is about no field is told for the whole", () => {
  for (const error of [
    refused("installation.has_hotel"),
    refused("request.invalid", { issues: [{ field: "", issue: "" }] }),
    new Unreachable("installation.startHotel", {}),
  ]) {
    assert.deepEqual(Object.keys(refusedHotel(error)), ["form"]);
  }
});
