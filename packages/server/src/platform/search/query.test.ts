import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { analyseQuery, type SearchQuery } from "./query.ts";

function clauses(query: SearchQuery): readonly (readonly string[])[] {
  return query.allOf.map((anyOf) => anyOf.map((term) => `${term.kind} ${term.text}`));
}

test("words must all be there, the last may be unfinished", () => {
  const [room, late] = clauses(analyseQuery("rooms late", ["en"]));
  assert.deepEqual(room, ["word rooms", "stem en:room"]);
  assert.deepEqual(late, ["word late", "prefix late", "stem en:late"]);
});

test("words that an index may not keep are not asked for, unless there are no others", () => {
  assert.equal(clauses(analyseQuery("the pool")).length, 1);
  assert.equal(clauses(analyseQuery("the who")).length, 2);
});

test("a phrase asks for its words as they stand", () => {
  assert.deepEqual(clauses(analyseQuery('"late at the bar"')), [["word late"], ["word bar"]]);
});

test("a phrase that is still open ends in an unfinished word", () => {
  assert.deepEqual(clauses(analyseQuery("“late check")).at(-1), ["word check", "prefix check"]);
});

test("a spaced phone number may be one number or several", () => {
  const [first, second] = clauses(analyseQuery("555 0117"));
  assert.deepEqual(first, ["digits 555", "digits 5550117"]);
  assert.ok(second?.includes("digits 0117") && second.includes("digits 5550117"));
});

test("a number is found without the zeros and the country code it is dialled with", () => {
  const national = clauses(analyseQuery("0117 555 0117")).flat();
  assert.ok(national.includes("digits 1175550117"));
  const abroad = clauses(analyseQuery("+44 (0)117 555 0117")).flat();
  assert.ok(abroad.includes("digits 441175550117") && abroad.includes("digits 1175550117"));
  assert.ok(clauses(analyseQuery("0044 117 555 0117")).flat().includes("digits 1175550117"));
});

test("an address is one word, whole or half", () => {
  assert.deepEqual(clauses(analyseQuery("ada@exam")), [["word ada@exam", "prefix ada@exam"]]);
  assert.deepEqual(clauses(analyseQuery("@example.com x")).at(0), ["word example.com"]);
});

test("punctuation alone looks for nothing", () => {
  for (const typed of ["", " ", '"', '""', "?!…", "@", "'", "\u200b", "👍"]) {
    assert.deepEqual(clauses(analyseQuery(typed)), [], typed);
  }
});

test("whatever is typed gives a bounded query", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (typed) => {
      const { allOf, units } = analyseQuery(typed);
      assert.ok(units.length <= 12 && allOf.length <= 24);
      assert.ok(allOf.every((anyOf) => anyOf.length > 0 && anyOf.length <= 64));
    }),
    { numRuns: 500 },
  );
  const long = "l'hôtel-müller-d'été-ö'ä ".repeat(4_000);
  assert.ok(analyseQuery(long).allOf.every((anyOf) => anyOf.length <= 128));
});
