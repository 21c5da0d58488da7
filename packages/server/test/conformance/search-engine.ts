import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, test } from "node:test";
import {
  type CandidateQuery,
  type SearchDocument,
  type SearchEngine,
  searchInstantMax,
  searchLimits,
} from "../../src/platform/search/search-engine.ts";

/** An engine under test, on a store of its own that nobody else uses. */
export interface SearchEngineUnderTest {
  readonly engine: SearchEngine;
  /** Closes the engine and removes its store. */
  dispose(): Promise<void>;
}

const tenant = randomUUID();
const otherTenant = randomUUID();
const hotel = randomUUID();
const restaurant = randomUUID();

/** What stands for the hash of a word; these tests care for no key. */
function hashOf(word: string): string {
  return createHash("sha256").update(word).digest("hex").slice(0, 16);
}

function entry(words: string, changes: Partial<SearchDocument> = {}): SearchDocument {
  return {
    tenantId: tenant,
    propertyId: hotel,
    kind: "entry",
    subjectId: randomUUID(),
    at: 1_000,
    analysisVersion: 1,
    terms: words.split(" ").map(hashOf),
    ...changes,
  };
}

function contact(words: string, changes: Partial<SearchDocument> = {}): SearchDocument {
  return entry(words, { kind: "contact", propertyId: null, ...changes });
}

/** "late|early checkout": late or early, and checkout. */
function queryFor(words: string, changes: Partial<CandidateQuery> = {}): CandidateQuery {
  return {
    tenantId: tenant,
    propertyIds: [hotel],
    kinds: ["entry", "contact"],
    allOf: words.split(" ").map((anyOf) => anyOf.split("|").map(hashOf)),
    limit: 10,
    ...changes,
  };
}

/** Registers the suite that every search engine has to pass. */
export function describeSearchEngine(
  name: string,
  open: () => Promise<SearchEngineUnderTest>,
): void {
  describe(name, () => {
    let under: SearchEngineUnderTest;
    let engine: SearchEngine;
    beforeEach(async () => {
      under = await open();
      engine = under.engine;
    });
    afterEach(() => under.dispose());

    const found = async (words: string, changes?: Partial<CandidateQuery>) =>
      (await engine.candidates(queryFor(words, changes))).map(({ subjectId }) => subjectId);
    const suite: Suite = { engine: () => engine, found };
    registerFinding(suite);
    registerOrder(suite);
    registerPlaces(suite);
    registerTenants(suite);
    registerChanges(suite);
    registerLimits(suite);
  });
}

interface Suite {
  engine(): SearchEngine;
  found(words: string, changes?: Partial<CandidateQuery>): Promise<string[]>;
}

function registerFinding({ engine, found }: Suite): void {
  test("finds what has all the terms, whichever of the alternatives", async () => {
    const late = entry("late checkout room");
    const early = entry("early checkin");
    await engine().index([late, early]);
    assert.deepEqual(await found("late checkout"), [late.subjectId]);
    assert.deepEqual(await found("late|early checkin"), [early.subjectId]);
    assert.deepEqual(await found("late checkin"), []);
  });

  test("gives kind, property and time with what it finds", async () => {
    const message = entry("towel", { at: 2_000 });
    const guest = contact("towel", { at: 1_000 });
    await engine().index([guest, message]);
    assert.deepEqual(await engine().candidates(queryFor("towel")), [
      { subjectId: message.subjectId, kind: "entry", propertyId: hotel, at: 2_000 },
      { subjectId: guest.subjectId, kind: "contact", propertyId: null, at: 1_000 },
    ]);
  });

  test("a query without terms finds nothing", async () => {
    await engine().index([entry("towel")]);
    assert.deepEqual(await engine().candidates({ ...queryFor("towel"), allOf: [] }), []);
    assert.deepEqual(await engine().candidates({ ...queryFor("towel"), allOf: [[]] }), []);
  });

  test("a document without terms is counted, and never found", async () => {
    await engine().index([entry("towel", { terms: [] })]);
    assert.equal(await engine().count(tenant), 1);
    assert.deepEqual(await found("towel"), []);
  });
}

function registerOrder({ engine, found }: Suite): void {
  test("the newest come first, however they came in, and no more than asked for", async () => {
    const times = [5_000, 1_000, 3_000, 4_000, 2_000];
    const documents = times.map((at) => entry("towel", { at }));
    await engine().index(documents);
    const newest = await engine().candidates(queryFor("towel", { limit: 3 }));
    assert.deepEqual(
      newest.map(({ at }) => at),
      [5_000, 4_000, 3_000],
    );
  });

  test("reading on before the oldest found reaches everything once", async () => {
    const documents = Array.from({ length: 25 }, (_, at) => entry("towel", { at: at * 10 }));
    await engine().index(documents);
    const seen: string[] = [];
    let before = 1_000;
    for (let page = 0; page < 5; page++) {
      const candidates = await engine().candidates(queryFor("towel", { before, limit: 5 }));
      seen.push(...candidates.map(({ subjectId }) => subjectId));
      before = candidates.at(-1)?.at ?? 0;
    }
    assert.deepEqual(seen, documents.map(({ subjectId }) => subjectId).reverse());
    assert.deepEqual(await found("towel", { before: 0 }), []);
  });

  test("what happened in the same millisecond is all found", async () => {
    const documents = Array.from({ length: 150 }, () => entry("towel"));
    await engine().index(documents);
    assert.equal((await found("towel", { limit: 500 })).length, 150);
    assert.equal((await found("towel", { limit: 500, before: 1_001 })).length, 150);
    assert.equal((await found("towel", { limit: 500, before: 1_000 })).length, 0);
  });

  test("the first and the latest of all times are kept", async () => {
    const first = entry("towel", { at: 0 });
    const latest = entry("towel", { at: Date.UTC(2200, 0) });
    await engine().index([first, latest]);
    assert.deepEqual(await found("towel"), [latest.subjectId, first.subjectId]);
  });
}

function registerPlaces({ engine, found }: Suite): void {
  test("an entry is found in its property only", async () => {
    const here = entry("towel");
    const there = entry("towel", { propertyId: restaurant });
    await engine().index([here, there]);
    assert.deepEqual(await found("towel"), [here.subjectId]);
    assert.deepEqual(await found("towel", { propertyIds: [restaurant] }), [there.subjectId]);
    assert.equal((await found("towel", { propertyIds: [hotel, restaurant] })).length, 2);
    assert.deepEqual(await found("towel", { propertyIds: [] }), []);
  });

  test("a contact without a property is found from all, one with it from there", async () => {
    const anywhere = contact("ada", { at: 2_000 });
    const there = contact("ada", { propertyId: restaurant });
    await engine().index([anywhere, there]);
    assert.deepEqual(await found("ada", { propertyIds: [] }), [anywhere.subjectId]);
    const both = await found("ada", { propertyIds: [restaurant] });
    assert.deepEqual(both, [anywhere.subjectId, there.subjectId]);
  });

  test("only the kinds asked for are found", async () => {
    const message = entry("ada", { at: 2_000 });
    const guest = contact("ada");
    await engine().index([message, guest]);
    assert.deepEqual(await found("ada", { kinds: ["entry"] }), [message.subjectId]);
    assert.deepEqual(await found("ada", { kinds: ["contact"] }), [guest.subjectId]);
    assert.deepEqual(await found("ada", { kinds: [] }), []);
  });
}

function registerTenants({ engine, found }: Suite): void {
  test("tenants with the same ids, terms and times never see each other's documents", async () => {
    const mine = entry("towel", { at: 1_000 });
    const twin = { ...mine, tenantId: otherTenant, at: 2_000 };
    await engine().index([mine, twin]);
    const seen = await engine().candidates(queryFor("towel"));
    assert.deepEqual(
      seen.map(({ at }) => at),
      [1_000],
    );
    await engine().remove(otherTenant, "entry", [mine.subjectId]);
    assert.deepEqual(await found("towel"), [mine.subjectId]);
    assert.deepEqual(await found("towel", { tenantId: otherTenant }), []);
  });

  test("another tenant's documents take no place among the newest", async () => {
    const mine = entry("towel", { at: 1 });
    const theirs = Array.from({ length: 50 }, () =>
      entry("towel", { tenantId: otherTenant, at: 9_000 }),
    );
    await engine().index([mine, ...theirs]);
    assert.deepEqual(await found("towel", { limit: 1 }), [mine.subjectId]);
    assert.equal(await engine().count(tenant), 1);
  });

  test("removing a tenant leaves nothing of it and everything of the others", async () => {
    const shared = randomUUID();
    const mine = [entry("towel", { subjectId: shared }), contact("ada"), entry("pool")];
    const theirs = entry("towel", { tenantId: otherTenant, subjectId: shared });
    await engine().index([...mine, theirs]);
    await engine().removeTenant(tenant);
    assert.equal(await engine().count(tenant), 0);
    for (const word of ["towel", "ada", "pool"]) assert.deepEqual(await found(word), []);
    assert.deepEqual(await found("towel", { tenantId: otherTenant }), [shared]);
    await engine().removeTenant(tenant);
    await engine().index(mine);
    assert.equal(await engine().count(tenant), 3);
  });

  test("removing a tenant takes thousands of documents out", async () => {
    for (let batch = 0; batch < 8; batch++) {
      const { documentsPerBatchMax: length } = searchLimits;
      await engine().index(Array.from({ length }, (_, at) => entry("towel", { at })));
    }
    assert.equal(await engine().count(tenant), 8 * searchLimits.documentsPerBatchMax);
    await engine().removeTenant(tenant);
    assert.equal(await engine().count(tenant), 0);
    assert.deepEqual(await found("towel"), []);
  });
}

function registerChanges({ engine, found }: Suite): void {
  test("indexing again replaces terms, property and time", async () => {
    const before = entry("towel pool");
    const after = { ...entry("towel bar"), subjectId: before.subjectId };
    await engine().index([before]);
    await engine().index([after]);
    assert.deepEqual(await found("pool"), []);
    assert.deepEqual(await found("towel bar"), [before.subjectId]);
    await engine().index([{ ...after, at: 7_000, propertyId: restaurant }]);
    assert.deepEqual(await found("towel"), []);
    const [moved] = await engine().candidates(queryFor("bar", { propertyIds: [restaurant] }));
    assert.equal(moved?.at, 7_000);
    assert.equal(await engine().count(tenant), 1);
  });

  test("a subject twice in a batch is there once, as the last of them", async () => {
    const first = entry("towel");
    await engine().index([first, { ...entry("pool"), subjectId: first.subjectId }]);
    assert.equal(await engine().count(tenant), 1);
    assert.deepEqual(await found("towel"), []);
    assert.deepEqual(await found("pool"), [first.subjectId]);
  });

  test("an entry and a contact with one id are two documents", async () => {
    const message = entry("ada", { at: 2_000 });
    await engine().index([message, contact("ada", { subjectId: message.subjectId })]);
    assert.equal(await engine().count(tenant), 2);
    await engine().remove(tenant, "entry", [message.subjectId]);
    const [left] = await engine().candidates(queryFor("ada"));
    assert.equal(left?.kind, "contact");
  });

  test("indexing again replaces what is of today as well as what is of long ago", async () => {
    for (const at of [Date.UTC(2026, 10, 22), searchInstantMax - 1]) {
      const document = entry("towel", { at });
      await engine().index([document]);
      await engine().index([{ ...document, terms: [hashOf(`pillow${at}`)] }]);
      assert.deepEqual(await found(`pillow${at}`), [document.subjectId]);
      assert.deepEqual(await found("towel"), []);
    }
  });

  test("what is removed is not found, and removing it again is no error", async () => {
    const gone = entry("towel");
    const kept = entry("towel");
    await engine().index([gone, kept]);
    await engine().remove(tenant, "entry", [gone.subjectId, randomUUID()]);
    await engine().remove(tenant, "entry", [gone.subjectId]);
    assert.deepEqual(await found("towel"), [kept.subjectId]);
    assert.equal(await engine().count(tenant), 1);
  });
}

function registerLimits({ engine, found }: Suite): void {
  const refuses = async (documents: SearchDocument[]) => {
    await assert.rejects(engine().index(documents), { name: /^(Type|Range)Error$/ });
    assert.equal(await engine().count(tenant), 0);
  };

  test("nothing that is not a hash is stored, and of its batch nothing is", async () => {
    for (const term of ["towel", "", hashOf("x").toUpperCase(), `${hashOf("x")} OR`]) {
      await refuses([entry("fine"), entry("towel", { terms: [hashOf("fine"), term] })]);
    }
  });

  test("nothing that is not a hash is looked for", async () => {
    for (const term of ["towel", '"', "*", "a OR b", `${hashOf("x")}*`, ""]) {
      const query = { ...queryFor("towel"), allOf: [[hashOf("fine")], [term]] };
      await assert.rejects(engine().candidates(query), { name: "TypeError" });
    }
  });

  test("a refusal says nothing of what was refused", async () => {
    const secret = "violoncello";
    await assert.rejects(engine().index([entry("x", { terms: [secret] })]), (error: Error) => {
      return !error.message.includes(secret);
    });
    await assert.rejects(engine().count(secret), (error: Error) => {
      return !error.message.includes(secret);
    });
  });

  test("ids that are not lower-case UUIDs, and times that are none, are refused", async () => {
    await refuses([entry("x", { tenantId: "1" })]);
    await refuses([entry("x", { subjectId: randomUUID().toUpperCase() })]);
    await refuses([entry("x", { propertyId: null })]);
    for (const at of [-1, 1.5, Number.NaN, 2 ** 60]) await refuses([entry("x", { at })]);
  });

  test("what is larger than the limits is refused", async () => {
    const documents = searchLimits.documentsPerBatchMax + 1;
    await refuses(Array.from({ length: documents }, () => entry("x")));
    const length = searchLimits.termsPerDocumentMax + 1;
    await refuses([entry("x", { terms: Array.from({ length }, (_, at) => hashOf(`${at}`)) })]);
    for (const limit of [0, -1, 1.5, searchLimits.candidatesMax + 1]) {
      await assert.rejects(engine().candidates(queryFor("x", { limit })), { name: "RangeError" });
    }
    const clauses = Array.from({ length: searchLimits.clausesPerQueryMax + 1 }, () => "x");
    await assert.rejects(engine().candidates(queryFor(clauses.join(" "))), { name: "RangeError" });
  });

  test("what is as large as the limits is taken", async () => {
    const length = searchLimits.termsPerDocumentMax;
    const large = entry("x", { terms: Array.from({ length }, (_, at) => hashOf(`${at}`)) });
    await engine().index([large]);
    const anyOf = Array.from({ length: searchLimits.termsPerClauseMax }, (_, at) => `${at}`);
    const clauses = Array.from({ length: searchLimits.clausesPerQueryMax }, () => anyOf.join("|"));
    const { propertiesPerQueryMax, candidatesMax: limit } = searchLimits;
    const others = Array.from({ length: propertiesPerQueryMax - 1 }, () => randomUUID());
    const propertyIds = [...others, hotel];
    const hits = await found(clauses.join(" "), { propertyIds, limit });
    assert.deepEqual(hits, [large.subjectId]);
  });
}
