import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "../../../test/world/world.ts";
import type { openFts5SearchEngine } from "../../platform/search/fts5/engine.ts";

test("an index that was never filled to its end is not called up to date", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  hotel.guest().sends("towels please");
  await world.settle();
  const client = await hotel.agent("supervisor").client();
  const search = () => client.search({ propertyId: hotel.propertyId, query: "towels" });
  assert.equal((await search()).isUpToDate, false);
  const engine = world.assembly.searchEngine as ReturnType<typeof openFts5SearchEngine>;
  engine.markFilled();
  assert.equal((await search()).isUpToDate, true);
});
