import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { World } from "../../../test/world/world.ts";
import { consumerCursor } from "../../platform/feed/index.ts";
import type { SearchEngine } from "../../platform/search/search-engine.ts";
import { createIndexer, searchConsumer } from "./indexer.ts";

/** A hotel that heard from guests, all of it indexed; what works by itself is stopped. */
async function openIndexed(context: TestContext) {
  const world = await World.open();
  context.after(() => world.close());
  const { hotel, ...tenant } = await world.tenant("Aurora").then((made) => ({
    hotel: made.hotel,
    id: made.id,
    scope: () => made.scope(),
  }));
  for (const text of ["towels please", "is the bar open"]) hotel.guest().sends(text);
  await world.settle();
  await world.stopWork();
  const { searchEngine } = world.assembly;
  const indexerOn = (changes: Partial<SearchEngine>) =>
    createIndexer({ ...world.assembly, engine: { ...searchEngine, ...changes } });
  const cursor = async () =>
    consumerCursor((await tenant.scope()).read, hotel.propertyId, searchConsumer);
  return { world, tenantId: tenant.id, searchEngine, indexerOn, cursor };
}

test("a document that no engine takes keeps no other out of the index", async (context) => {
  const { world, tenantId, searchEngine, indexerOn, cursor } = await openIndexed(context);
  const all = await searchEngine.count(tenantId);
  const atEnd = await cursor();
  const refused = new Set<string>();
  const indexer = indexerOn({
    index: async (documents) => {
      const [first] = documents;
      if (first?.kind === "entry" && refused.size === 0) refused.add(first.subjectId);
      if (documents.some(({ subjectId }) => refused.has(subjectId))) throw new RangeError();
      await searchEngine.index(documents);
    },
  });
  await indexer.rebuild(tenantId);
  assert.equal(await searchEngine.count(tenantId), all - 1);
  assert.equal(await cursor(), atEnd);
  const skipped = world.log.lines.filter(({ event }) => event === "search.document_skipped");
  assert.deepEqual(
    skipped.map(({ facts }) => facts),
    [...refused].map((subjectId) => ({ kind: "entry", subjectId })),
  );
});

test("a rebuilding that ends halfway leaves no index that is called current", async (context) => {
  const { tenantId, searchEngine, indexerOn, cursor } = await openIndexed(context);
  const all = await searchEngine.count(tenantId);
  const atEnd = await cursor();
  const cutShort = indexerOn({ index: () => Promise.reject(new Error("The disk is full.")) });
  await assert.rejects(cutShort.rebuild(tenantId), /disk/);
  assert.equal(await searchEngine.count(tenantId), 0);
  assert.equal(await cursor(), -1);
  await indexerOn({}).catchUp();
  assert.equal(await searchEngine.count(tenantId), all);
  assert.equal(await cursor(), atEnd);
});
