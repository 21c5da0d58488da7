import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address, AddressId, AgentId, Contact, FieldId, LabelId } from "@foyer/contract";
import fc from "fast-check";
import { type ContactChange, isChangedByOthers, withChanges } from "./contact-changes.ts";
import { contactOf, idFrom } from "./fixtures.ts";

const at = "2026-11-22T12:00:00.000Z";
const room = idFrom<FieldId>(1);
const gold = idFrom<LabelId>(2);
const mobile = idFrom<AddressId>(3);
const mia = idFrom<AgentId>(4);

const address: Address = {
  id: mobile,
  kind: "phone",
  value: "+13125550117",
  formatted: "(312) 555-0117",
  since: at,
  until: null,
  consent: { state: "unknown", ground: null, agentId: null, at: null },
};
const ada: Contact = contactOf(1, { addresses: [address] });

test("what is on its way is shown as if it were done, in the order in which it was made", () => {
  const shown = withChanges(ada, [
    { kind: "field", fieldId: room, value: "412" },
    { kind: "label_added", labelId: gold },
    { kind: "field", fieldId: room, value: "413" },
    { kind: "name", name: "Ada N." },
    { kind: "language", language: "de" },
    { kind: "blocked", at },
  ]);
  assert.deepEqual(shown.fields, [{ fieldId: room, value: "413" }]);
  assert.deepEqual(shown.labelIds, [gold]);
  assert.deepEqual([shown.name, shown.language, shown.blockedAt], ["Ada N.", "de", at]);
});

test("an emptied field, a removed label and an unblocked guest are as if they had never been", () => {
  const shown = withChanges(ada, [
    { kind: "field", fieldId: room, value: "412" },
    { kind: "field", fieldId: room, value: null },
    { kind: "label_added", labelId: gold },
    { kind: "label_removed", labelId: gold },
    { kind: "blocked", at },
    { kind: "unblocked" },
  ]);
  assert.deepEqual(shown, ada);
});

test("consent is one address's, and an address that is no longer theirs stays known", () => {
  const ground = "asked_in_person" as const;
  const shown = withChanges(ada, [
    { kind: "consent", addressId: mobile, state: "opted_in", ground, agentId: mia, at },
    { kind: "address_ended", addressId: mobile, at },
  ]);
  const consent = { state: "opted_in", ground, agentId: mia, at };
  assert.deepEqual(shown.addresses, [{ ...address, consent, until: at }]);
});

test("a label put on twice is there once", () => {
  const added: ContactChange = { kind: "label_added", labelId: gold };
  const times = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(times, (count) => {
      const shown = withChanges(
        ada,
        Array.from({ length: count }, () => added),
      );
      assert.deepEqual(shown.labelIds, [gold]);
    }),
  );
});

test("only a change of the very text that one edits is somebody else's", () => {
  const moved = { ...ada, version: 2, labelIds: [gold] };
  assert.equal(isChangedByOthers(ada, moved, "name"), false);
  assert.equal(isChangedByOthers(ada, { ...moved, name: "A. Nguyen" }, "name"), true);
  assert.equal(isChangedByOthers(ada, { ...moved, name: "A. Nguyen" }, "language"), false);
});
