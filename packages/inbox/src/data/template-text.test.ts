import assert from "node:assert/strict";
import { test } from "node:test";
import type { Template } from "@foyer/contract";
import fc from "fast-check";
import { idFrom } from "./fixtures.ts";
import { fillPieces, fillText, textFor } from "./template-text.ts";

const towels: Template = {
  id: idFrom(1),
  name: "Towels",
  shortcut: "towels",
  version: 1,
  texts: [
    { language: "en", text: "Towels are on their way, {first_name}." },
    { language: "de", text: "Handtücher sind unterwegs." },
    { language: "pt-BR", text: "As toalhas estão a caminho." },
  ],
};

test("with nothing known a text is cut into pieces and loses nothing", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const pieces = fillPieces(text, new Map());
      assert.equal(pieces.map((piece) => piece.text).join(""), text);
    }),
  );
});

test("a value that itself holds a name in braces stays as it was written", () => {
  const values = new Map([
    ["name", "{room}"],
    ["room", "412"],
  ]);
  assert.equal(fillText("{NAME} in {room}", values), "{room} in 412");
});

test("a guest gets their language, however they speak it, and everybody else the first", () => {
  const language = (tag: string | null) => textFor(towels, tag).language;
  assert.equal(language("de"), "de");
  assert.equal(language("de-AT"), "de");
  assert.equal(language("pt"), "pt-BR");
  assert.equal(language("PT-br"), "pt-BR");
  assert.equal(language("ja"), "en");
  assert.equal(language(null), "en");
});

test("of two ways to speak a language a guest gets their own", () => {
  const both = { ...towels, texts: [...towels.texts, { language: "pt-PT", text: "A caminho." }] };
  assert.equal(textFor(both, "pt-PT").language, "pt-PT");
  assert.equal(textFor(both, "pt-AO").language, "pt-BR");
});
