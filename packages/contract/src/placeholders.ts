/**
 * What every property's templates may ask for, besides its own fields: what the house knows of
 * the guest, the stay, the hotel, and whoever answers.
 */
export const builtInPlaceholders: readonly string[] = [
  "first_name",
  "last_name",
  "name",
  "title",
  "room",
  "arrival",
  "departure",
  "property",
  "agent",
];

/** A name in braces: letters, marks, digits and underscores. Other braces are what they are. */
export const placeholderPattern = /\{([\p{L}\p{M}\p{N}_]+)\}/gu;

/** How a custom field is called in a template: `Late arrival?` is `{late_arrival}`. */
export function placeholderOf(fieldName: string): string {
  return foldPlaceholder(fieldName)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}

/** A placeholder's name however it was written: `Room` is `room`. */
export function foldPlaceholder(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/** The names in braces that a text holds, each once, in their order. */
export function placeholdersIn(text: string): string[] {
  const names = [...text.matchAll(placeholderPattern)].map(([, name = ""]) =>
    foldPlaceholder(name),
  );
  return [...new Set(names)];
}

/**
 * The known placeholders that a text still holds, each once, in their order: no guest should read
 * them. A name in braces that means nothing here is text like any other.
 */
export function unfilledPlaceholders(text: string, knownNames: Iterable<string>): string[] {
  const known = new Set(knownNames);
  return placeholdersIn(text).filter((name) => known.has(name));
}
