import assert from "node:assert/strict";
import { test } from "node:test";
import { whyNotEmail, whyNotName, whyTooLong } from "./typed.ts";

test("a name of nothing but space is asked for", () => {
  assert.equal(whyNotName("  \u3000", 200), "Type something here.");
  assert.equal(whyNotName("Ada", 200), null);
});

test("ten thousand characters are refused with both figures", () => {
  const text = "x".repeat(10_000);
  assert.equal(whyTooLong(text, 200), "At most 200 characters; this has 10,000.");
  assert.equal(whyTooLong("x".repeat(200), 200), null);
  assert.equal(whyTooLong("", 200), null);
});

test("space around a text is not counted", () => {
  assert.equal(whyTooLong(`  ${"x".repeat(200)}  `, 200), null);
});

test("an e-mail has one sign in the middle and no space", () => {
  for (const good of ["a@b", " ada@example.com ", "müller@example.de"]) {
    assert.equal(whyNotEmail(good), null, good);
  }
  for (const bad of ["", "ada", "@example.com", "ada@", "a da@example.com", "a@b@c"]) {
    assert.notEqual(whyNotEmail(bad), null, bad);
  }
});
