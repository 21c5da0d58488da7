import assert from "node:assert/strict";
import { test } from "node:test";
import { hasProblem, shownProblems, standingOf } from "./form.ts";

interface Values {
  readonly name: string;
  readonly colour: string;
}

const base = { version: 3, values: { name: "Gold", colour: "amber" } };
const typed: Values = { name: "Golden", colour: "amber" };
const at = (version: number, values: Values) => ({ version, values });

test("an editor that nobody overtook goes on as it is", () => {
  assert.equal(standingOf(base, base, typed), "same");
  assert.equal(standingOf(base, at(2, typed), typed), "same");
});

test("an untouched editor shows what a colleague saved", () => {
  const theirs = { name: "Platinum", colour: "amber" };
  assert.equal(standingOf(base, at(4, theirs), base.values), "adopt");
});

test("what both changed the same way is no conflict", () => {
  assert.equal(standingOf(base, at(4, typed), typed), "adopt");
});

test("a newer version of something else leaves what was typed alone", () => {
  assert.equal(standingOf(base, at(4, base.values), typed), "rebase");
});

test("two people's different changes are a person's to decide", () => {
  const theirs = { name: "Platinum", colour: "amber" };
  assert.equal(standingOf(base, at(4, theirs), typed), "conflict");
});

test("an empty new form says nothing before somebody tries to save it", () => {
  const empty: Values = { name: "", colour: "grey" };
  const problems = { name: "Type something here." };
  assert.deepEqual(shownProblems(problems, empty, empty, false), {});
  assert.deepEqual(shownProblems(problems, empty, empty, true), problems);
});

test("what was typed and cannot stand is said at once", () => {
  const long: Values = { name: "x".repeat(300), colour: "grey" };
  const problems = { name: "Too long", colour: null };
  assert.deepEqual(shownProblems(problems, long, { name: "", colour: "grey" }, false), {
    name: "Too long",
  });
});

test("no problem is none", () => {
  assert.equal(hasProblem({ name: null, colour: undefined }), false);
  assert.equal(hasProblem({ name: null, colour: "Choose one" }), true);
});
