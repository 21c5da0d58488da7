import assert from "node:assert/strict";
import { test } from "node:test";
import { analyseQuery } from "../../platform/search/query.ts";
import { remarkOn } from "./remark.ts";

const remark = (typed: string) => remarkOn(typed, analyseQuery(typed));

test("words that every other text has are left out, and named as they were typed", () => {
  assert.deepEqual(remark("where is the Pool"), {
    ignored: ["where", "is", "the"],
    shortfall: null,
  });
  assert.deepEqual(remark("Handtücher FÜR 412"), { ignored: ["FÜR"], shortfall: null });
  assert.deepEqual(remark("towels 412"), { ignored: [], shortfall: null });
});

test("a query of nothing but such words looks for them, and says that it lacks another", () => {
  for (const typed of ["the", "and the", "est-ce que", '"to be"']) {
    const { ignored, shortfall } = remark(typed);
    assert.deepEqual([ignored, shortfall], [[], "only_common_words"], typed);
  }
});

test("a query without a word or number looks for nothing", () => {
  for (const typed of ["?!", "…", '""', "👍"])
    assert.equal(remark(typed).shortfall, "no_words", typed);
});

test("a word that is being typed finds its longer forms from three letters on", () => {
  assert.equal(remark("to7").shortfall, null);
  assert.equal(remark("tw").shortfall, "too_short");
  assert.equal(remark("tw ").shortfall, "too_short");
  assert.equal(remark("tow").shortfall, null);
  for (const typed of ["12", "部", "tw towels"]) assert.equal(remark(typed).shortfall, null, typed);
});
