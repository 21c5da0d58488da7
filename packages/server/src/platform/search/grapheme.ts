const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The place at or before `at` where no grapheme (UAX #29) is cut. */
export function graphemeStart(text: string, at: number): number {
  return at >= text.length ? text.length : (graphemes.segment(text).containing(at)?.index ?? at);
}

/** The place at or after `at` where no grapheme is cut. */
export function graphemeEnd(text: string, at: number): number {
  const around = at >= text.length ? undefined : graphemes.segment(text).containing(at);
  if (!around) return text.length;
  return around.index === at ? at : around.index + around.segment.length;
}
