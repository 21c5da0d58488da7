import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address, Consent, Contact, Field, FieldPurpose } from "@foyer/contract";
import { contactOf, idFrom } from "../../data/fixtures.ts";
import {
  guestOf,
  hindranceOf,
  isNumberLike,
  lacksOf,
  needsConsent,
  placeholderValues,
} from "./model.ts";

function addressOf(number: number, consent: Partial<Consent>, change: Partial<Address> = {}) {
  const unknown: Consent = { state: "unknown", ground: null, agentId: null, at: null };
  const address: Address = {
    id: idFrom(number),
    kind: "phone",
    value: `+1312555010${number}`,
    formatted: `(312) 555-010${number}`,
    since: "2026-11-01T09:00:00.000Z",
    until: null,
    consent: { ...unknown, ...consent },
    ...change,
  };
  return address;
}

const ada = (addresses: Address[], change: Partial<Contact> = {}) =>
  guestOf(contactOf(1, { name: "Ada Nguyen", addresses, ...change }));

test("a guest is texted where they agreed, not at the first number that is known", () => {
  const stopped = addressOf(1, { state: "opted_out", ground: "keyword" });
  const former = addressOf(2, { state: "opted_in" }, { until: "2026-11-02T09:00:00.000Z" });
  const recipient = ada([stopped, former, addressOf(3, { state: "opted_in" })]);
  assert.ok(recipient.kind === "guest");
  assert.equal(recipient.address?.id, idFrom(3));
  assert.equal(hindranceOf(recipient), null);
});

test("who said STOP, who is blocked and who has no number is refused in place", () => {
  const stopped = ada([addressOf(1, { state: "opted_out", ground: "keyword" })]);
  assert.equal(
    hindranceOf(stopped),
    "Ada Nguyen texted STOP. Only they can take it back, by texting START.",
  );
  const told = ada([addressOf(1, { state: "opted_out", ground: "asked_in_person" })]);
  assert.equal(hindranceOf(told), "Ada Nguyen does not want to be texted.");
  const at = "2026-11-02T09:00:00.000Z";
  const blocked = ada([addressOf(1, { state: "opted_in" })], { blockedAt: at });
  assert.match(hindranceOf(blocked) ?? "", /is blocked/);
  const email = addressOf(1, {}, { kind: "email" });
  assert.equal(hindranceOf(ada([email])), "No phone number of Ada Nguyen is known.");
});

test("how somebody agreed is asked where nobody knows, and only there", () => {
  assert.equal(needsConsent({ kind: "number", typed: "+13125550148" }), true);
  assert.equal(needsConsent(ada([addressOf(1, {})])), true);
  assert.equal(needsConsent(ada([addressOf(1, { state: "opted_in" })])), false);
});

test("a message lacks what it lacks, each said beside its field", () => {
  const recipient = ada([addressOf(1, {})]);
  assert.deepEqual(lacksOf({ recipient, text: " ", consent: null }, 1_600), {
    to: null,
    consent: "Choose how they agreed.",
    text: "Write something first.",
  });
  const long = lacksOf({ recipient, text: "x".repeat(10_000), consent: "booking_form" }, 1_600);
  assert.equal(long.text, "At most 1,600 characters; this has 10,000.");
  const gap = lacksOf({ recipient, text: "Dear {last_name}", consent: "booking_form" }, 1_600);
  assert.equal(gap.text, "Fill in {last_name} first.");
  const whole = lacksOf({ recipient, text: "Good evening", consent: "booking_form" }, 1_600);
  assert.deepEqual(whole, { to: null, consent: null, text: null });
});

test("what looks like a number is offered as one; a room and a name are not", () => {
  for (const number of ["+1 312 555 0148", "(312) 555-0148", "0171/5550148"]) {
    assert.ok(isNumberLike(number), number);
  }
  for (const other of ["412", "Ada", "ada@example.com", "", "12 Ada 3456"]) {
    assert.ok(!isNumberLike(other), other);
  }
});

test("a template knows what is known of the guest, and nothing else", () => {
  const fieldOf = (number: number, purpose: FieldPurpose): Field => {
    const rest = { name: purpose, kind: "text" as const, options: [], position: 0, version: 1 };
    return { id: idFrom(number), purpose, ...rest };
  };
  const fields = [fieldOf(1, "room"), fieldOf(2, "departure"), fieldOf(3, "arrival")];
  const recipient = ada([addressOf(1, {})], {
    fields: [
      { fieldId: idFrom(1), value: "412" },
      { fieldId: idFrom(2), value: "2026-11-24" },
    ],
  });
  const known = { fields, property: "Harbour House", agent: "Mia Lind", language: "de" };
  assert.deepEqual(Object.fromEntries(placeholderValues(recipient, known)), {
    property: "Harbour House",
    agent: "Mia Lind",
    room: "412",
    departure: "24. November",
    name: "Ada Nguyen",
    first_name: "Ada",
    last_name: "Nguyen",
  });
  const number = placeholderValues({ kind: "number", typed: "+13125550148" }, known);
  assert.deepEqual([...number.keys()], ["property", "agent"]);
});
