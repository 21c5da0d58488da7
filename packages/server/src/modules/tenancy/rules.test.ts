import assert from "node:assert/strict";
import { test } from "node:test";
import { rights, roles } from "@foyer/contract";
import fc from "fast-check";
import { isSessionLive, normalizeEmail } from "./rules.ts";

const limits = { idleMs: 1_000, absoluteMs: 10_000 };
const session = { ended_at: null, last_seen_at: 5_000, expires_at: 10_000 };

test("a session is over when it was left alone too long, to the millisecond", () => {
  assert.equal(isSessionLive(session, 5_999, limits), true);
  assert.equal(isSessionLive(session, 6_000, limits), false);
});

test("a session is over when it is too old, however much it is used", () => {
  const used = { ...session, last_seen_at: 9_999 };
  assert.equal(isSessionLive(used, 9_999, limits), true);
  assert.equal(isSessionLive(used, 10_000, limits), false);
});

test("a session that was ended is over, whatever the clock says", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), (now, endedAt) => {
      assert.equal(isSessionLive({ ...session, ended_at: endedAt }, now, limits), false);
    }),
  );
});

test("an e-mail signs in however it was typed", () => {
  for (const typed of ["Ada@Example.com", "  ada@example.com\n", "ＡＤＡ@example.com"]) {
    assert.equal(normalizeEmail(typed), "ada@example.com");
  }
});

test("who may what is decided here, and changes with intent only", () => {
  const table = Object.entries(rights).map(([right, may]) => {
    const marks = roles.map((role) => ((may as readonly string[]).includes(role) ? "x" : "."));
    return `${marks.join("")} ${right}`;
  });
  assert.deepEqual(
    [roles.join(" "), ...table],
    [
      "owner administrator supervisor agent read_only",
      "xxxxx conversation.read",
      "xxxx. conversation.reply",
      "xxxx. conversation.note",
      "xxxx. conversation.assign",
      "xxxx. conversation.close",
      "xxxxx contact.read",
      "xxxx. contact.edit",
      "xxx.. delivery.read",
      "xxx.. delivery.replay",
      "xxxxx property.read",
      "xxxxx session.own",
    ],
  );
});
