/** Longer words are no slips of the finger, and comparing them would cost time for nothing. */
const wordCharactersMax = 64;

/**
 * How many slips (a letter too many, one missing, a wrong one, two swapped) lie between two words:
 * the optimal string alignment distance.
 */
function countSlips(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped && row > 1 ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/**
 * The known word that somebody most likely meant, or undefined when none is near: at most two
 * slips, in long words one in four letters. Case does not count.
 */
export function findNearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > wordCharactersMax) return undefined;
  let nearest: string | undefined;
  let fewest = Math.max(2, Math.floor(word.length / 4)) + 1;
  for (const candidate of known) {
    const slips = countSlips(word.toLowerCase(), candidate.toLowerCase());
    // Every letter replaced is a different word, however short both are.
    if (slips < fewest && slips < candidate.length) {
      nearest = candidate;
      fewest = slips;
    }
  }
  return nearest;
}
