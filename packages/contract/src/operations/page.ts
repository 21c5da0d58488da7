import { z } from "zod";
import { limits } from "../limits.ts";

/** How every list is paged: by the place where the page before ended, never by a number. */
export const pageQuery = {
  /** The `next` of the page before; absent for the first. */
  after: z
    .string()
    .regex(/^[0-9a-z_.-]{1,200}$/i)
    .optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageItemsMax).default(limits.pageItemsDefault),
};
export const pageNext = z.string().nullable();
