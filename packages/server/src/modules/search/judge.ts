import { setImmediate } from "node:timers/promises";
import type { SearchableField } from "../../platform/search/field.ts";
import { type Match, matchFields } from "../../platform/search/matching.ts";
import type { SearchQuery } from "../../platform/search/query.ts";

/** Judging costs by the length of the text: so much of it, in UTF-16 units, and no more. */
const judgedCharactersMax = 400_000;
/** After so long, or after a text of such length, everybody else gets a turn. */
const turnMs = 25;
const longCharactersMin = 8_192;
/** All that one search may take, the turns of others not counted. */
const judgingMs = 1_000;

/** How long one search has been judging; shared by all that it judges. */
export interface Judging {
  /** Milliseconds, from any beginning. */
  now(): number;
  giveTurn(): Promise<unknown>;
  spentMs: number;
}

export function beginJudging(
  now = () => performance.now(),
  giveTurn: () => Promise<unknown> = setImmediate,
): Judging {
  return { now, giveTurn, spentMs: 0 };
}

/** Something that was opened, to be judged. */
export interface Judged {
  readonly fields: readonly SearchableField[];
  /** What the query may lean on where the fields alone are not all that it asks for. */
  readonly beside?: readonly SearchableField[];
}

/** Keeps what truly matches; stops where it has read or worked enough, and says so. */
export async function judge<Candidate extends Judged>(
  opened: readonly Candidate[],
  query: SearchQuery,
  judging: Judging,
) {
  const found: (Candidate & { readonly match: Match; readonly score: number })[] = [];
  let characters = 0;
  let turnMsSpent = 0;
  for (const candidate of opened) {
    const length = lengthOf(candidate);
    characters += length;
    if (characters > judgedCharactersMax || judging.spentMs >= judgingMs) {
      return { found, isPartial: true };
    }
    const startedAt = judging.now();
    const match = matchOf(candidate, query);
    const tookMs = judging.now() - startedAt;
    if (match) found.push({ ...candidate, match, score: match.score });
    judging.spentMs += tookMs;
    turnMsSpent += tookMs;
    if (turnMsSpent < turnMs && length < longCharactersMin) continue;
    await judging.giveTurn();
    turnMsSpent = 0;
  }
  return { found, isPartial: false };
}

function matchOf({ fields, beside }: Judged, query: SearchQuery): Match | null {
  return matchFields(fields, query) ?? (beside ? matchFields([...fields, ...beside], query) : null);
}

function lengthOf({ fields, beside = [] }: Judged): number {
  return [...fields, ...beside].reduce((sum, { text }) => sum + text.length, 0);
}
