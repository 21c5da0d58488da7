import type { SearchShortfall } from "@foyer/contract";
import { prefixCharactersMin } from "../../platform/search/analysis.ts";
import { codePointCount } from "../../platform/search/fold.ts";
import type { QueryUnit, SearchQuery } from "../../platform/search/query.ts";
import { isStopWordOfAny } from "../../platform/search/stop-words.ts";
import { tokenise } from "../../platform/search/tokenise.ts";

/** What the reader should know of how a query was understood. */
export interface Remark {
  readonly ignored: readonly string[];
  readonly shortfall: SearchShortfall | null;
}

/** Says which words of a query were left out, and whether it lacks what would find more. */
export function remarkOn(typed: string, { units }: SearchQuery): Remark {
  const left = new Set(units.flatMap((unit) => (unit.isRequired ? [] : formsOf(unit))));
  const ignored = tokenise(typed)
    .filter(({ forms: [form = ""] }) => left.has(form))
    .map(({ start, end }) => typed.slice(start, end));
  return { ignored: [...new Set(ignored)], shortfall: shortfallOf(units) };
}

function shortfallOf(units: readonly QueryUnit[]): SearchShortfall | null {
  const required = units.filter((unit) => unit.isRequired);
  const [first] = required;
  if (!first) return "no_words";
  if (required.length === 1 && isTooShort(first)) return "too_short";
  return required.every(isCommon) ? "only_common_words" : null;
}

/** Found as a whole word only, and somebody is still typing it. */
function isTooShort(unit: QueryUnit): boolean {
  if (unit.kind === "phrase" || unit.step.kind !== "word" || !unit.step.isPrefix) return false;
  return formsOf(unit).every((form) => codePointCount(form) < prefixCharactersMin);
}

function isCommon(unit: QueryUnit): boolean {
  const steps = unit.kind === "phrase" ? unit.steps : [unit.step];
  return steps.every(({ kind, forms: [form = ""] }) => kind === "word" && isStopWordOfAny(form));
}

function formsOf(unit: QueryUnit): readonly string[] {
  return unit.kind === "phrase" ? [] : unit.step.forms;
}
