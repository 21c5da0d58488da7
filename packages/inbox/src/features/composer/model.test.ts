import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, isSendKey, shortNameOf } from "./model.ts";

test("the counter appears from 120 characters, and says when it is too much", () => {
  assert.equal(countOf("a".repeat(119), 160).isShown, false);
  assert.deepEqual(countOf("a".repeat(120), 160), {
    used: 120,
    max: 160,
    isOver: false,
    isShown: true,
  });
  assert.equal(countOf("a".repeat(161), 160).isOver, true);
});

test("blanks around a text are not sent and not counted", () => {
  assert.equal(countOf("   \n ", 160).used, 0);
});

const enter = { key: "Enter", shiftKey: false, altKey: false, isComposing: false, keyCode: 13 };

test("Enter sends, Shift with Enter makes a line", () => {
  assert.equal(isSendKey(enter), true);
  assert.equal(isSendKey({ ...enter, shiftKey: true }), false);
});

test("Enter that ends a character being composed does not send", () => {
  assert.equal(isSendKey({ ...enter, isComposing: true }), false);
  assert.equal(isSendKey({ ...enter, keyCode: 229 }), false);
});

test("a guest is addressed by first name, or by number", () => {
  assert.equal(shortNameOf("Ada Nguyen", true), "Ada");
  assert.equal(shortNameOf("(312) 555-0148", false), "(312) 555-0148");
});
