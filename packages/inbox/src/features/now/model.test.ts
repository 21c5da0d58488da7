import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentId } from "@foyer/contract";
import { idFrom } from "../../data/fixtures.ts";
import type { AgentNow } from "../../data/now.ts";
import { shiftOf, spanWords } from "./model.ts";

const names = new Map<AgentId, string>([
  [idFrom(1), "Mia"],
  [idFrom(2), "Jo"],
  [idFrom(3), "Owen"],
  [idFrom(4), "Ada"],
]);

function agentOf(number: number, change: Partial<AgentNow>): AgentNow {
  return { agentId: idFrom(number), isSignedIn: true, open: 0, waiting: 0, ...change };
}

function namesIn(people: readonly { readonly name: string }[]): string[] {
  return people.map(({ name }) => name);
}

test("whoever left with guests stands apart, for somebody has to move them", () => {
  const { holding, others, signedIn } = shiftOf(
    [
      agentOf(1, { open: 4, waiting: 1 }),
      agentOf(2, { isSignedIn: false, open: 3, waiting: 2 }),
      agentOf(3, { isSignedIn: false }),
      agentOf(4, { open: 6, waiting: 3 }),
    ],
    (id) => names.get(id),
  );
  assert.deepEqual(namesIn(holding), ["Jo"]);
  assert.deepEqual(namesIn(others), ["Ada", "Mia", "Owen"]);
  assert.equal(signedIn, 2);
});

test("an agent whom nobody knows by name is no line of nobody", () => {
  const { holding, others, signedIn } = shiftOf([agentOf(9, { open: 2 })], (id) => names.get(id));
  assert.deepEqual([holding.length, others.length, signedIn], [0, 0, 0]);
});

test("a span is said to the minute, and never as sixty of them", () => {
  const second = 1_000;
  const minute = 60 * second;
  const said = [0, 59 * second, 61 * second, 3.4 * minute, 59.7 * minute, 60 * minute, 72 * minute];
  assert.deepEqual(said.map(spanWords), [
    "Under 1 min",
    "Under 1 min",
    "1 min",
    "3 min",
    "1 h",
    "1 h",
    "1 h 12 min",
  ]);
});
