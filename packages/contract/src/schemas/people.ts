import { z } from "zod";
import { idOf } from "../ids.ts";
import { limits } from "../limits.ts";
import { roles } from "../rights.ts";

export const name = z.string().trim().min(1).max(limits.nameCharactersMax);
const role = z.enum(roles);

/** One of the colours that screens know: a word, never a value. */
export const colour = z.enum(["blue", "amber", "violet", "green", "red", "grey"]);

/** A colleague as everybody at the property may see them. */
export const agent = z.object({
  id: idOf<"agent">(),
  name: z.string(),
  role,
  isActive: z.boolean(),
  version: z.int(),
});
export type Agent = z.output<typeof agent>;

export const team = z.object({
  id: idOf<"team">(),
  name: z.string(),
  colour,
  agentIds: z.array(idOf<"agent">()),
  version: z.int(),
});
export type Team = z.output<typeof team>;

export const property = z.object({
  id: idOf<"property">(),
  name: z.string(),
  /** An IANA zone. All times on a screen are the property's. */
  timeZone: z.string(),
  /** ISO 3166: how a number without its country is read. */
  country: z.string(),
  version: z.int(),
});
export type Property = z.output<typeof property>;
