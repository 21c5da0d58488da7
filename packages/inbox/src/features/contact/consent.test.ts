import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address, AgentId, Consent } from "@foyer/contract";
import { idFrom } from "../../data/fixtures.ts";
import { consentWords, recordable } from "./consent.ts";

const mia = idFrom<AgentId>(1);
const reader = {
  date: () => "3 Nov",
  nameOf: (id: AgentId) => (id === mia ? "Mia" : undefined),
};

function consentOf(change: Partial<Consent>): Consent {
  const at = "2026-11-03T09:00:00.000Z";
  return { state: "opted_in", ground: "guest_wrote", agentId: null, at, ...change };
}

function addressOf(consent: Partial<Consent>, kind: Address["kind"] = "phone"): Address {
  return {
    id: idFrom(50),
    kind,
    value: "+13125550117",
    formatted: "(312) 555-0117",
    since: "2026-11-01T09:00:00.000Z",
    until: null,
    consent: consentOf(consent),
  };
}

test("how a guest agreed is said in words, with when and who recorded it", () => {
  assert.equal(consentWords(consentOf({}), reader), "Agreed by texting first, 3 Nov");
  const asked = consentOf({ ground: "asked_in_person", agentId: mia });
  assert.equal(consentWords(asked, reader), "Agreed in person, 3 Nov · Recorded by Mia");
});

test("an opt-out by keyword says so", () => {
  const stopped = consentOf({ state: "opted_out", ground: "keyword" });
  assert.equal(consentWords(stopped, reader), "Opted out by STOP, 3 Nov");
});

test("who recorded it and is nobody any more is left out", () => {
  const asked = consentOf({ ground: "booking_form", agentId: idFrom<AgentId>(9) });
  assert.equal(consentWords(asked, reader), "Agreed when booking, 3 Nov");
});

test("what nobody asked is said to be so", () => {
  const unknown = consentOf({ state: "unknown", ground: null, at: null });
  assert.equal(consentWords(unknown, reader), "Not asked yet");
});

test("nobody records for a guest who said STOP that they agreed", () => {
  const { agreed, refused, isGuestsOwn } = recordable(
    addressOf({ state: "opted_out", ground: "keyword" }),
  );
  assert.deepEqual([agreed.length, refused.length, isGuestsOwn], [0, 0, true]);
});

test("an opt-out that an agent recorded can be taken back", () => {
  const { agreed, refused } = recordable(
    addressOf({ state: "opted_out", ground: "asked_by_phone", agentId: mia }),
  );
  assert.equal(refused.length, 0);
  assert.deepEqual(agreed, ["asked_in_person", "asked_by_phone", "booking_form"]);
});

test("an e-mail has nothing to do with texting", () => {
  const { agreed, refused } = recordable(addressOf({ state: "unknown", ground: null }, "email"));
  assert.deepEqual([agreed.length, refused.length], [0, 0]);
});
