/**
 * How a text is cut into the segments that SMS carries and carriers bill: GSM 7-bit where every
 * character is in its alphabet, else UCS-2 for the whole text (3GPP TS 23.038 §4, §6.2.1). What
 * exceeds one segment loses six octets of each to the header that joins them (TS 23.040 §9.2.3.24).
 */
export interface SmsSegments {
  readonly encoding: "gsm7" | "ucs2";
  /** Septets in GSM 7-bit, where an escaped character counts two; else UTF-16 code units. */
  readonly units: number;
  /** 0 for an empty text. */
  readonly segments: number;
  /** What the last segment still takes. */
  readonly unitsLeft: number;
}

const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡" +
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Behind an escape: two septets each. */
const extension = new Set("\f^{}\\[~]|€");

const capacities = {
  gsm7: { aloneUnitsMax: 160, joinedUnitsMax: 153 },
  ucs2: { aloneUnitsMax: 70, joinedUnitsMax: 67 },
} as const;

/** Counts what a text takes as SMS. No character is cut in two by the end of a segment. */
export function countSegments(text: string): SmsSegments {
  const encoding = isGsm7(text) ? "gsm7" : "ucs2";
  const sizes = Array.from(text, encoding === "gsm7" ? septetsOf : codeUnitsOf);
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { aloneUnitsMax, joinedUnitsMax } = capacities[encoding];
  if (units <= aloneUnitsMax) {
    return { encoding, units, segments: units === 0 ? 0 : 1, unitsLeft: aloneUnitsMax - units };
  }
  let [segments, unitsLeft] = [1, joinedUnitsMax as number];
  for (const size of sizes) {
    if (size > unitsLeft) {
      segments += 1;
      unitsLeft = joinedUnitsMax;
    }
    unitsLeft -= size;
  }
  return { encoding, units, segments, unitsLeft };
}

function isGsm7(text: string): boolean {
  for (const character of text) {
    if (!basic.has(character) && !extension.has(character)) return false;
  }
  return true;
}

function septetsOf(character: string): number {
  return extension.has(character) ? 2 : 1;
}

function codeUnitsOf(character: string): number {
  return character.length;
}
