import assert from "node:assert/strict";
import { test } from "node:test";
import { roles } from "@foyer/contract";
import { isFictionalNumber } from "@foyer/simulator";
import { consentWordOf } from "../channels/index.ts";
import { demoStories } from "./make-demo.ts";
import {
  demoAgents,
  demoHotels,
  demoLabels,
  demoPassword,
  demoPlaces,
  demoTeams,
} from "./script/cast.ts";
import { eveningTexts } from "./script/evening.ts";

test("every number comes from a range kept free for fiction, each once", () => {
  const numbers = [...demoHotels, ...demoStories].map(({ number }) => number);
  for (const number of numbers) assert.ok(isFictionalNumber(number), number);
  assert.equal(new Set(numbers).size, numbers.length);
});

test("every e-mail is at example.com, which belongs to nobody", () => {
  for (const { email } of demoAgents) assert.match(email, /@([a-z]+\.)?example\.com$/);
});

test("there are two hundred stories at two hotels, somebody in each role, and an open door", () => {
  assert.equal(demoStories.length, 200);
  assert.equal(new Set(demoStories.map(({ hotel }) => hotel)).size, demoHotels.length);
  assert.deepEqual(new Set(demoAgents.map(({ role }) => role)), new Set(roles));
  assert.ok(demoPassword.length >= 12);
});

test("six guests wait at the first hotel, the longest first", () => {
  const waiting = demoStories.filter(({ hotel, steps }) => {
    const last = steps.findLast((step) => "guest" in step || "reply" in step || "close" in step);
    const isOver = steps.some((step) => "noAnswerNeeded" in step);
    return hotel === "house" && last && "guest" in last && !isOver && isText(last.guest);
  });
  assert.equal(waiting.length, 6);
  const since = waiting.map(({ steps }) => steps.findLast((step) => "guest" in step)?.ago ?? 0);
  assert.deepEqual(
    since,
    since.toSorted((one, other) => other - one),
  );
});

/** A reaction is no text that waits, and neither is a word that ends texting. */
function isText(text: string): boolean {
  return !/^(Liked “|STOP$)/.test(text);
}

test("the steps of a story follow each other strictly, and begin with the guest", () => {
  for (const { steps } of demoStories) {
    assert.ok(steps[0] && "guest" in steps[0]);
    const ago = steps.map((step) => step.ago);
    const strictly = [...new Set(ago)].toSorted((one, other) => other - one);
    assert.deepEqual(ago, strictly);
    assert.ok(ago.every((minutes) => minutes > 0));
  }
});

test("what agents do is done by who works there, and names who and what is there", () => {
  const agents: readonly string[] = demoAgents.map(({ key }) => key);
  const teams: readonly string[] = demoTeams.map(({ name }) => name);
  const labels: readonly string[] = demoLabels.map(({ name }) => name);
  for (const { hotel, steps } of demoStories) {
    for (const step of steps) {
      if ("by" in step) assert.ok(demoPlaces[hotel].includes(step.by), `${step.by} at ${hotel}`);
      if ("assign" in step) assert.ok([...agents, ...teams].includes(step.assign));
      if ("label" in step) assert.ok(labels.includes(step.label));
    }
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

test("the busy evening is forty texts of guests who are there, and a third is answered", () => {
  const known = new Set(demoStories.map(({ number }) => number));
  assert.equal(new Set(eveningTexts.map(({ text }) => text)).size, 40);
  assert.ok(eveningTexts.every(({ from }) => known.has(from)));
  assert.equal(eveningTexts.filter(({ answer }) => answer !== undefined).length, 14);
});

test("nobody who has asked to be left alone is at the busy evening", () => {
  const gone = demoStories.filter(({ steps }) =>
    steps.some((step) => "guest" in step && consentWordOf(step.guest) === "stop"),
  );
  assert.equal(gone.length, 1);
  for (const { number } of gone) assert.ok(eveningTexts.every(({ from }) => from !== number));
});
