import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseText } from "./choose-text.ts";

const texts = ["en", "pt-PT", "pt", "zh-Hant", "de-AT"].map((language) => ({
  language,
  text: `in ${language}`,
}));

function chosen(guestLanguage: string | null): string {
  return chooseText({ texts }, guestLanguage).language;
}

test("a guest reads their own language, as closely as there is one", () => {
  assert.equal(chosen("pt-PT"), "pt-PT");
  assert.equal(chosen("PT-pt"), "pt-PT");
  assert.equal(chosen("pt-BR"), "pt", "the language itself before another country's");
  assert.equal(chosen("de"), "de-AT");
  assert.equal(chosen("zh-Hans-CN"), "zh-Hant");
});

test("a guest whose language is not there, or unknown, reads the first text", () => {
  for (const language of ["fr", "d", "", null]) assert.equal(chosen(language), "en");
});

test("a template without a text is none", () => {
  assert.throws(() => chooseText({ texts: [] }, "en"), /no text/);
});
