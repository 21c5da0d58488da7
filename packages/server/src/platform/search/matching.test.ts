import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { matchFields, rank } from "./matching.ts";
import { analyseQuery } from "./query.ts";

/** What a query highlights in a text, or null when the text does not answer it. */
function highlighted(text: string, typed: string): string[] | null {
  const match = matchFields([{ kind: "text", text }], analyseQuery(typed));
  return match && (match.highlights[0] ?? []).map(({ start, end }) => text.slice(start, end));
}

function scoreOf(text: string, typed: string): number {
  return matchFields([{ kind: "text", text }], analyseQuery(typed))?.score ?? 0;
}

const found: readonly (readonly [text: string, typed: string, ...marks: string[]])[] = [
  ["We need towels please", "towel", "towels"],
  ["Crème brûlée 🍮 for 412", "creme 412", "Crème", "412"],
  ["Ich heiße Müller", "mueller", "Müller"],
  ["Straße gesperrt", "STRASSE", "Straße"],
  ["dans l’hôtel", "hotel", "l’hôtel"],
  ["the guest's keys", "guest", "guest's"],
  ["Wi-Fi is down", "wifi", "Wi-Fi"],
  ["checkin at 3", "check-in", "checkin"],
  ["late checkout at noon", '"late checkout"', "late checkout"],
  ["drinks at the bar", '"at the bar"', "at the bar"],
  ["call +44 (0)117 555 0117", "555 0117", "44 (0)117 555 0117"],
  ["call 0117 555 0117", "+44 117 555 0117", "0117 555 0117"],
  ["write to ada@example.com.", "ada@example.com", "ada@example.com"],
  ["room 412b", "412", "412b"],
  ["to\u200bwels", "towels", "to\u200bwels"],
  ["我想预订房间", "订房", "订房"],
  ["호텔에서 만나요", "호텔", "호텔"],
  ["ฉันต้องการผ้าเช็ดตัว", "ผ้าเช็ด", "ผ้าเช็ด"],
  ["שָׁלוֹם לכם", "שלום", "שָׁלוֹם"],
];
for (const [text, typed, ...marks] of found) {
  test(`${typed} is found in: ${text}`, () => assert.deepEqual(highlighted(text, typed), marks));
}

const notFound: readonly (readonly [text: string, typed: string])[] = [
  ["late for checkout", '"late checkout"'],
  ["checkout late", '"late checkout"'],
  ["rooms", '"room"'],
  ["toward", "towel"],
  ["to the pool", "to pool-bar"],
  ["room 4120", "room 412"],
  ["rooms 412 415", "2415"],
  ["a towel", "to"],
  ["预 订", "预订"],
  ["bedroom", "room"],
  ["where is the towel that we had", "the"],
];
for (const [text, typed] of notFound) {
  test(`${typed} is not found in: ${text}`, () => assert.equal(highlighted(text, typed), null));
}

test("each word may stand in another field of the same contact", () => {
  const fields = [
    { kind: "name", text: "Ada Lovelace" },
    { kind: "phone", text: "+441175550117" },
    { kind: "email", text: "ada@example.com" },
  ] as const;
  const match = matchFields(fields, analyseQuery("0117 love"));
  assert.deepEqual(match?.highlights, [[{ start: 4, end: 12 }], [{ start: 0, end: 13 }], []]);
  assert.equal(matchFields(fields, analyseQuery("0118 love")), null);
});

test("the word itself is worth more than its stem, and that more than a longer word", () => {
  const whole = scoreOf("towel", "towel");
  const stem = scoreOf("towels", "towel");
  const longer = scoreOf("towelhorse", "towel");
  assert.ok(whole > stem && stem > longer && longer > 0);
});

test("words side by side, and optional words, are worth more", () => {
  assert.ok(scoreOf("late checkout", "late checkout") > scoreOf("checkout late", "late checkout"));
  assert.ok(scoreOf("at the bar", "the bar") > scoreOf("a bar", "the bar"));
});

test("repeating a word does not raise the score", () => {
  assert.equal(scoreOf("towel towel towel", "towel"), scoreOf("towel", "towel"));
});

test("hits are ranked by score, then the newest first", () => {
  const hit = (subjectId: string, score: number, at: number) => ({ subjectId, score, at });
  const ranked = rank([hit("a", 1, 5), hit("d", 1, 9), hit("b", 2, 1), hit("c", 1, 9)]);
  assert.deepEqual(
    ranked.map(({ subjectId }) => subjectId),
    ["b", "c", "d", "a"],
  );
});

test("a highlight takes in the whole grapheme in which a word begins", () => {
  assert.deepEqual(highlighted("a.\u0301b", "b"), [".\u0301b"]);
});

test("highlights are in order, apart, and never cut a grapheme", () => {
  const unit = fc.constantFrom(
    "a",
    "é",
    "e\u0301",
    "1",
    " ",
    "-",
    "'",
    "@",
    ".",
    "我",
    "กี",
    "👩‍👧",
  );
  const text = fc.string({ unit, maxLength: 40 });
  const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
  fc.assert(
    fc.property(text, text, (searched, typed) => {
      const match = matchFields([{ kind: "text", text: searched }], analyseQuery(typed));
      const boundaries = new Set([...graphemes.segment(searched)].map(({ index }) => index));
      boundaries.add(searched.length);
      let previous = 0;
      for (const { start, end } of match?.highlights[0] ?? []) {
        assert.ok(start >= previous && end > start);
        assert.ok(boundaries.has(start) && boundaries.has(end));
        previous = end;
      }
    }),
    { numRuns: 2000 },
  );
});
