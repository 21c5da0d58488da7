import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { matchFields } from "./matching.ts";
import { type PhraseReading, phraseStarts, phraseStepsMax } from "./phrase.ts";
import { analyseQuery } from "./query.ts";

/** Signs as letters; a space says that nothing touches across it. */
function readingOf(text: string, phrase: string) {
  const signs = [...text].flatMap((sign, at) =>
    sign === " " ? [] : [{ sign, touches: at > 0 && text[at - 1] !== " " }],
  );
  const steps = [...phrase];
  const counted = { comparisons: 0 };
  const reading: PhraseReading = {
    tokenCount: signs.length,
    stepCount: steps.length,
    spellingAt: (token) => signs[token]?.sign ?? "",
    answers: (token, step) => {
      counted.comparisons += 1;
      return signs[token]?.sign === steps[step];
    },
    mustTouch: (step) => step > 0,
    touches: (token) => {
      counted.comparisons += 1;
      return signs[token]?.touches ?? false;
    },
  };
  return { reading, counted };
}

test("a phrase that begins at every other sign costs one comparison for each sign", () => {
  const text = "漢字".repeat(8_192);
  const { reading, counted } = readingOf(text, "漢字".repeat(phraseStepsMax / 2));
  const starts = phraseStarts(reading);
  assert.equal(starts.length, (text.length - phraseStepsMax) / 2 + 1);
  assert.ok(counted.comparisons <= text.length + 2 * phraseStepsMax, `${counted.comparisons}`);
});

test("a phrase is found exactly where comparing sign by sign finds it", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", " "), maxLength: 80 });
  const phrase = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 32 });
  fc.assert(
    fc.property(text, phrase, fc.nat(40), (around, said, at) => {
      const whole = around.slice(0, at) + said + around.slice(at);
      const places = [...whole].flatMap((_, from) => (whole.startsWith(said, from) ? [from] : []));
      const expected = places.map((from) => whole.slice(0, from).replaceAll(" ", "").length);
      assert.deepEqual(phraseStarts(readingOf(whole, said).reading), expected);
    }),
    { numRuns: 1000 },
  );
});

test("of a phrase that is longer than any, its beginning is looked for", () => {
  for (const typed of ["漢字".repeat(128), `"${"late bar ".repeat(28)}"`]) {
    const { units } = analyseQuery(typed);
    assert.deepEqual(
      units.map((unit) => unit.kind === "phrase" && unit.steps.length),
      [phraseStepsMax],
    );
  }
  const query = analyseQuery("漢字".repeat(128));
  const match = matchFields([{ kind: "text", text: "漢字".repeat(20) }], query);
  assert.deepEqual(match?.highlights, [[{ start: 0, end: 40 }]]);
});
