import assert from "node:assert/strict";
import { test } from "node:test";
import { analyseQuery } from "../../platform/search/query.ts";
import { beginJudging, judge } from "./judge.ts";

const towel = { fields: [{ kind: "text", text: "a towel" }] } as const;
const long = { fields: [{ kind: "text", text: "towel ".repeat(2_000) }] } as const;
const query = analyseQuery("towel");

/** Every candidate takes so long; counts the turns that others get. */
function judgingAt(msPerCandidate: number) {
  const counted = { turns: 0 };
  let reads = 0;
  const now = () => Math.ceil(reads++ / 2) * msPerCandidate;
  const giveTurn = async () => {
    counted.turns += 1;
  };
  return { judging: beginJudging(now, giveTurn), counted };
}

test("a search that takes long lets others have their turn, and ends with what it has", async () => {
  const { judging, counted } = judgingAt(100);
  const { found, isPartial } = await judge(Array(300).fill(towel), query, judging);
  assert.deepEqual([found.length, counted.turns, isPartial], [10, 10, true]);
  const more = await judge([towel], query, judging);
  assert.deepEqual(more, { found: [], isPartial: true }, "the time is for all kinds together");
});

test("short candidates share a turn, a long one ends it", async () => {
  const short = judgingAt(1);
  const { isPartial } = await judge(Array(100).fill(towel), query, short.judging);
  assert.deepEqual([short.counted.turns, isPartial], [4, false]);
  const lengthy = judgingAt(1);
  await judge([long, long], query, lengthy.judging);
  assert.equal(lengthy.counted.turns, 2);
});
