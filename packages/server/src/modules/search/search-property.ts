import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { consumerCursor, headOf } from "../../platform/feed/index.ts";
import { rank } from "../../platform/search/matching.ts";
import { analyseQuery, type SearchQuery } from "../../platform/search/query.ts";
import type { SearchEngine } from "../../platform/search/search-engine.ts";
import {
  candidatesMax,
  candidatesOf,
  openEntries,
  openGuests,
  type Place,
} from "./find-candidates.ts";
import { searchConsumer } from "./indexer.ts";
import { beginJudging, type Judging, judge } from "./judge.ts";
import { clausesLeaning, leanOnGuests } from "./lean-on-guests.ts";
import { type Found, presentHits } from "./present-hits.ts";
import { remarkOn } from "./remark.ts";

type Input = OperationParsed<(typeof operations)["search"]>;

/** What one kind of things gave, and whether there may be more of it. */
interface Findings {
  readonly found: readonly Found[];
  readonly isPartial: boolean;
}

/**
 * Searches a property. The engine knows hashes only and gives the newest that have them; each is
 * opened, checked against what was truly typed, and ranked here.
 */
export function createSearch(engine: SearchEngine) {
  return async (context: Context, { propertyId, query: typed, limit }: Input) => {
    const place: Place = { engine, context, propertyId };
    const query = analyseQuery(typed);
    const { ignored, shortfall } = remarkOn(typed, query);
    const answer = {
      isUpToDate: await isIndexCurrent(place),
      ignored: [...ignored],
      shortfall,
    };
    if (query.allOf.length === 0) return { hits: [], isPartial: false, ...answer };
    const judging = beginJudging();
    const called = await findGuests(place, query, judging);
    const said = await findEntries(place, query, judging);
    const found = rank([...said.found, ...called.found]);
    const hits = await presentHits(context, propertyId, found, limit);
    return { hits, isPartial: said.isPartial || called.isPartial, ...answer };
  };
}

async function findGuests(place: Place, query: SearchQuery, judging: Judging): Promise<Findings> {
  const candidates = await candidatesOf(place, "contact", query.allOf);
  const { found, isPartial } = await judge(await openGuests(place, candidates), query, judging);
  return { found, isPartial: isPartial || candidates.length === candidatesMax };
}

/** What was said: by all of the words, or by some of them to a guest whom the others find. */
async function findEntries(place: Place, query: SearchQuery, judging: Judging): Promise<Findings> {
  const leaning = await leanOnGuests(place, query, judging);
  const candidates = await candidatesOf(place, "entry", clausesLeaning(query, leaning));
  const opened = (await openEntries(place, candidates)).map((candidate) => {
    const beside = leaning.beside.get(candidate.entry.conversationId);
    return beside ? { ...candidate, beside } : candidate;
  });
  const { found, isPartial } = await judge(opened, query, judging);
  const isCut = candidates.length === candidatesMax;
  return { found, isPartial: isPartial || isCut || leaning.isPartial };
}

async function isIndexCurrent({ engine, context, propertyId }: Place): Promise<boolean> {
  if (!(await engine.isFilled())) return false;
  const { last } = await headOf(context.read, propertyId);
  return (await consumerCursor(context.read, propertyId, searchConsumer)) >= last;
}
