import assert from "node:assert/strict";
import { createSecretKey, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { ANALYSIS_VERSION, analyseText } from "./analysis.ts";
import { fold, foldWithUmlautsSpelled } from "./fold.ts";
import { openFts5SearchEngine } from "./fts5/engine.ts";
import { matchFields } from "./matching.ts";
import { analyseQuery } from "./query.ts";
import type { SearchEngine } from "./search-engine.ts";
import { isStopWordOfAny } from "./stop-words.ts";
import { hashQuery, hashTerms } from "./term-hash.ts";

const key = createSecretKey(Buffer.alloc(32, 7));

/** Whether a text is found both by the index, were it alone in it, and by the check of the text. */
function finds(text: string, typed: string): boolean {
  const query = analyseQuery(typed);
  const hashes = new Set(hashTerms(key, analyseText(text).terms));
  const clauses = hashQuery([key], query.allOf);
  const isCandidate =
    clauses.length > 0 && clauses.every((anyOf) => anyOf.some((hash) => hashes.has(hash)));
  return isCandidate && matchFields([{ kind: "text", text }], query) !== null;
}

const alphabets = [
  "abcdefghijklmnopqrstuvwxyz",
  "aeiouäöüßéèêçñãõåæøœłđþı",
  "αβγδεζηθικλμνξοπρστυφχψως",
  "абвгдежзийклмнопрстуфхцчшщъыьэюя",
  "אבגדהוזחטיכלמנסעפצקרשת",
  "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
  "abc012",
];
const word = fc
  .constantFrom(...alphabets)
  .chain((letters) =>
    fc.string({ unit: fc.constantFrom(...letters), minLength: 3, maxLength: 20 }),
  );
const gap = fc.constantFrom(" ", ", ", "\n", " – ", ". ", " (", "! ", "\u00a0", " 👍 ");
const text = fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 30 });
const wordOfText = fc.tuple(text, fc.nat()).map(([parts, pick]) => ({
  whole: parts.flat().join(""),
  word: parts[pick % parts.length]?.[0] ?? "",
}));

/** A text may not be found by what is a stop word once folded ("êla"), in any of its spellings. */
function isIndexed(word: string): boolean {
  return ![fold(word), foldWithUmlautsSpelled(word)].some(isStopWordOfAny);
}

/** Numbers are kept whole, so the first digits of one find nothing. */
function isNumber(word: string): boolean {
  return /^[0-9]+$/.test(word);
}

function withoutAccents(text: string): string {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "");
}

test("a text is found by any word of it, whatever the case and the accents", () => {
  fc.assert(
    fc.property(wordOfText, ({ whole, word }) => {
      fc.pre(isIndexed(word));
      const ways = [word, word.toUpperCase(), word.normalize("NFD"), withoutAccents(word)];
      for (const typed of ways) assert.ok(finds(whole, typed), `${typed} in ${whole}`);
      assert.ok(finds(whole.toUpperCase(), word) && finds(whole.normalize("NFD"), word));
    }),
    { numRuns: 400 },
  );
});

test("a text is found by the first letters of any word of it, from three on", () => {
  fc.assert(
    fc.property(wordOfText, fc.nat(17), ({ whole, word }, more) => {
      fc.pre(isIndexed(word) && !isNumber(word));
      const typed = word.slice(0, 3 + more);
      assert.ok(finds(whole, typed), `${typed} in ${whole}`);
    }),
    { numRuns: 600 },
  );
});

test("a text is found by any words of it in a row, in quotes", () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.integer({ min: 1, max: 4 }), (parts, pick, count) => {
      const from = pick % parts.length;
      const phrase = parts
        .slice(from, from + count)
        .flat()
        .join("");
      fc.pre(parts.slice(from, from + count).every(([word]) => isIndexed(word)));
      assert.ok(finds(parts.flat().join(""), `"${phrase}"`));
    }),
    { numRuns: 300 },
  );
});

test("a text without spaces is found by any part of it", () => {
  const signs = fc.constantFrom(..."我想预订房间ホテルが호텔에서", "ฉั", "น", "ผ้", "า");
  fc.assert(
    fc.property(
      fc.array(signs, { minLength: 1, maxLength: 30 }),
      fc.nat(),
      fc.nat(),
      (all, a, b) => {
        const from = a % all.length;
        const part = all.slice(from, from + 1 + (b % 10)).join("");
        assert.ok(finds(all.join(""), part), `${part} in ${all.join("")}`);
      },
    ),
    { numRuns: 400 },
  );
});

/** What guests write, in five languages: every line gives as many sentences as it has choices. */
const patterns: readonly string[] = [
  "could we have {two more|fresh|some extra} {towels|pillows|slippers} in room {412|318|27}",
  "we would like a late checkout for {Sunday|Monday} at {noon|half past eleven}",
  "könnten wir {frische|zusätzliche} {Handtücher|Kissen|Bademäntel} für Zimmer {412|318|27} haben",
  "wann gibt es {Frühstück|Abendessen} und wie komme ich zum {Flughafen|Müllerplatz}",
  "pourriez-vous apporter {des serviettes|des oreillers|une couverture} à la chambre {412|318|27}",
  "à quelle heure est le {petit-déjeuner|dîner} de l'hôtel et où est la {piscine|réception}",
  "¿pueden traer {toallas|almohadas|mantas} a la habitación {412|318|27} {mañana|esta noche}?",
  "la {calefacción|ducha|televisión} no funciona y necesitamos {ayuda|un técnico}",
  "vorrei {due asciugamani|un cuscino|le lenzuola} per la camera {412|318|27} {domani|stasera}",
  "a che ora è la {colazione|cena} e dov'è la {città vecchia|stazione}",
];

function sentencesOf(pattern: string): readonly string[] {
  const choice = pattern.match(/\{([^}]*)\}/);
  if (!choice) return [pattern];
  return (choice[1] ?? "").split("|").flatMap((option) => {
    return sentencesOf(pattern.replace(choice[0], option));
  });
}

const corpus = new Map(
  patterns.flatMap(sentencesOf).map((sentence) => [randomUUID() as string, sentence]),
);

/** A reader of plain text that shares no code with the analysis. */
function plainWords(text: string): readonly string[] {
  const plain = text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}

function plainSearch(accepts: (words: readonly string[]) => boolean): readonly string[] {
  return [...corpus].filter(([, text]) => accepts(plainWords(text))).map(([id]) => id);
}

const tenantId = randomUUID();
const propertyId = randomUUID();

async function indexedCorpus(context: TestContext, bits?: number): Promise<SearchEngine> {
  const folder = mkdtempSync(path.join(tmpdir(), "search-"));
  const engine = openFts5SearchEngine(path.join(folder, "search.db"));
  context.after(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });
  const place = { tenantId, propertyId, kind: "entry", analysisVersion: ANALYSIS_VERSION } as const;
  const documents = [...corpus].map(([subjectId, text], at) => {
    return { ...place, subjectId, at, terms: hashTerms(key, analyseText(text).terms, bits) };
  });
  await engine.index(documents);
  return engine;
}

async function search(engine: SearchEngine, typed: string, bits?: number) {
  const query = analyseQuery(typed);
  const allOf = hashQuery([key], query.allOf, bits);
  const kinds = ["entry"] as const;
  const scope = { tenantId, propertyIds: [propertyId], kinds, limit: 500 };
  const candidates = (await engine.candidates({ ...scope, allOf })).map((hit) => hit.subjectId);
  const shown = candidates.filter((id) => {
    return matchFields([{ kind: "text", text: corpus.get(id) ?? "" }], query) !== null;
  });
  return { candidates, shown };
}

const searchedWords = [...new Set([...corpus.values()].flatMap(plainWords))].filter(
  (word) => word.length > 2 && isIndexed(word),
);

test("in five languages, every text that holds a word is found by it", async (context) => {
  const engine = await indexedCorpus(context);
  assert.ok(corpus.size > 100 && searchedWords.length > 70);
  for (const word of searchedWords) {
    const wanted = plainSearch((words) => words.includes(word));
    const { shown } = await search(engine, `${word} `);
    const missed = wanted.filter((id) => !shown.includes(id));
    assert.deepEqual(
      missed.map((id) => corpus.get(id)),
      [],
      word,
    );
  }
});

test("in five languages, every text with two words, or a start, is found", async (context) => {
  const engine = await indexedCorpus(context);
  for (const [at, second] of searchedWords.entries()) {
    const first = searchedWords[(at * 7 + 3) % searchedWords.length] ?? "";
    const start = second.slice(0, 4);
    const wanted = plainSearch((words) => {
      return words.includes(first) && words.some((word) => word.startsWith(start));
    });
    const { shown } = await search(engine, `${first} ${start}`);
    assert.deepEqual(
      wanted.filter((id) => !shown.includes(id)),
      [],
      `${first} ${start}`,
    );
  }
});

test("a word is found in its other forms", async (context) => {
  const engine = await indexedCorpus(context);
  const forms = [
    ["towel", "towels"],
    ["handtuch", "Handtücher"],
    ["oreiller", "oreillers"],
    ["almohada", "almohadas"],
    ["cuscini", "cuscino"],
  ] as const;
  for (const [typed, written] of forms) {
    const { shown } = await search(engine, typed);
    assert.ok(
      shown.some((id) => corpus.get(id)?.includes(written)),
      typed,
    );
  }
});

test("a phrase finds exactly the texts that hold it", async (context) => {
  const engine = await indexedCorpus(context);
  for (const text of [...corpus.values()].filter((_, at) => at % 5 === 0)) {
    const words = plainWords(text)
      .filter((word) => isIndexed(word))
      .slice(0, 1);
    const [anchor = ""] = words;
    const at = plainWords(text).indexOf(anchor);
    const phrase = plainWords(text)
      .slice(at, at + 3)
      .join(" ");
    const wanted = plainSearch((found) => ` ${found.join(" ")} `.includes(` ${phrase} `));
    const { shown } = await search(engine, `"${phrase}"`);
    assert.deepEqual(new Set(shown), new Set(wanted), phrase);
  }
});

test("a false hit is never shown, even if a hash has only eight bits", async (context) => {
  const exact = await indexedCorpus(context);
  const coarse = await indexedCorpus(context, 8);
  let falseHits = 0;
  for (const typed of [...searchedWords, "violoncello", "room 999", '"checkout late"']) {
    const expected = await search(exact, typed);
    const found = await search(coarse, typed, 8);
    assert.deepEqual(found.shown, expected.shown, typed);
    falseHits += found.candidates.length - found.shown.length;
  }
  assert.ok(falseHits > 1_000, "eight bits must give false hits for this to prove anything");
});
