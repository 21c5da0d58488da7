import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import type {
  ContactId,
  ConversationId,
  EntryId,
  OperationParsed,
  operations,
} from "@foyer/contract";
import { createIndexer } from "../../src/modules/search/indexer.ts";
import { createSearch } from "../../src/modules/search/search-property.ts";
import type { Context } from "../../src/platform/access/index.ts";
import type { SearchableField } from "../../src/platform/search/field.ts";
import { openFts5SearchEngine } from "../../src/platform/search/fts5/engine.ts";
import { type Match, matchFields } from "../../src/platform/search/matching.ts";
import { analyseQuery } from "../../src/platform/search/query.ts";
import type { SearchEngine } from "../../src/platform/search/search-engine.ts";
import { isStopWordOfAny } from "../../src/platform/search/stop-words.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import {
  labels,
  makeGuests,
  makeQueries,
  type PlainGuest,
  plainWords,
  randomFrom,
} from "./search-corpus.ts";

const guestCount = 36;
const queryCount = 450;
const hitsMax = 50;
const random = randomFrom(2_026);
const guests = makeGuests(random, guestCount);
const queries = [...new Set(makeQueries(random, guests, queryCount))];

/** Something that can be found, with all of its text: the truth, beside any index. */
interface Plain {
  readonly id: string;
  readonly at: number;
  readonly fields: readonly SearchableField[];
  /** Of a message: what is known of its guest. */
  readonly guestFields?: readonly SearchableField[];
}

interface Hit {
  readonly id: string;
  readonly score: number;
  readonly at: number;
}

type Run = (query: string) => Promise<Awaited<ReturnType<ReturnType<typeof createSearch>>>>;
type Input = OperationParsed<(typeof operations)["search"]>;

describe("search over guests and what they wrote, in seven languages", () => {
  let world: World;
  let hotel: Hotel;
  let folder: string;
  let corpus: readonly Plain[];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "foyer-recall-"));
    world = await World.open();
    ({ hotel } = await world.tenant("Aurora"));
    corpus = await fill();
    await world.settle();
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  test("finds exactly what a reader of all plain text finds, in the same order", async () => {
    const run = await searchBy(world.assembly.searchEngine);
    assert.ok(queries.length > 250 && corpus.length > 200, `${queries.length} ${corpus.length}`);
    let found = 0;
    for (const query of queries) {
      const { hits, isPartial, shortfall } = await run(query);
      assert.equal(isPartial, false, query);
      const expected = truth(query);
      // No index keeps such words: what is found by them is true, and said not to be all.
      if (shortfall === "only_common_words") {
        for (const hit of hits) assert.ok(expected.includes(idOf(hit)), query);
      } else assert.deepEqual(hits.map(idOf), expected, query);
      found += hits.length;
    }
    assert.ok(found > 2 * queries.length, "the queries must find something");
  });

  test("finds every text that plainly holds all the words that were typed", async () => {
    const run = await searchBy(world.assembly.searchEngine);
    let checked = 0;
    for (const query of queries.filter((typed) => !typed.includes('"'))) {
      const words = plainWords(query);
      if (words.length === 0 || words.some(isStopWordOfAny)) continue;
      const { hits } = await run(query);
      if (hits.length === hitsMax) continue;
      const shown = new Set(hits.map(idOf));
      const holding = corpus.filter((plain) => holdsAll(plain, words));
      for (const { id, fields } of holding) assert.ok(shown.has(id), `${query} in ${said(fields)}`);
      checked += holding.length;
    }
    assert.ok(checked > 500, String(checked));
  });

  test("shows nothing that does not hold each word, or one that begins like it", async () => {
    const run = await searchBy(world.assembly.searchEngine);
    const byId = new Map(corpus.map((plain) => [plain.id, plain]));
    for (const query of queries) {
      const words = plainWords(query).filter((word) => !isStopWordOfAny(word));
      for (const { fields, guestFields = [] } of (await run(query)).hits.map((hit) => {
        return byId.get(idOf(hit)) ?? assert.fail(query);
      })) {
        const texts = [...fields, ...guestFields].map(({ text }) => text);
        for (const word of words)
          assert.ok(mayHold(texts, word), `${word} in ${texts.join(" · ")}`);
      }
    }
  });

  test("puts what holds the word itself before what is like it, and of those the newest", async () => {
    const run = await searchBy(world.assembly.searchEngine);
    const byId = new Map(corpus.map((plain) => [plain.id, plain]));
    for (const query of ["towel", "handtuch", "tow", "klima", "lamp", "toalla", "camera"]) {
      const ranked = (await run(query)).hits.map((hit) => {
        const plain = byId.get(idOf(hit)) ?? assert.fail(query);
        const isWhole = plain.fields.some(({ text }) => plainWords(text).includes(query));
        return { isWhole, at: plain.at };
      });
      const whole = ranked.filter(({ isWhole }) => isWhole);
      assert.deepEqual(ranked.slice(0, whole.length), whole, query);
      assert.deepEqual(
        whole,
        whole.toSorted((one, other) => other.at - one.at),
        query,
      );
    }
  });

  test("shows no false hit and loses none where many words have the same hash", async () => {
    const exact = await searchBy(world.assembly.searchEngine);
    const counted = { candidates: 0 };
    const coarse = coarseEngine(join(folder, "coarse.db"), counted);
    try {
      const { assembly } = world;
      await createIndexer({ ...assembly, engine: coarse }).rebuild(hotel.tenant.id);
      const run = await searchBy(coarse);
      let shown = 0;
      for (const query of queries) {
        const { hits, isPartial } = await run(query);
        assert.equal(isPartial, false, query);
        assert.deepEqual(hits, (await exact(query)).hits, query);
        shown += hits.length;
      }
      const falseHits = counted.candidates - shown;
      assert.ok(falseHits > 2_000, `${falseHits}: too few to prove anything`);
    } finally {
      await coarse.close();
    }
  });

  /** Makes the guests through the doors that everybody uses; returns what they know by heart. */
  async function fill(): Promise<readonly Plain[]> {
    const { propertyId } = hotel;
    const client = await hotel.agent("owner").client();
    const labelIds = new Map<string, string>();
    for (const name of labels) {
      const given = { propertyId, labelId: randomUUID(), name, colour: "violet" } as const;
      labelIds.set(name, (await client.createLabel(given)).label.id);
    }
    const { items } = await client.listFields({ propertyId });
    const fieldOf = (purpose: string) => items.find((field) => field.purpose === purpose)?.id ?? "";
    const plain: Plain[] = [];
    for (const guest of guests) {
      const labelId = guest.label === null ? undefined : labelIds.get(guest.label);
      const filled = [
        [fieldOf("room"), guest.room],
        [fieldOf("title"), guest.title],
      ] as const;
      plain.push(...(await make(client, guest, filled, labelId)));
    }
    return plain;
  }

  async function make(
    client: Client,
    guest: PlainGuest,
    filled: readonly (readonly [fieldId: string, value: string | null])[],
    labelId: string | undefined,
  ): Promise<readonly Plain[]> {
    const phone = hotel.guest();
    const addresses = [{ kind: "phone" as const, value: phone.number }];
    const contactId = randomUUID() as ContactId;
    const at = { propertyId: hotel.propertyId, contactId };
    const { contact } = await client.createContact({ ...at, name: guest.name, addresses });
    for (const [fieldId, value] of filled) {
      if (value) await client.setContactField({ ...at, fieldId, value });
    }
    if (labelId) await client.addContactLabel({ ...at, labelId });
    for (const text of guest.messages) {
      world.clock.moveTo(world.clock.now() + 1_000);
      await hotel.post({ body: JSON.stringify(hotel.received(phone, text)) });
    }
    const fields = plainFields(guest, phone.number);
    const plain = { id: contactId, at: Date.parse(contact.createdAt), fields };
    return [plain, ...(await written(phone, fields))];
  }

  async function written(
    phone: ReturnType<Hotel["guest"]>,
    guestFields: readonly SearchableField[],
  ) {
    const entries = await hotel.timelineWith(phone);
    return entries.flatMap((entry): Plain[] => {
      if (entry.kind !== "message") return [];
      const { id, text, occurredAt } = entry;
      const fields = [{ kind: "text", text }] as const;
      return [{ id, at: Date.parse(occurredAt), fields, guestFields }];
    });
  }

  async function searchBy(engine: SearchEngine): Promise<Run> {
    const scope = await hotel.tenant.scope();
    const caller = { agentId: hotel.agent("supervisor").id } as Context["caller"];
    const context = { ...scope, caller } as unknown as Context;
    const { propertyId } = hotel;
    const search = createSearch(engine);
    return (query) => search(context, { propertyId, query, limit: hitsMax } as Input);
  }

  /** What all plain text says is found, best first: no index, no hash, no bound but the page. */
  function truth(typed: string): readonly string[] {
    const query = analyseQuery(typed);
    const hits = corpus.flatMap(({ id, at, fields, guestFields }): Hit[] => {
      const match = matchFields(fields, query) ?? leaning(fields, guestFields, query);
      return match ? [{ id, at, score: match.score }] : [];
    });
    return hits
      .toSorted((a, b) => b.score - a.score || b.at - a.at || (a.id < b.id ? -1 : 1))
      .slice(0, hitsMax)
      .map(({ id }) => id);
  }
});

function holdsAll({ fields }: Plain, words: readonly string[]): boolean {
  const held = fields.flatMap(({ text }) => plainWords(text));
  return words.every((word) => held.includes(word));
}

const said = (fields: readonly SearchableField[]) => fields.map(({ text }) => text).join(" · ");

/** A message may lean on its guest for some of the words, where the guest does not have all. */
function leaning(
  fields: readonly SearchableField[],
  guestFields: readonly SearchableField[] | undefined,
  query: ReturnType<typeof analyseQuery>,
): Match | null {
  if (!guestFields || matchFields(guestFields, query) !== null) return null;
  return matchFields([...fields, ...guestFields], query);
}

function plainFields(guest: PlainGuest, number: string): readonly SearchableField[] {
  const { name, room, title, label } = guest;
  const named = (text: string | null) => (text === null ? [] : [{ kind: "name", text } as const]);
  const phone = { kind: "phone", text: number } as const;
  return [...named(name), phone, ...named(room), ...named(title), ...named(label)];
}

function idOf(hit: {
  readonly entryId: EntryId | null;
  readonly conversation: { readonly contactId: ContactId; readonly id: ConversationId };
}): string {
  return hit.entryId ?? hit.conversation.contactId;
}

const likeLettersMin = 3;

/** Whether a word, one that begins like it, or the number that it ends stands in a text. */
function mayHold(texts: readonly string[], word: string): boolean {
  const isSigns = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word);
  if (isSigns) return texts.some((text) => plainText(text).includes(word));
  const start = word.slice(0, likeLettersMin);
  return texts.some(
    (text) =>
      plainWords(text).some((held) => held.startsWith(start) || spelled(held).startsWith(start)) ||
      (/^\d{4,}$/.test(word) && text.replace(/\D/g, "").endsWith(word)),
  );
}

const plainText = (text: string) => plainWords(text).join("");
/** A hyphen or an apostrophe may have been left out, and an umlaut be written with an e. */
const spelled = (word: string) => word.replace(/^(?:l|d|c|s)(?=[aeiouh])/, "");

/** A hash of so many hex digits: with 4,096 values, many words share one. */
const hexDigits = 3;

function coarseEngine(file: string, counted: { candidates: number }): SearchEngine {
  const engine = openFts5SearchEngine(file);
  const coarse = (term: string) => term.slice(0, hexDigits).padEnd(term.length, "0");
  return {
    ...engine,
    index: (documents) =>
      engine.index(documents.map((one) => ({ ...one, terms: one.terms.map(coarse) }))),
    candidates: async (query) => {
      const allOf = query.allOf.map((anyOf) => anyOf.map(coarse));
      const found = await engine.candidates({ ...query, allOf });
      counted.candidates += found.length;
      return found;
    },
  };
}
