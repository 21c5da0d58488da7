import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field, FieldId } from "@foyer/contract";
import fc from "fast-check";
import { idFrom } from "../../data/fixtures.ts";
import { fillPieces } from "../../data/template-text.ts";
import {
  insertAt,
  knownGuest,
  knownPlaceholders,
  shortcutOf,
  unknownGuest,
  whyNotShortcut,
  whyNotText,
} from "./template-model.ts";

function fieldOf(name: string, change: Partial<Field> = {}): Field {
  const id = idFrom<FieldId>(name.length);
  const rest = { options: [], purpose: null, position: 0, version: 1 };
  return { id, name, kind: "text", ...rest, ...change };
}

const sample = {
  fields: [fieldOf("View", { kind: "choice", options: ["Sea", "Garden"] })],
  property: "Harbour House",
  agent: "Mia Lind",
  arrival: "22 Nov",
  departure: "26 Nov",
};

test("a known guest's text has no gap", () => {
  const text = "Good evening {title} {last_name}, {ROOM} with a {view} view is ready. {agent}";
  const pieces = fillPieces(text, knownGuest(sample));
  assert.ok(pieces.every(({ isUnfilled }) => !isUnfilled));
  const said = pieces.map((piece) => piece.text).join("");
  assert.equal(said, "Good evening Ms. Nguyen, 412 with a Sea view is ready. Mia Lind");
});

test("what is not known stands in its braces, marked", () => {
  const pieces = fillPieces("Hello {first_name} from {property}", unknownGuest(sample));
  assert.deepEqual(pieces, [
    { text: "Hello ", isUnfilled: false },
    { text: "{first_name}", isUnfilled: true },
    { text: " from ", isUnfilled: false },
    { text: "Harbour House", isUnfilled: false },
  ]);
});

test("a text that asks for what nothing fills says for what", () => {
  const known = knownPlaceholders(sample.fields);
  assert.equal(whyNotText("Your {view} is ready, {first_name}", known), null);
  assert.equal(whyNotText("Your {spa_time}", known), "Nothing here fills {spa_time}.");
  assert.equal(whyNotText(" ", known), "Type something here.");
  const long = whyNotText("x".repeat(10_000), known);
  assert.equal(long, "At most 1,600 characters; this has 10,000.");
});

test("a shortcut is made of a name and passes", () => {
  assert.equal(shortcutOf("Späte Abreise, 13 Uhr!"), "spate-abreise-13-uhr");
  fc.assert(
    fc.property(fc.string(), (name) => {
      const shortcut = shortcutOf(name);
      assert.ok(shortcut === "" || whyNotShortcut(shortcut) === null);
    }),
  );
});

test("a placeholder goes where the caret was, over what was selected", () => {
  assert.deepEqual(insertAt("Hello you!", 6, 9, "{name}"), { text: "Hello {name}!", caret: 12 });
});
