import type { FieldIssue, Template } from "@foyer/contract";
import { foldName } from "../tenancy/index.ts";
import { builtInPlaceholders, placeholdersIn } from "./placeholders.ts";
import type { TemplateProfile } from "./present.ts";

/** What keeps a template from being used: a placeholder that nothing fills, a language twice. */
export function findFlaws(
  { texts }: TemplateProfile,
  knownNames: ReadonlySet<string>,
): FieldIssue[] {
  const languages = texts.map(({ language }) => language.toLowerCase());
  return texts.flatMap(({ text }, index) => {
    const unknown = placeholdersIn(text)
      .filter((name) => !knownNames.has(name))
      .map((name) => ({
        field: `texts.${index}.text`,
        issue: `asks for {${name}}, which nothing here fills`,
      }));
    const isAgain = languages.indexOf(languages[index] ?? "") < index;
    const again = { field: `texts.${index}.language`, issue: "is there twice" };
    return isAgain ? [...unknown, again] : unknown;
  });
}

/** The template that asks for a placeholder which only a field can fill; undefined: none does. */
export function findAsking<Asking extends Pick<Template, "texts">>(
  placeholder: string,
  templates: readonly Asking[],
): Asking | undefined {
  if (builtInPlaceholders.includes(placeholder)) return undefined;
  return templates.find(({ texts }) =>
    texts.some(({ text }) => placeholdersIn(text).includes(placeholder)),
  );
}

/** What another template of the property has already: the name, the shortcut, or both. */
export function findTaken(
  { name, shortcut }: Pick<TemplateProfile, "name" | "shortcut">,
  others: readonly Pick<Template, "name" | "shortcut">[],
): FieldIssue[] {
  const taken = (field: "name" | "shortcut") => ({ field, issue: "is taken" });
  return [
    ...(others.some((other) => foldName(other.name) === foldName(name)) ? [taken("name")] : []),
    ...(others.some((other) => other.shortcut === shortcut) ? [taken("shortcut")] : []),
  ];
}
