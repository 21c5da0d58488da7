import assert from "node:assert/strict";
import { test } from "node:test";
import { createEventLog } from "./event-log.ts";
import { conversationOf } from "./fixtures.ts";

const event = (version: number) => ({
  type: "conversation.changed" as const,
  cursor: `c${version}`,
  conversation: conversationOf(1, { version }),
  contact: null,
  entries: [],
});

test("what came while a read was under way is known, and nothing from before", () => {
  const log = createEventLog();
  log.add(event(1));
  const mark = log.mark();
  assert.deepEqual(log.since(mark), []);
  log.add(event(2));
  log.add(event(3));
  assert.deepEqual(
    log.since(mark)?.map(({ cursor }) => cursor),
    ["c2", "c3"],
  );
});

test("when more came than is remembered, the read must be made anew", () => {
  const log = createEventLog(2);
  const mark = log.mark();
  for (const version of [1, 2, 3]) log.add(event(version));
  assert.equal(log.since(mark), null);
  assert.equal(log.since(log.mark() - 2)?.length, 2);
});
