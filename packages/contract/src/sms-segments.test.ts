import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countSegments } from "./sms-segments.ts";

const basic = fc.constantFrom(..."@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !AZaz09ÄÖÑÜ§¿äöñüà");
const extension = fc.constantFrom(..."\f^{}\\[~]|€");
const gsmText = fc.array(fc.oneof({ weight: 4, arbitrary: basic }, extension), {
  maxLength: 700,
});
const unicodeText = fc.string({ unit: "grapheme", minLength: 1, maxLength: 400 });

test("what fits one segment, and one unit more", () => {
  const counted = (text: string) => {
    const { encoding, units, segments, unitsLeft } = countSegments(text);
    return [encoding, units, segments, unitsLeft];
  };
  assert.deepEqual(counted(""), ["gsm7", 0, 0, 160]);
  assert.deepEqual(counted("a".repeat(160)), ["gsm7", 160, 1, 0]);
  assert.deepEqual(counted("a".repeat(161)), ["gsm7", 161, 2, 145]);
  assert.deepEqual(counted("a".repeat(306)), ["gsm7", 306, 2, 0]);
  assert.deepEqual(counted("a".repeat(307)), ["gsm7", 307, 3, 152]);
  assert.deepEqual(counted("я".repeat(70)), ["ucs2", 70, 1, 0]);
  assert.deepEqual(counted("я".repeat(71)), ["ucs2", 71, 2, 63]);
  assert.deepEqual(counted("я".repeat(134)), ["ucs2", 134, 2, 0]);
});

test("an escaped character counts two and is never cut in two", () => {
  assert.equal(countSegments("€".repeat(80)).segments, 1);
  assert.equal(countSegments("€".repeat(80)).units, 160);
  // 153 is odd: one septet of each full segment stays empty.
  const { segments, unitsLeft } = countSegments("€".repeat(81));
  assert.deepEqual([segments, unitsLeft], [2, 153 - 2 * 5]);
});

test("an emoji is two units and is never cut in two", () => {
  assert.deepEqual(countSegments("🙌".repeat(35)), {
    encoding: "ucs2",
    units: 70,
    segments: 1,
    unitsLeft: 0,
  });
  const { segments, unitsLeft } = countSegments("🙌".repeat(36));
  assert.deepEqual([segments, unitsLeft], [2, 67 - 2 * 3]);
});

test("one character outside the alphabet makes all of the text UCS-2", () => {
  fc.assert(
    fc.property(gsmText, fc.nat(), (characters, at) => {
      const text = characters.join("");
      assert.equal(countSegments(text).encoding, "gsm7");
      const index = at % (characters.length + 1);
      const altered = characters.toSpliced(index, 0, "“").join("");
      const { encoding, units } = countSegments(altered);
      assert.deepEqual([encoding, units], ["ucs2", altered.length]);
    }),
  );
});

test("segments hold what they say: no fewer could, and they are never overfull", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        gsmText.map((all) => all.join("")),
        unicodeText,
      ),
      (text) => {
        const { encoding, units, segments, unitsLeft } = countSegments(text);
        const [alone, joined] = encoding === "gsm7" ? [160, 153] : [70, 67];
        if (units <= alone) {
          assert.deepEqual([segments, unitsLeft], [units === 0 ? 0 : 1, alone - units]);
          return;
        }
        // At most one unit of each but the last stays empty, where the next character takes two.
        assert.ok(units <= segments * joined - unitsLeft);
        assert.ok(units >= segments * joined - unitsLeft - (segments - 1));
        assert.ok(segments >= 2 && unitsLeft >= 0 && unitsLeft < joined);
      },
    ),
  );
});

test("saying more never takes fewer segments", () => {
  fc.assert(
    fc.property(unicodeText, unicodeText, (one, other) => {
      assert.ok(countSegments(one + other).segments >= countSegments(one).segments);
    }),
  );
});
