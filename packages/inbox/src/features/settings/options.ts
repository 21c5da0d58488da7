import { limits } from "@foyer/contract";
import { whyTooLong } from "../../ui/typed.ts";
import { words } from "./words.ts";

/** What is wrong with the options of a choice; null when nothing is. */
export function whyNotOptions(options: readonly string[]): string | null {
  const typed = options.map((option) => option.trim());
  if (typed.length === 0) return words.fields.noOptions;
  if (typed.includes("")) return words.fields.optionEmpty;
  if (new Set(typed).size < typed.length) return words.fields.optionTwice;
  return typed.map((option) => whyTooLong(option, limits.nameCharactersMax)).find(Boolean) ?? null;
}
