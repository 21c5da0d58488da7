import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Analysis,
  analyseEmail,
  analyseName,
  analysePhone,
  analyseText,
  type TermKind,
} from "./analysis.ts";
import { isStopWordOfAny, languages } from "./stop-words.ts";

function textsOf({ terms }: Analysis, kind: TermKind): readonly string[] {
  return terms.filter((term) => term.kind === kind).map((term) => term.text);
}

test("a text is known by its words, folded, without those that every text has", () => {
  const words = textsOf(analyseText("The Crème brûlée is in Room 412, isn’t it?"), "word");
  assert.deepEqual(words, ["creme", "brulee", "room"]);
});

test("a room number is kept whole", () => {
  const analysis = analyseText("Room 412");
  assert.deepEqual(textsOf(analysis, "digits"), ["412"]);
  assert.deepEqual(textsOf(analysis, "prefix"), ["roo"]);
});

test("each language is reduced by its own stemmer, guessed from its stop words", () => {
  const samples = [
    ["we would like the towels", "en:towel"],
    ["wir möchten die Handtücher", "de:handtuch"],
    ["nous avons des réservations", "fr:reserv"],
    ["queremos las habitaciones para nosotros", "es:habit"],
    ["vorrei delle camere per noi", "it:cam"],
    ["temos os quartos para você", "pt:quart"],
    ["wij willen de kamers van het hotel", "nl:kamer"],
  ] as const;
  for (const [text, stem] of samples) {
    const stems = textsOf(analyseText(text), "stem");
    assert.ok(stems.includes(stem), `${text}: ${stems}`);
    assert.ok(stems.every((found) => found.startsWith(stem.slice(0, 3))));
  }
});

test("a given language goes before the guess", () => {
  const stems = textsOf(analyseText("the towels and the rooms", "de"), "stem");
  assert.ok(stems.every((stem) => stem.startsWith("de:")));
});

test("a text too short to tell its language is reduced in all of them", () => {
  const stems = textsOf(analyseText("towels 412"), "stem");
  assert.equal(new Set(stems.map((stem) => stem.slice(0, 2))).size, languages.length);
});

test("elisions, possessives, hyphens and umlauts are found by what people type", () => {
  const words = textsOf(analyseText("l'hôtel O’Brien's check-in Wi-Fi Grüße"), "word");
  for (const word of ["hotel", "obriens", "brien", "checkin", "wifi", "gruesse", "grusse"]) {
    assert.ok(words.includes(word), `${word} in ${words}`);
  }
});

test("prefixes have three to twelve letters and are shorter than their word", () => {
  const prefixes = textsOf(analyseText("housekeeping-free internationalisation bar"), "prefix");
  assert.ok(prefixes.every((prefix) => prefix.length >= 3 && prefix.length <= 12));
  assert.ok(prefixes.includes("internationa") && !prefixes.includes("bar"));
});

test("a phone number is known by its endings from four digits on", () => {
  const endings = textsOf(analysePhone("+441175550117"), "digits");
  assert.deepEqual(endings.at(0), "441175550117");
  assert.deepEqual(endings.at(-1), "0117");
  assert.equal(endings.length, 9);
  assert.deepEqual(analysePhone("").terms, []);
});

test("a card number in a text has no endings", () => {
  const digits = textsOf(analyseText("4111 1111 1111 1111"), "digits");
  assert.deepEqual(digits, ["4111", "1111"]);
});

test("an e-mail address is known whole, by its halves, and by their words", () => {
  const analysis = analyseEmail("Ada.Lovelace@Example.com");
  const words = ["ada.lovelace@example.com", "ada.lovelace", "example.com"];
  for (const word of [...words, "ada", "lovelace", "example", "com"]) {
    assert.ok(textsOf(analysis, "word").includes(word), word);
  }
  assert.ok(textsOf(analysis, "prefix").includes("love"));
});

test("a name keeps words that are stop words elsewhere, and has no stems", () => {
  const analysis = analyseName("Will An");
  assert.deepEqual(textsOf(analysis, "word"), ["will", "an"]);
  assert.deepEqual(textsOf(analysis, "stem"), []);
});

test("scripts without spaces are known by characters and pairs that touch", () => {
  const signs = textsOf(analyseText("我想 预订"), "signs");
  assert.deepEqual(signs, ["我", "想", "预", "订", "我想", "预订"]);
});

test("nothing that a front desk looks for is a stop word", () => {
  const wanted = "room towel late check out bed bar key taxi may now two tv spa vip";
  for (const word of wanted.split(" ").filter((word) => word !== "out")) {
    assert.ok(!isStopWordOfAny(word), word);
  }
});

const hostile: readonly (readonly [string, string])[] = [
  ["one endless word", "a".repeat(100_000)],
  ["words without end", Array.from({ length: 30_000 }, (_, at) => `w${at}`).join(" ")],
  ["accents only", "\u0301".repeat(100_000)],
  ["zero-width characters", "\u200b\u200d\ufeff".repeat(33_000)],
  ["right to left", "\u202eשלום مرحبا\u202c ".repeat(7_000)],
  ["emoji", "👩‍👩‍👧‍👦".repeat(9_000)],
  ["half pairs", "\ud83d".repeat(100_000)],
  ["no spaces", "我想预订房间".repeat(16_000)],
  ["Thai", "ฉันต้องการ".repeat(10_000)],
  ["addresses", "a@".repeat(50_000)],
  ["hyphens", "a-".repeat(50_000)],
  ["digits", "1 ".repeat(50_000)],
  ["apostrophes", "a'".repeat(50_000)],
  ["markup", "<script>alert(1)</script>".repeat(4_000)],
];
for (const [name, text] of hostile) {
  test(`100,000 characters of ${name} give a bounded number of bounded terms`, () => {
    const started = performance.now();
    const { terms } = analyseText(text);
    assert.ok(terms.length <= 8192);
    assert.ok(terms.every((term) => Array.from(term.text).length <= 64));
    assert.ok(performance.now() - started < 5_000);
  });
}
