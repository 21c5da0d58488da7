import assert from "node:assert/strict";
import { test } from "node:test";
import { keymap } from "./keymap.ts";
import { matchPress } from "./model.ts";

const plain = { hasMod: false, hasAlt: false, isTyping: false };
const press = (key: string, change = {}, pending: readonly string[] = [], hasSingleKeys = true) =>
  matchPress({ ...plain, key, ...change }, pending, keymap, hasSingleKeys);

test("a single key does what the keymap says", () => {
  assert.equal(press("j").command, "list.next");
  assert.equal(press("E").command, "thread.toggle");
  assert.equal(press("?").command, "keymap.open");
});

test("two keys, one after the other, go to a view", () => {
  const first = press("g");
  assert.deepEqual(first, { command: null, pending: ["g"] });
  assert.equal(press("u", {}, first.pending).command, "go.unassigned");
  assert.equal(press("a", {}, first.pending).command, "go.all");
});

test("a second key that leads nowhere counts as a first", () => {
  assert.equal(press("j", {}, ["g"]).command, "list.next");
});

test("while somebody types, single keys are letters; the search still opens", () => {
  assert.equal(press("e", { isTyping: true }).command, null);
  assert.equal(press("k", { isTyping: true, hasMod: true }).command, "search.open");
});

test("switched off, no single key does anything", () => {
  for (const { keys } of keymap.filter((one) => !one.keys[0]?.startsWith("mod"))) {
    assert.equal(press(keys[0] ?? "", {}, [], false).command, null);
  }
  assert.equal(press("k", { hasMod: true }, [], false).command, "search.open");
});

test("no shortcut is the beginning of another, and none stands twice", () => {
  const all = keymap.map(({ keys }) => keys.join(" "));
  assert.equal(new Set(all).size, all.length);
  for (const one of all) assert.ok(!all.some((other) => other.startsWith(`${one} `)));
});
