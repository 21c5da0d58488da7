import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatAddress, normalizeAddress } from "./address.ts";

const phone = (value: string, country?: string) =>
  normalizeAddress({ kind: "phone", value }, country)?.value;
const email = (value: string) => normalizeAddress({ kind: "email", value }, undefined)?.value;

test("a number has one form, however it is written", () => {
  const writings = [
    "+13125550117",
    "+1 312 555 0117",
    "+1 (312) 555-0117",
    " +1-312-555-0117 ",
    "＋１ ３１２ ５５５ ０１１７",
  ];
  for (const writing of writings) assert.equal(phone(writing), "+13125550117", writing);
});

test("a national number is read as one of the given country, and of no other", () => {
  assert.equal(phone("(312) 555-0117", "US"), "+13125550117");
  assert.equal(phone("07700 900123", "GB"), "+447700900123");
  assert.equal(phone("06 39 98 01 23", "FR"), "+33639980123");
  assert.equal(phone("07700 900123"), undefined);
  assert.equal(phone("+44 7700 900123", "US"), "+447700900123", "its own country wins");
});

test("numbers that cannot exist are no addresses", () => {
  const impossible = [
    "",
    " ",
    "+",
    "+1",
    "+1312555",
    "+131255501170000",
    "+0123456789",
    "+999123456789",
    "towels",
    "call +13125550117 now",
    "+13125550117\u0000",
    "9".repeat(300),
  ];
  for (const number of impossible) assert.equal(phone(number), undefined, number);
});

test("an e-mail is compared in lower case and composed form", () => {
  assert.equal(email("  Ada.Nguyen@Example.COM "), "ada.nguyen@example.com");
  assert.equal(email("ada+late@example.com"), "ada+late@example.com");
  for (const broken of ["", "ada", "ada@", "@example.com", "a b@example.com", "a@b@c.example"]) {
    assert.equal(email(broken), undefined, broken);
  }
  assert.equal(email(`${"a".repeat(260)}@example.com`), undefined);
});

test("what was brought into its form once stays as it is", () => {
  const kinds = fc.constantFrom("phone" as const, "email" as const);
  const values = fc.oneof(
    fc.string(),
    fc.emailAddress(),
    fc.stringMatching(/^\+?[0-9 ()-]{4,18}$/),
  );
  fc.assert(
    fc.property(kinds, values, fc.constantFrom(undefined, "US", "GB", "DE"), (kind, value, at) => {
      const once = normalizeAddress({ kind, value }, at);
      if (!once) return;
      assert.deepEqual(normalizeAddress(once, undefined), once);
      if (kind === "phone") assert.match(once.value, /^\+[1-9]\d{1,16}$/);
    }),
  );
});

test("a number is shown in its country's international form, an e-mail as it is", () => {
  assert.equal(formatAddress({ kind: "phone", value: "+13125550117" }), "+1 312 555 0117");
  assert.equal(formatAddress({ kind: "email", value: "ada@example.com" }), "ada@example.com");
  assert.equal(formatAddress({ kind: "phone", value: "not a number" }), "not a number");
});
