import { foldPlaceholder, placeholderPattern, type Template } from "@foyer/contract";

export interface Piece {
  readonly text: string;
  /** A placeholder that nothing is known for. */
  readonly isUnfilled: boolean;
}

/** A text with what is known put in, in pieces, so that a gap can be seen. */
export function fillPieces(text: string, values: ReadonlyMap<string, string>): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholderPattern)) {
    const value = values.get(foldPlaceholder(match[1] ?? ""));
    pieces.push({ text: text.slice(end, match.index), isUnfilled: false });
    pieces.push({ text: value ?? match[0], isUnfilled: value === undefined });
    end = match.index + match[0].length;
  }
  pieces.push({ text: text.slice(end), isUnfilled: false });
  return pieces.filter((piece) => piece.text !== "");
}

/** The same as one text; what is not known stays in its braces. */
export function fillText(text: string, values: ReadonlyMap<string, string>): string {
  return fillPieces(text, values)
    .map((piece) => piece.text)
    .join("");
}

/** The text for a guest's language, the language wherever it is spoken, else the first. */
export function textFor(template: Template, language: string | null): Template["texts"][number] {
  const wanted = language?.toLowerCase() ?? "";
  const spoken = primaryOf(wanted);
  const texts = template.texts.map((text) => ({ text, tag: text.language.toLowerCase() }));
  const found =
    texts.find(({ tag }) => tag === wanted) ??
    texts.find(({ tag }) => spoken !== "" && primaryOf(tag) === spoken) ??
    texts[0];
  if (!found) throw new Error("A template has no text");
  return found.text;
}

function primaryOf(tag: string): string {
  return tag.split("-", 1)[0] ?? "";
}
