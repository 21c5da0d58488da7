import type { SearchHit } from "@foyer/contract";

export interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

/** Cuts an excerpt at its ranges. Ranges that overlap or lie outside do no harm. */
export function highlight(excerpt: string, ranges: SearchHit["ranges"]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const range of [...ranges].sort((one, other) => one.from - other.from)) {
    const from = Math.max(at, Math.min(range.from, excerpt.length));
    const to = Math.min(range.to, excerpt.length);
    if (to <= from) continue;
    if (from > at) pieces.push({ text: excerpt.slice(at, from), isHit: false });
    pieces.push({ text: excerpt.slice(from, to), isHit: true });
    at = to;
  }
  if (at < excerpt.length) pieces.push({ text: excerpt.slice(at), isHit: false });
  return pieces;
}
