import { z } from "zod";
import { idOf } from "../ids.ts";
import { instant } from "../instant.ts";
import { limits } from "../limits.ts";
import { operation } from "../operation.ts";
import { conversation } from "../schemas/conversations.ts";

const range = z.object({ from: z.int(), to: z.int() });

export const searchHit = z.object({
  /** A message or note that says it, or a contact who is called so. */
  kind: z.enum(["message", "note", "contact"]),
  /** The conversation at this property that it leads to. */
  conversation,
  entryId: idOf<"entry">().nullable(),
  position: z.int().nullable(),
  at: instant,
  /** What matched, shortened; `ranges` are UTF-16 offsets into it. */
  excerpt: z.string(),
  ranges: z.array(range),
});
export type SearchHit = z.output<typeof searchHit>;

/**
 * What a query lacks: any word or number at all; a word that is not in every other text; a third
 * letter, from which on beginnings of words are found.
 */
export const searchShortfall = z.enum(["no_words", "only_common_words", "too_short"]);
export type SearchShortfall = z.output<typeof searchShortfall>;

/** A POST, because what people search for must not stand in a URL. */
export const search = operation({
  name: "search.run",
  method: "POST",
  path: "/v1/properties/{propertyId}/searches",
  summary: "Search messages, notes and contacts: words, beginnings, phrases, last digits.",
  right: "conversation.read",
  params: z.object({ propertyId: idOf<"property">() }),
  body: z.strictObject({
    query: z.string().trim().min(1).max(limits.searchQueryCharactersMax),
    limit: z.int().min(1).max(limits.searchHitsMax).default(20),
  }),
  output: z.object({
    hits: z.array(searchHit),
    /** Whether older matches may exist beyond those looked at. */
    isPartial: z.boolean(),
    /** Whether the index has read everything said so far. */
    isUpToDate: z.boolean(),
    /** Words that so many texts have that a hit need not hold them, as they were typed. */
    ignored: z.array(z.string()),
    /** Why less may be found than there is; null: all that was typed was looked for. */
    shortfall: searchShortfall.nullable(),
  }),
});
