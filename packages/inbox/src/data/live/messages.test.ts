import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationId } from "@foyer/contract";
import { idFrom } from "../fixtures.ts";
import { createOpenTabs } from "./messages.ts";

const one = idFrom<ConversationId>(1);
const two = idFrom<ConversationId>(2);

test("the stream covers what any tab has open, each conversation once", () => {
  const tabs = createOpenTabs();
  tabs.said("a", [one], 0);
  tabs.said("b", [two, one], 0);
  assert.deepEqual(tabs.conversations(0, 20), [one, two]);
});

test("a tab that left or fell silent no longer counts", () => {
  const tabs = createOpenTabs();
  tabs.said("a", [one], 0);
  tabs.said("b", [two], 100_000);
  assert.deepEqual(tabs.conversations(200_000, 20), [two]);
  tabs.left("b");
  assert.deepEqual(tabs.conversations(200_000, 20), []);
});

test("with more open than a stream carries, the tabs that spoke last are covered", () => {
  const tabs = createOpenTabs();
  tabs.said("a", [one], 0);
  tabs.said("b", [two], 1);
  assert.deepEqual(tabs.conversations(2, 1), [two]);
});
