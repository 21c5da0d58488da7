import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { consentWordOf } from "./consent-word.ts";

const words = {
  stop: ["STOP", "StopAll", "unsubscribe", "cancel", "End", "QUIT"],
  start: ["start", "UNSTOP"],
  yes: ["Yes"],
  help: ["help", "INFO"],
} as const;

test("exactly one word counts, however it is written", () => {
  for (const [meaning, spellings] of Object.entries(words)) {
    for (const spelling of spellings) {
      for (const text of [
        spelling,
        `  ${spelling}\r\n`,
        `"${spelling}"`,
        `“${spelling}.”`,
        `${spelling}!`,
        `\u200B${spelling}\uFEFF`,
        spelling.replace(/[A-Z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
      ]) {
        assert.equal(consentWordOf(text), meaning, JSON.stringify(text));
      }
    }
  }
});

test("a word among others, a question, and the middle of a word say nothing", () => {
  const texts = [
    "",
    " ",
    "please stop",
    "Stop the music next door",
    "STOP STOP",
    "Help?",
    "End?",
    "yes please",
    "unstoppable",
    "ST OP",
    "s.t.o.p",
    "constructor",
    `${" ".repeat(100)}stop${" ".repeat(100)}`.repeat(100),
  ];
  for (const text of texts) assert.equal(consentWordOf(text), null, JSON.stringify(text));
});

test("another word beside it takes its meaning away", () => {
  const word = fc.constantFrom(...Object.values(words).flat());
  const other = fc.stringMatching(/^[a-z]{1,12}$/);
  fc.assert(
    fc.property(word, other, (one, two) => {
      assert.equal(consentWordOf(`${one} ${two}`), null);
      assert.equal(consentWordOf(`${two} ${one}`), null);
    }),
  );
});
