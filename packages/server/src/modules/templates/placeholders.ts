import { foldPlaceholder, placeholderPattern } from "@foyer/contract";

export {
  builtInPlaceholders,
  placeholderOf,
  placeholdersIn,
  unfilledPlaceholders,
} from "@foyer/contract";

/**
 * Fills a text in one pass, so that a value which itself holds a name in braces stays as the guest
 * wrote it. A name without a value, or with nothing but space, stays in its braces and is told.
 *
 * @param values by placeholder's name, as `builtInPlaceholders` and `placeholderOf` write it
 */
export function renderTemplate(
  text: string,
  values: ReadonlyMap<string, string | null>,
): { readonly text: string; readonly unfilled: readonly string[] } {
  const unfilled = new Set<string>();
  const rendered = text.replace(placeholderPattern, (braces, written: string) => {
    const name = foldPlaceholder(written);
    const value = values.get(name)?.trim();
    if (value) return value;
    unfilled.add(name);
    return braces;
  });
  return { text: rendered, unfilled: [...unfilled] };
}
