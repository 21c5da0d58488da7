import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { firstCodePoints, fold, foldWithUmlautsSpelled, lowerCased } from "./fold.ts";

const anyText = fc.string({ unit: "binary", maxLength: 60 });

test("folding what is folded changes nothing", () => {
  const steps = [fold, foldWithUmlautsSpelled];
  for (const step of steps) {
    fc.assert(
      fc.property(anyText, (text) => assert.equal(fold(step(text)), step(text))),
      { numRuns: 3000 },
    );
  }
});

test("every character of Unicode folds to something that folds to itself", () => {
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const folded = fold(String.fromCodePoint(codePoint));
    assert.equal(fold(folded), folded, `U+${codePoint.toString(16)}`);
  }
});

test("spellings that people take for the same fold to the same", () => {
  const same: readonly (readonly [string, string])[] = [
    ["Straße", "STRASSE"],
    ["Ærø", "aero"],
    ["Łódź", "lodz"],
    ["ΟΔΟΣ", "οδός"],
    ["İstanbul", "istanbul"],
    ["ｆｕｌｌ", "full"],
    ["ﬁsh", "fish"],
    ["so\u00adft\u200b", "soft"],
    ["שָׁלוֹם", "שלום"],
    ["مَرْحَبًا", "مرحبا"],
    ["٤١٢", "412"],
    ["๔๑๒", "412"],
    ["ｶﾞ", "ガ"],
  ];
  for (const [left, right] of same) assert.equal(fold(left), fold(right), left);
});

test("marks that are letters of their own are kept", () => {
  assert.notEqual(fold("が"), fold("か"));
  assert.notEqual(fold("กี"), fold("กา"));
  assert.notEqual(fold("की"), fold("कु"));
});

test("an umlaut can be spelled with an e", () => {
  assert.equal(foldWithUmlautsSpelled("Müller"), "mueller");
  assert.equal(foldWithUmlautsSpelled("SMØRREBRØD"), "smoerrebroed");
  assert.equal(foldWithUmlautsSpelled("plain"), "plain");
});

test("lower case keeps the accents that stemmers need", () => {
  assert.equal(lowerCased("RÉSERVÉE"), "réservée");
});

test("cutting by code points never cuts one in two", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, count) => {
      assert.equal(firstCodePoints(text, count), Array.from(text).slice(0, count).join(""));
    }),
  );
});
