/** A piece of a text: plain, a link that leads out, or the name of somebody whom a note calls. */
export interface Piece {
  readonly text: string;
  readonly href: string | null;
  /** Somebody is called here: me, or another. */
  readonly mention: "me" | "other" | null;
}

const linkPattern = /\bhttps?:\/\/[^\s<>"'\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/gi;
const trailing = /[.,;:!?)\]}'"»”]+$/;

/** Somebody whom a note calls, by the name that stands in it after an `@`. */
export interface Called {
  readonly name: string;
  readonly isMe: boolean;
}

/** Finds the links in a text, and whom it calls. Only http and https lead anywhere. */
export function piecesOf(text: string, called: readonly Called[] = []): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(linkPattern)) {
    const shown = found[0].replace(trailing, "");
    const href = safeHref(shown);
    if (href === null) continue;
    pieces.push(...mentionsIn(text.slice(from, found.index), called));
    pieces.push({ text: shown, href, mention: null });
    from = found.index + shown.length;
  }
  pieces.push(...mentionsIn(text.slice(from), called));
  return pieces;
}

function mentionsIn(text: string, called: readonly Called[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let plainFrom = 0;
  // A longer name first: "Ann" is not called where "Ann Lee" is.
  const longestFirst = [...called].sort((one, other) => other.name.length - one.name.length);
  const next = (at: number) => text.indexOf("@", Math.max(at + 1, plainFrom));
  for (let at = next(-1); at >= 0; at = next(at)) {
    const who = longestFirst.find(({ name }) => text.startsWith(name, at + 1));
    if (!who) continue;
    if (at > plainFrom) pieces.push(plain(text.slice(plainFrom, at)));
    const end = at + 1 + who.name.length;
    pieces.push({ text: text.slice(at, end), href: null, mention: who.isMe ? "me" : "other" });
    plainFrom = end;
  }
  if (plainFrom < text.length) pieces.push(plain(text.slice(plainFrom)));
  return pieces;
}

function plain(text: string): Piece {
  return { text, href: null, mention: null };
}

function safeHref(text: string): string | null {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

const shownCharactersMax = 1_200;
const shownLinesMax = 24;

/** The beginning of a text that is too long to stand whole; null when it may stand. */
export function clampText(text: string): string | null {
  const lines = text.split("\n", shownLinesMax + 1);
  const isTall = lines.length > shownLinesMax;
  if (!isTall && text.length <= shownCharactersMax) return null;
  const start = lines.slice(0, shownLinesMax).join("\n").slice(0, shownCharactersMax);
  // A surrogate pair is not cut in half.
  return `${start.replace(/[\ud800-\udbff]$/, "").trimEnd()}…`;
}
