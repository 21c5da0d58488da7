import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address, AddressId, Field, FieldPurpose } from "@foyer/contract";
import { contactOf, idFrom } from "../../data/fixtures.ts";
import {
  addressesOf,
  addressKind,
  fieldsInOrder,
  fieldsOf,
  progressOf,
  readTyped,
} from "./model.ts";

const zone = "America/Chicago";
const noonMs = Date.parse("2026-11-22T18:00:00Z");

function fieldOf(number: number, purpose: FieldPurpose | null = null): Field {
  return {
    id: idFrom(number),
    name: `Field ${number}`,
    kind: "text",
    options: [],
    purpose,
    position: number,
    version: 1,
  };
}

test("the house's own fields come first, then the property's in its order", () => {
  const fields = [fieldOf(7), fieldOf(6, "vip"), fieldOf(3), fieldOf(5, "room")];
  const names = fieldsInOrder(fields).map(({ name }) => name);
  assert.deepEqual(names, ["Field 5", "Field 6", "Field 3", "Field 7"]);
});

test("of fifty empty fields none fills the pane, and those that are filled stand in sight", () => {
  const fields = [fieldOf(1, "room"), ...Array.from({ length: 49 }, (_, at) => fieldOf(at + 2))];
  const contact = contactOf(1, { fields: [{ fieldId: idFrom(20), value: "Feather-free" }] });
  const { shown, folded } = fieldsOf(contact, fields);
  assert.deepEqual(
    shown.map(({ field, value }) => [field.name, value]),
    [
      ["Field 1", null],
      ["Field 20", "Feather-free"],
    ],
  );
  assert.equal(folded.length, 48);
});

test("a few empty fields stand in sight", () => {
  const { shown, folded } = fieldsOf(contactOf(1), [fieldOf(2), fieldOf(3)]);
  assert.deepEqual([shown.length, folded.length], [2, 0]);
});

test("a stay says how far it has come, in the property's days", () => {
  const progress = (from: string, to: string) => progressOf(from, to, noonMs, zone);
  assert.deepEqual(progress("2026-11-20", "2026-11-24"), { share: 0.625, words: "Night 3 of 4" });
  assert.deepEqual(progress("2026-11-22", "2026-11-23"), { share: 0.5, words: "Night 1 of 1" });
  assert.deepEqual(progress("2026-11-20", "2026-11-22"), { share: 1, words: "Leaves today" });
  assert.equal(progress("2026-11-23", "2026-11-24")?.words, "Arrives tomorrow");
  assert.equal(progress("2026-11-25", "2026-11-26")?.words, "Arrives in 3 days");
  assert.equal(progress("2026-11-18", "2026-11-21")?.words, "Left yesterday");
});

test("days that make no stay show none", () => {
  assert.equal(progressOf("2026-11-24", "2026-11-20", noonMs, zone), null);
  assert.equal(progressOf("2026-11-24", null, noonMs, zone), null);
  assert.equal(progressOf("soon", "later", noonMs, zone), null);
});

test("a stay of one day begins and ends today", () => {
  assert.deepEqual(progressOf("2026-11-22", "2026-11-22", noonMs, zone), {
    share: 1,
    words: "Leaves today",
  });
});

test("what is typed into a field becomes its value, or says what to do", () => {
  const text = { kind: "text" } as const;
  const number = { kind: "number" } as const;
  assert.deepEqual(readTyped(text, "  412 ", 500), { value: "412" });
  assert.deepEqual(readTyped(text, "   ", 500), { value: null });
  assert.deepEqual(readTyped(number, "1,5", 500), { value: 1.5 });
  assert.deepEqual(readTyped(number, "two", 500), { problem: "Type a number." });
  assert.deepEqual(readTyped(number, "1e999", 500), { problem: "Type a number." });
  assert.deepEqual(readTyped(text, "x".repeat(10_000), 500), {
    problem: "At most 500 characters; this has 10,000.",
  });
});

test("an address with a sign in it is an e-mail", () => {
  assert.equal(addressKind("ada@example.com"), "email");
  assert.equal(addressKind("+1 312 555 0117"), "phone");
});

test("an address that came back is the guest's again and no former one", () => {
  const since = "2026-11-01T09:00:00.000Z";
  const addressOf = (number: number, value: string, until: string | null): Address => {
    const consent = { state: "unknown", ground: null, agentId: null, at: null } as const;
    const rest = { kind: "email", formatted: value, since, consent } as const;
    return { id: idFrom<AddressId>(number), value, until, ...rest };
  };
  const contact = contactOf(1, {
    addresses: [
      addressOf(1, "ada@example.com", null),
      addressOf(2, "ada@example.com", since),
      addressOf(3, "old@example.com", since),
    ],
  });
  const { current, former } = addressesOf(contact);
  assert.deepEqual(
    [...current, ...former].map(({ id }) => id),
    [idFrom(1), idFrom(3)],
  );
});
