/**
 * The ranges of telephone numbers that regulators keep free for fiction. The simulator knows no
 * others, so that a slip in a demo can never name a subscriber.
 *
 * Sources: NANPA (555-0100 to 555-0199), Ofcom (07700 900000 to 900999),
 * ARCEP (06 39 98 00 00 to 06 39 98 99 99).
 */
interface FictionalRange {
  readonly pattern: RegExp;
  readonly prefix: string;
  readonly digits: number;
}

export const regions = ["US", "GB", "FR"] as const;
export type Region = (typeof regions)[number];

const ranges: Record<Region, FictionalRange> = {
  US: { pattern: /^\+1[2-9]\d{2}55501\d{2}$/, prefix: "+131255501", digits: 2 },
  GB: { pattern: /^\+447700900\d{3}$/, prefix: "+447700900", digits: 3 },
  FR: { pattern: /^\+3363998\d{4}$/, prefix: "+3363998", digits: 4 },
};

/** E.164: a plus sign, no leading zero, at most 15 digits. */
export const e164Pattern = /^\+[1-9]\d{6,14}$/;

export function isFictionalNumber(number: string): boolean {
  return regions.some((region) => ranges[region].pattern.test(number));
}

const callingCodes: Record<Region, { readonly code: string; readonly trunk: RegExp }> = {
  US: { code: "+1", trunk: /^1?(?=\d{10}$)/ },
  GB: { code: "+44", trunk: /^0/ },
  FR: { code: "+33", trunk: /^0/ },
};

/** A number as people type it, in E.164: `(312) 555-0160`, `07700 900 123`, `+33 6 39 98…`. */
export function readNumber(typed: string, region: Region): string {
  const digits = typed.replace(/[^\d+]/g, "").replace(/^00/, "+");
  const { code, trunk } = callingCodes[region];
  return digits.startsWith("+") ? digits : code + digits.replace(trunk, "");
}

/**
 * The highest number of a region that nobody has yet. From the top, because people who write
 * demo data by hand begin at the bottom. `null` when the range is used up.
 */
export function freeNumber(region: Region, isTaken: (number: string) => boolean): string | null {
  const { prefix, digits } = ranges[region];
  for (let line = 10 ** digits - 1; line >= 0; line -= 1) {
    const number = prefix + String(line).padStart(digits, "0");
    if (!isTaken(number)) return number;
  }
  return null;
}
