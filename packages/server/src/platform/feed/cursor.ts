/** A feed cursor on the wire: opaque to its holder, one property's sequence to us. */
export function writeCursor(sequence: number): string {
  return `f1-${sequence.toString(36)}`;
}

/** Reads a cursor; undefined for one that we did not write. */
export function readCursor(text: string): number | undefined {
  const digits = /^f1-([0-9a-z]{1,11})$/.exec(text)?.[1];
  const sequence = digits === undefined ? Number.NaN : Number.parseInt(digits, 36);
  return Number.isSafeInteger(sequence) ? sequence : undefined;
}
