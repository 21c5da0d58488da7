import assert from "node:assert/strict";
import { test } from "node:test";
import { whyNotAccountSid, whyNotToken } from "./channel-model.ts";
import { outcomeWords } from "./channel-words.ts";

const at = "2026-11-22T12:00:00.000Z";

test("an account's identifier is AC and 32 hexadecimal digits", () => {
  assert.equal(whyNotAccountSid(`AC${"0123456789abcdef".repeat(2)}`), null);
  assert.equal(whyNotAccountSid(` AC${"a".repeat(32)} `), null);
  for (const wrong of ["", "AC", `AC${"g".repeat(32)}`, `SK${"a".repeat(32)}`]) {
    assert.notEqual(whyNotAccountSid(wrong), null, wrong);
  }
});

test("a token that is stored may be left as it is, a new one has a length", () => {
  assert.equal(whyNotToken("", true), null);
  assert.notEqual(whyNotToken("", false), null);
  assert.notEqual(whyNotToken("short", true), null);
  assert.notEqual(whyNotToken("x".repeat(10_000), false), null);
  assert.equal(whyNotToken("x".repeat(32), false), null);
});

test("a test that failed says why, and what the provider calls it", () => {
  const failed = { outcome: "failed", failure: "channel_misconfigured", at } as const;
  assert.equal(
    outcomeWords({ ...failed, providerCode: "20003" }),
    "Not sent. The provider does not accept this account, token or number. The provider calls it 20003.",
  );
});

test("a reason that this version does not know is no code on screen", () => {
  const failed = { outcome: "failed", failure: "sunspots", providerCode: null, at } as const;
  assert.equal(outcomeWords(failed), "Not sent. The provider did not say why.");
});

test("what nobody saw the end of is said to be so", () => {
  const uncertain = { outcome: "uncertain", failure: null, providerCode: null, at } as const;
  assert.match(outcomeWords(uncertain), /^Nobody knows whether it was sent/);
});
