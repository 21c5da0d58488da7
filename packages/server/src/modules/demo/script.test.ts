import assert from "node:assert/strict";
import { test } from "node:test";
import { isFictionalNumber } from "@foyer/simulator";
import { demoAgents, demoHotel, demoPassword, demoStories, demoTeams } from "./script.ts";

test("every number comes from a range kept free for fiction, each once", () => {
  const numbers = [demoHotel.number, ...demoStories.map(({ number }) => number)];
  for (const number of numbers) assert.ok(isFictionalNumber(number), number);
  assert.equal(new Set(numbers).size, numbers.length);
});

test("every e-mail is at example.com, which belongs to nobody", () => {
  for (const { email } of demoAgents) assert.match(email, /@([a-z]+\.)?example\.com$/);
});

test("there are a dozen stories, three agents of different roles, and an open door", () => {
  assert.equal(demoStories.length, 12);
  assert.equal(new Set(demoAgents.map(({ role }) => role)).size, 3);
  assert.ok(demoPassword.length >= 12);
});

test("the steps of a story follow each other strictly, and begin with the guest", () => {
  for (const { steps } of demoStories) {
    assert.ok(steps[0] && "guest" in steps[0]);
    const ago = steps.map((step) => step.ago);
    const strictly = [...new Set(ago)].toSorted((one, other) => other - one);
    assert.deepEqual(ago, strictly);
    assert.ok(ago.every((minutes) => minutes > 0));
  }
});

test("what agents do is done by agents, and handed to agents and teams that are there", () => {
  const agents: readonly string[] = demoAgents.map(({ key }) => key);
  const teams: readonly string[] = demoTeams.map(({ name }) => name);
  for (const step of demoStories.flatMap(({ steps }) => steps)) {
    if ("by" in step) assert.ok(agents.includes(step.by));
    if ("assign" in step) assert.ok([...agents, ...teams].includes(step.assign));
  }
  for (const { members } of demoTeams) assert.ok(members.every((key) => agents.includes(key)));
});

test("nobody reads or writes in a conversation after it was closed, until the guest does", () => {
  for (const { steps } of demoStories) {
    const closedAt = steps.findIndex((step) => "close" in step);
    const next = closedAt < 0 ? undefined : steps[closedAt + 1];
    assert.ok(next === undefined || "guest" in next);
  }
});
