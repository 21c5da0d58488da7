import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isQuoteOf, readReaction } from "./reaction-text.ts";

const put = { isRemoval: false, quoted: "See you at 6" };
const taken = { isRemoval: true, quoted: "See you at 6" };

describe("a phone's reaction in words", () => {
  test("is read as an iPhone writes it", () => {
    const texts = {
      "Liked “See you at 6”": { emoji: "👍", ...put },
      "Loved “See you at 6”": { emoji: "❤️", ...put },
      "Disliked “See you at 6”": { emoji: "👎", ...put },
      "Laughed at “See you at 6”": { emoji: "😂", ...put },
      "Emphasized “See you at 6”": { emoji: "‼️", ...put },
      "Questioned “See you at 6”": { emoji: "❓", ...put },
      "Reacted 🎉 to “See you at 6”": { emoji: "🎉", ...put },
      "Removed a like from “See you at 6”": { emoji: "👍", ...taken },
      "Removed a heart from “See you at 6”": { emoji: "❤️", ...taken },
      "Removed a dislike from “See you at 6”": { emoji: "👎", ...taken },
      "Removed a laugh from “See you at 6”": { emoji: "😂", ...taken },
      "Removed an exclamation from “See you at 6”": { emoji: "‼️", ...taken },
      "Removed a question mark from “See you at 6”": { emoji: "❓", ...taken },
      "Removed 🎉 from “See you at 6”": { emoji: "🎉", ...taken },
      "Liked an image": { emoji: "👍", isRemoval: false, quoted: null },
      "Reacted 👩🏽‍🍳 to an image": { emoji: "👩🏽‍🍳", isRemoval: false, quoted: null },
      "Removed a heart from an image": { emoji: "❤️", isRemoval: true, quoted: null },
    };
    for (const [text, reaction] of Object.entries(texts)) {
      assert.deepEqual(readReaction(text), reaction, text);
    }
  });

  test("is read as Android writes it, with what cannot be seen around emoji and quote", () => {
    for (const text of [
      "👍 to “See you at 6”",
      "\u200A\u200B👍\u200B to “\u200ASee you at 6\u200A” ",
      '👍 to "See you at 6"',
    ]) {
      const reaction = readReaction(text);
      assert.equal(reaction?.emoji, "👍");
      assert.ok(isQuoteOf(reaction?.quoted ?? "", "See you at 6"), text);
    }
    assert.equal(readReaction("❤ to “x”")?.emoji, "❤️");
  });

  test("keeps quotes and line breaks that stand in the message", () => {
    const said = "The cook said “until ten”.\nShall I book?";
    assert.equal(readReaction(`Loved “${said}”`)?.quoted, said);
  });

  test("is not found in what people write", () => {
    for (const text of [
      "",
      "Liked",
      "Liked it very much",
      "I Liked “that” film",
      "liked “that”",
      "Liked “that” and more",
      "Removed a banana from “the bowl”",
      "Reacted badly to “the soap”",
      "Reacted to “the soap”",
      "We go to “Chez Nous”",
      "10 to “twelve”",
      "# to “x”",
      "👍 to you",
      "Liked an attachment to my e-mail",
    ]) {
      assert.equal(readReaction(text), undefined, text);
    }
  });
});

const said = fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 });
const emoji = fc.constantFrom("👍", "❤️", "🇫🇷", "👩🏽‍🍳", "7️⃣", "‼️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿");

describe("whatever was said", () => {
  test("a reaction to it comes back with its emoji, and quotes it", () => {
    fc.assert(
      fc.property(said, emoji, fc.boolean(), (text, one, isRemoval) => {
        fc.pre(/[^\s\p{Zs}\p{Cf}]/u.test(text));
        const reaction = readReaction(
          isRemoval ? `Removed ${one} from “${text}”` : `Reacted ${one} to “${text}”`,
        );
        assert.deepEqual([reaction?.emoji, reaction?.isRemoval], [one, isRemoval]);
        assert.ok(isQuoteOf(reaction?.quoted ?? "", text));
      }),
    );
  });

  test("a quote that was cut is of what begins like it, and of nothing else", () => {
    fc.assert(
      fc.property(said, fc.nat(), fc.constantFrom("…", "..."), (text, at, dots) => {
        const characters = Array.from(text.normalize("NFC"));
        const beginning = characters.slice(0, 1 + (at % characters.length)).join("");
        fc.pre(/[\p{L}\p{N}]$/u.test(beginning));
        assert.ok(isQuoteOf(`${beginning}${dots}`, text));
        assert.ok(!isQuoteOf(`${beginning}§${dots}`, text.replaceAll("§", "")));
      }),
    );
  });

  test("no text at all makes it stumble, or takes it long", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void readReaction(text)));
    const long = `Liked “${"“ ".repeat(50_000)}`;
    assert.equal(readReaction(long), undefined);
  });
});
