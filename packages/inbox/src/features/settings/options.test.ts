import assert from "node:assert/strict";
import { test } from "node:test";
import { whyNotOptions } from "./options.ts";

test("a choice has options, each said, each once", () => {
  assert.equal(whyNotOptions(["Sea", "Garden"]), null);
  assert.equal(whyNotOptions([]), "A choice needs at least one option.");
  assert.equal(whyNotOptions(["Sea", " "]), "Type every option, or remove it.");
  assert.equal(whyNotOptions(["Sea", "Sea "]), "Each option once.");
});

test("an option of ten thousand characters is refused with both figures", () => {
  const problem = whyNotOptions(["Sea", "x".repeat(10_000)]);
  assert.equal(problem, "At most 200 characters; this has 10,000.");
});
