import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clampText, piecesOf } from "./pieces.ts";

test("only http and https lead anywhere, and no text is lost", () => {
  const links = (text: string) => piecesOf(text).flatMap(({ href }) => href ?? []);
  assert.deepEqual(links("See https://example.com/a?b=1."), ["https://example.com/a?b=1"]);
  assert.deepEqual(links("javascript:alert(1) data:text/html,x file:///etc"), []);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.webUrl(), (text, url) => {
      const whole = `${text} ${url}) ${text}`;
      assert.equal(
        piecesOf(whole)
          .map((piece) => piece.text)
          .join(""),
        whole,
      );
    }),
  );
});

test("whom a note calls is told from its other words, me from others", () => {
  const called = [
    { name: "Ann", isMe: false },
    { name: "Ann Lee", isMe: true },
    { name: "Engineering", isMe: false },
  ];
  const pieces = piecesOf("@Ann Lee and @Engineering, mail a@b.c to @Bob", called);
  assert.deepEqual(
    pieces.map(({ text, mention }) => [text, mention]),
    [
      ["@Ann Lee", "me"],
      [" and ", null],
      ["@Engineering", "other"],
      [", mail a@b.c to @Bob", null],
    ],
  );
});

test("a name with an at in it is called once, and not again from within", () => {
  const pieces = piecesOf("@a@a b", [
    { name: "a@a", isMe: false },
    { name: "a", isMe: false },
  ]);
  assert.deepEqual(
    pieces.map(({ text }) => text),
    ["@a@a", " b"],
  );
});

test("no name that is called loses or doubles a letter", () => {
  const names = fc.array(fc.record({ name: fc.string({ minLength: 1 }), isMe: fc.boolean() }));
  fc.assert(
    fc.property(fc.array(fc.string()), names, (parts, called) => {
      const whole = parts.map((part, at) => `${part}@${called[at]?.name ?? ""}`).join("");
      const shown = piecesOf(whole, called);
      assert.equal(shown.map(({ text }) => text).join(""), whole);
    }),
  );
});

test("a long text is clamped, a short one stands, and no character is cut in half", () => {
  assert.equal(clampText("Two more towels"), null);
  const clamped = clampText("😀".repeat(50_000)) ?? "";
  assert.ok(clamped.length < 1_300);
  assert.equal(clamped.isWellFormed(), true);
  assert.notEqual(clampText("line\n".repeat(60)), null);
});
