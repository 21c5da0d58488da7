/** More steps than this a phrase never has: each is one bit of a 32-bit number. */
export const phraseStepsMax = 32;

/** A text and a phrase, as far as it takes to compare them. */
export interface PhraseReading {
  readonly tokenCount: number;
  /** At most `phraseStepsMax`. */
  readonly stepCount: number;
  /** Tokens of one spelling answer the same steps. */
  spellingAt(token: number): string;
  answers(token: number, step: number): boolean;
  /** Whether a step must follow the one before it with nothing between. */
  mustTouch(step: number): boolean;
  /** Whether nothing stands between a token and the one before it. */
  touches(token: number): boolean;
}

/**
 * Where a phrase begins, by the numbers of tokens. Every token is read once, however often the
 * phrase begins and breaks off: all beginnings are followed at once, one bit for each step that
 * has been reached (Baeza-Yates and Gonnet, "A new approach to text searching", 1992).
 */
export function phraseStarts(reading: PhraseReading): readonly number[] {
  const { tokenCount, stepCount } = reading;
  if (stepCount === 0) return [];
  const last = 1 << (stepCount - 1);
  const touching = stepMask(stepCount, (step) => reading.mustTouch(step));
  const known = new Map<string, number>();
  const starts: number[] = [];
  let reached = 0;
  for (let token = 0; token < tokenCount; token++) {
    const spelling = reading.spellingAt(token);
    const answered =
      known.get(spelling) ?? stepMask(stepCount, (step) => reading.answers(token, step));
    known.set(spelling, answered);
    reached = ((reached << 1) | 1) & answered;
    if ((reached & touching) !== 0 && !reading.touches(token)) reached &= ~touching;
    if ((reached & last) !== 0) starts.push(token - stepCount + 1);
  }
  return starts;
}

function stepMask(stepCount: number, isSet: (step: number) => boolean): number {
  let mask = 0;
  for (let step = 0; step < stepCount; step++) if (isSet(step)) mask |= 1 << step;
  return mask;
}
