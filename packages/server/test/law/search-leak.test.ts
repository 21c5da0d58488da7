import assert from "node:assert/strict";
import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { ANALYSIS_VERSION, analyseText } from "../../src/platform/search/analysis.ts";
import { openFts5SearchEngine } from "../../src/platform/search/fts5/engine.ts";
import { isStopWordOfAny } from "../../src/platform/search/stop-words.ts";
import { hashTerms } from "../../src/platform/search/term-hash.ts";

/**
 * Measures what DESIGN admits: who can read the index file *and* send messages to the tenant
 * learns in which messages the words occur that he tests (a file-injection attack; Zhang, Katz and
 * Papamanthou, USENIX Security 2016). He has no key and sees no text but his own.
 */
const testedWords = 1_000;
const injectedMessages = 10;
const guestMessages = 1_000;
const wordsPerGuestMessage = 12;
/** What everybody writes around the words that matter; it also tells the language. */
const frame = "we would like to have the";

/** A generator of numbers below 2³² that gives the same ones in every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

const next = generator(2_026);
const syllables = "ba ce di fo gu ha ke li mo nu pa re si to va we yo za tra ster ing lon".split(
  " ",
);

function pick<Item>(items: readonly Item[]): Item {
  const item = items[next() % items.length];
  if (item === undefined) throw new RangeError("There is nothing to pick from.");
  return item;
}

/** Different made-up words of two to four syllables, so that many share their first letters. */
function makeWords(count: number): readonly string[] {
  const words = new Set<string>();
  while (words.size < count) {
    const word = Array.from({ length: 2 + (next() % 3) }, () => pick(syllables)).join("");
    if (!isStopWordOfAny(word)) words.add(word);
  }
  return [...words];
}

const vocabulary = makeWords(2 * testedWords);
const tested = vocabulary.slice(0, testedWords);

/** One code of ten bits per tested word; each comes with its opposite, so every bit is half set. */
const codes = new Map(
  tested.map((word, at) => [word, at % 2 === 0 ? at / 2 + 1 : 1_023 - (at + 1) / 2]),
);

/** The attacker's messages: message number n has the words whose n-th bit is set. */
const attack = Array.from({ length: injectedMessages }, (_, bit) => {
  const words = tested.filter((word) => ((codes.get(word) ?? 0) >> bit) & 1);
  return { words: words.length, text: `${frame} ${words.join(" ")}` };
});

const guests = Array.from({ length: guestMessages }, (_, at) => {
  const words = Array.from({ length: wordsPerGuestMessage }, () => pick(vocabulary));
  return { at: 1_000 + at, words: new Set(words), text: `${frame} ${words.join(" ")}` };
});

/** Fills a real index as the server would, and leaves only its file. */
async function fillIndex(context: TestContext): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "leak-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "search.db");
  const engine = openFts5SearchEngine(file);
  const key = createSecretKey(randomBytes(32));
  const place = { tenantId: randomUUID(), propertyId: randomUUID(), kind: "entry" } as const;
  const injected = attack.map(({ text }, at) => ({ text, at }));
  const documents = [...injected, ...guests].map(({ text, at }) => ({
    ...place,
    subjectId: randomUUID(),
    at,
    analysisVersion: ANALYSIS_VERSION,
    terms: hashTerms(key, analyseText(text).terms),
  }));
  for (let from = 0; from < documents.length; from += 100) {
    await engine.index(documents.slice(from, from + 100));
  }
  await engine.close();
  return file;
}

/** All that the file tells: for each hash, the times of the messages that have it. */
function readIndex(file: string): Map<string, readonly number[]> {
  const database = new DatabaseSync(file, { readOnly: true });
  database.exec("CREATE VIRTUAL TABLE temp.posting USING fts5vocab(main, term, instance)");
  const rows = database
    .prepare("SELECT p.term, d.at FROM temp.posting AS p JOIN document AS d ON d.row = p.doc")
    .all();
  database.close();
  const times = new Map<string, number[]>();
  for (const row of rows) {
    const term = String(row["term"]);
    times.set(term, [...(times.get(term) ?? []), Number(row["at"])]);
  }
  return times;
}

/** In which of the injected messages something occurs, as a number of ten bits. */
function codeOf(times: readonly number[]): number {
  return times.filter((at) => at < injectedMessages).reduce((code, at) => code | (1 << at), 0);
}

/** How many terms of each tested word have that word's code and so no other word's. */
function ownTerms(): Map<string, number> {
  const codesOfTerms = new Map<string, number>();
  for (const [bit, { text }] of attack.entries()) {
    for (const { kind, text: term } of analyseText(text).terms) {
      const name = `${kind}:${term}`;
      codesOfTerms.set(name, (codesOfTerms.get(name) ?? 0) | (1 << bit));
    }
  }
  return new Map(
    tested.map((word) => {
      const names = analyseText(`${frame} ${word}`).terms.map(
        ({ kind, text }) => `${kind}:${text}`,
      );
      return [word, names.filter((name) => codesOfTerms.get(name) === codes.get(word)).length];
    }),
  );
}

/** What the attacker believes: for each word that he can name, the times of its messages. */
function recover(index: Map<string, readonly number[]>): Map<string, ReadonlySet<number>> {
  const postingsByCode = new Map<number, ReadonlySet<number>[]>();
  for (const times of index.values()) {
    const fromGuests = new Set(times.filter((at) => at >= injectedMessages));
    const code = codeOf(times);
    postingsByCode.set(code, [...(postingsByCode.get(code) ?? []), fromGuests]);
  }
  const believed = new Map<string, ReadonlySet<number>>();
  for (const [word, own] of ownTerms()) {
    const posting = wordAmong(postingsByCode.get(codes.get(word) ?? 0) ?? [], own);
    if (posting) believed.set(word, posting);
  }
  return believed;
}

/**
 * Which of the terms with a word's code is the word itself. Prefixes and stems occur wherever it
 * does, so its posting lies within those of all the terms that are its own; what has the same code
 * by accident seldom does, and then it mostly occurs more often.
 */
function wordAmong(
  postings: readonly ReadonlySet<number>[],
  own: number,
): ReadonlySet<number> | undefined {
  return postings
    .filter((posting) => postings.filter((wider) => isWithin(posting, wider)).length >= own)
    .sort((a, b) => a.size - b.size)[0];
}

function isWithin(posting: ReadonlySet<number>, wider: ReadonlySet<number>): boolean {
  return [...posting].every((at) => wider.has(at));
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

test("the published leak of the search index is what the attack measures", async (context) => {
  assert.ok(attack.every(({ words }) => words === testedWords / 2));
  const believed = recover(readIndex(await fillIndex(context)));
  let occurrences = 0;
  let claims = 0;
  let right = 0;
  let exact = 0;
  for (const word of tested) {
    const truth = guests.filter(({ words }) => words.has(word)).map(({ at }) => at);
    const claimed = believed.get(word) ?? new Set();
    occurrences += truth.length;
    claims += claimed.size;
    const found = truth.filter((at) => claimed.has(at)).length;
    right += found;
    if (found === truth.length && found === claimed.size) exact++;
  }
  const measured = [
    `${believed.size.toLocaleString("en")} of ${testedWords.toLocaleString("en")} words named`,
    `${exact} of them without an error`,
    `${percent(right, occurrences)} of their occurrences found`,
    `${percent(right, claims)} of the claims right`,
  ];
  context.diagnostic(measured.join(", "));
  const page = new URL("../../../../docs/concepts/encrypted-search.md", import.meta.url);
  const published = readFileSync(page, "utf8").replace(/\s+/g, " ");
  for (const figure of measured) assert.ok(published.includes(figure), `publish: ${figure}`);
});

test("without messages of his own, the attacker names no word", async (context) => {
  const index = readIndex(await fillIndex(context));
  const withoutHis = [...index].map(([hash, times]) => {
    return [hash, times.filter((at) => at >= injectedMessages)] as const;
  });
  assert.equal(recover(new Map(withoutHis)).size, 0);
});
