import assert from "node:assert/strict";
import { test } from "node:test";
import { colleague, conversationOf, me } from "./fixtures.ts";
import { createRings } from "./sound.ts";

const since = "2026-11-22T12:00:00.000Z";
const now = Date.parse(since) + 800;
const waiting = (change = {}) => conversationOf(1, { waitingSince: since, ...change });

test("a guest who begins to wait rings once, however often the conversation changes", () => {
  const rings = createRings();
  assert.equal(rings.hears(waiting(), me, now), true);
  assert.equal(rings.hears(waiting({ version: 2, labelIds: [] }), me, now), false);
  const again = waiting({ waitingSince: "2026-11-22T12:00:30.000Z" });
  assert.equal(rings.hears(again, me, now + 30_000), true);
});

test("a wait that is old news does not ring, and neither does who waits for nobody", () => {
  const rings = createRings();
  assert.equal(rings.hears(waiting(), me, now + 3_600_000), false);
  assert.equal(rings.hears(conversationOf(2), me, now), false);
  assert.equal(rings.hears(waiting({ state: "closed" }), me, now), false);
});

test("a colleague's guest does not ring for me, nobody's does, and my own failed answer does not", () => {
  const hears = (change: object) => createRings().hears(waiting(change), me, now);
  assert.equal(hears({ assignee: { agentId: colleague } }), false);
  assert.equal(hears({ assignee: { agentId: me } }), true);
  const preview = { kind: "outbound", text: "x", state: "failed", agentId: me, attachments: 0 };
  assert.equal(hears({ assignee: { agentId: me }, preview }), false);
});
