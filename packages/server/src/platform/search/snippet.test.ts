import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { snippet } from "./snippet.ts";

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

test("a short text is its own snippet", () => {
  const ranges = [{ start: 0, end: 4 }];
  const expected = { text: "late", ranges, isCutBefore: false, isCutAfter: false };
  assert.deepEqual(snippet("late", ranges, 10), expected);
});

test("a snippet shows what was found, with words whole at both ends", () => {
  const text = `${"before ".repeat(30)}late checkout${" after".repeat(30)}`;
  const start = text.indexOf("late");
  const result = snippet(text, [{ start, end: start + 13 }], 80);
  const [range] = result.ranges;
  assert.equal(result.text.slice(range?.start, range?.end), "late checkout");
  assert.match(result.text, /^before .* after$/);
  assert.ok(result.isCutBefore && result.isCutAfter);
});

test("a snippet is never too long, never cuts a grapheme, and is a part of the text", () => {
  const unit = fc.constantFrom("a", " ", "e\u0301", "👩‍👩‍👧", "🇩🇪", "กี", "\u200d", "我");
  const arbitrary = fc.record({
    text: fc.string({ unit, maxLength: 80 }),
    max: fc.nat(60),
    from: fc.nat(200),
    length: fc.nat(20),
  });
  fc.assert(
    fc.property(arbitrary, ({ text, max, from, length }) => {
      const start = Math.min(from, text.length);
      const range = { start, end: Math.min(start + length, text.length) };
      const result = snippet(text, [range], max);
      const segments = [...graphemes.segment(text)];
      const boundaries = [...segments.map(({ index }) => index), text.length];
      assert.ok(result.text.length <= max);
      assert.ok(
        boundaries.some((at) => {
          return text.startsWith(result.text, at) && boundaries.includes(at + result.text.length);
        }),
      );
      for (const { start, end } of result.ranges) {
        assert.equal(result.text.slice(start, end), text.slice(range.start, range.end));
      }
    }),
    { numRuns: 3000 },
  );
});

test("what was found is shown whenever it fits with its surroundings", () => {
  const text = Array.from({ length: 400 }, (_, at) => `word${at}`).join(" ");
  for (let start = 0; start < text.length - 8; start += 37) {
    const result = snippet(text, [{ start, end: start + 8 }], 60);
    assert.equal(result.ranges.length, 1, `at ${start}`);
  }
});

test("one grapheme longer than the snippet leaves it empty", () => {
  assert.equal(snippet(`e${"\u0301".repeat(100)}`, [], 10).text, "");
});

test("a snippet of 100,000 characters takes no time", () => {
  const started = performance.now();
  snippet("late 👩‍👩‍👧 ".repeat(10_000), [{ start: 90_000, end: 90_004 }], 120);
  assert.ok(performance.now() - started < 1_000);
});
