import {
  builtInPlaceholders,
  type Field,
  limits,
  placeholderOf,
  placeholdersIn,
  type Template,
} from "@foyer/contract";
import { whyNotName } from "../../ui/typed.ts";
import { templateWords as words } from "./template-words.ts";

type TemplateText = Template["texts"][number];

/** Every name that a text may have in braces at a property: the house's own, and its fields'. */
export function knownPlaceholders(fields: readonly Field[]): string[] {
  const own = fields
    .filter(({ purpose }) => purpose === null)
    .map(({ name }) => placeholderOf(name))
    .filter((name) => name !== "");
  return [...new Set([...builtInPlaceholders, ...own])];
}

/** What is wrong with one language's text; null when nothing is. */
export function whyNotText(text: string, known: readonly string[]): string | null {
  const wrong = whyNotName(text, limits.templateTextCharactersMax);
  if (wrong !== null) return wrong;
  const [unknown] = placeholdersIn(text).filter((name) => !known.includes(name));
  return unknown === undefined ? null : words.unknownPlaceholder(unknown);
}

/** What is wrong with the texts together: the first language that has something. */
export function whyNotTexts(
  texts: readonly TemplateText[],
  known: readonly string[],
): string | null {
  const wrong = texts.find(({ text }) => whyNotText(text, known) !== null);
  return wrong ? words.wrongIn(wrong.language) : null;
}

const shortcutPattern = /^[a-z0-9-]{1,40}$/;

export function whyNotShortcut(shortcut: string): string | null {
  return shortcutPattern.test(shortcut) ? null : words.shortcutWrong;
}

const shortcutCharactersMax = 40;

/** A shortcut from a name: `Late check-out` is `late-check-out`. */
export function shortcutOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, shortcutCharactersMax)
    .replace(/^-+|-+$/g, "");
}

/** A text with something put in where the caret was, and where the caret is then. */
export function insertAt(
  text: string,
  from: number,
  to: number,
  inserted: string,
): { readonly text: string; readonly caret: number } {
  return {
    text: text.slice(0, from) + inserted + text.slice(to),
    caret: from + inserted.length,
  };
}

interface Sample {
  readonly fields: readonly Field[];
  readonly property: string;
  readonly agent: string;
  readonly arrival: string;
  readonly departure: string;
}

/** A made-up guest of whom everything is known. */
export function knownGuest(sample: Sample): ReadonlyMap<string, string> {
  const own = sample.fields
    .filter(({ purpose }) => purpose === null)
    .map((field): [string, string] => [placeholderOf(field.name), sampleValue(field)]);
  return new Map([
    ...own,
    ...unknownGuest(sample),
    ["first_name", "Ada"],
    ["last_name", "Nguyen"],
    ["name", "Ada Nguyen"],
    ["title", "Ms."],
    ["room", "412"],
    ["arrival", sample.arrival],
    ["departure", sample.departure],
  ]);
}

/** A guest of whom nothing is known but the number. */
export function unknownGuest({ property, agent }: Pick<Sample, "property" | "agent">) {
  return new Map([
    ["property", property],
    ["agent", agent],
  ]);
}

function sampleValue({ kind, name, options }: Field): string {
  if (kind === "choice") return options[0] ?? name;
  return { number: "2", yes_no: words.yes, date: words.sampleDate, text: name }[kind];
}
