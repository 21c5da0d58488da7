import { z } from "zod";
import { idOf } from "../ids.ts";
import { limits } from "../limits.ts";
import { colour } from "./people.ts";

/** A label that a property puts on guests. */
export const label = z.object({
  id: idOf<"label">(),
  name: z.string(),
  colour,
  version: z.int(),
});
export type Label = z.output<typeof label>;

export const fieldKind = z.enum(["text", "number", "yes_no", "date", "choice"]);

/** What the house itself reads of a guest; a property has at most one field for each. */
export const fieldPurpose = z.enum(["room", "arrival", "departure", "vip", "title"]);
export type FieldPurpose = z.output<typeof fieldPurpose>;

/** A custom field that a property keeps of its guests. */
export const field = z.object({
  id: idOf<"field">(),
  name: z.string(),
  kind: fieldKind,
  /** Choices only: what one may choose. */
  options: z.array(z.string()),
  purpose: fieldPurpose.nullable(),
  /** Where it stands among the others, from 0. */
  position: z.int(),
  version: z.int(),
});
export type Field = z.output<typeof field>;

/** A BCP 47 language tag. */
export const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, {
  error: "must be a language tag such as de or pt-BR",
});

/** One text of a template. Placeholders stand in braces: `{first_name}`, `{room}`. */
export const templateText = z.object({
  language: languageTag,
  text: z.string().trim().min(1).max(limits.templateTextCharactersMax),
});

/** A text that a property answers with again and again. */
export const template = z.object({
  id: idOf<"template">(),
  name: z.string(),
  /** What one types after a slash to find it: `towels`. */
  shortcut: z.string(),
  /** One per language; the first is for guests whose language is not among them. */
  texts: z.array(templateText),
  version: z.int(),
});
export type Template = z.output<typeof template>;
