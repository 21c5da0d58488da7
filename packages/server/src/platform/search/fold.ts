/** Letters that NFKD leaves whole although a searcher types them otherwise. */
const letterFoldings: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ð", "d"],
  ["þ", "th"],
  ["ħ", "h"],
  ["ŧ", "t"],
  ["ŋ", "n"],
  ["ı", "i"],
  ["ς", "σ"],
]);
const foldableLetter = new RegExp(`[${[...letterFoldings.keys()].join("")}]`, "gu");

/**
 * Marks that only decorate a letter: accents, Hebrew points, Arabic vowel signs. Marks that *are*
 * letters (the vowels of Thai and Devanagari, the voicing of kana) stay.
 */
const decoration = new RegExp(
  [
    String.raw`[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]`,
    String.raw`[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]`,
    String.raw`[\u064b-\u065f\u0670]`,
  ].join("|"),
  "gu",
);

/** Invisible characters (zero-width, direction, soft hyphen) and the Arabic stretcher. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u0640]/gu;

const asciiOnly = /^[\0-\x7f]*$/;
const foreignDigit = /(?![0-9])\p{Nd}/gu;

/** The code points of zero in the scripts whose digits NFKD does not make ASCII. */
const zeros: readonly number[] = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
  0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
];

const umlautSpellings: ReadonlyMap<string, string> = new Map([
  ["ä", "ae"],
  ["ö", "oe"],
  ["ü", "ue"],
  ["ø", "oe"],
  ["å", "aa"],
]);
const umlaut = /[äöüøå]/gu;

/**
 * Brings text to the form in which words are compared: compatibility forms unified (Unicode NFKD),
 * case folded, accents and invisible characters removed, digits in ASCII. Folding twice changes
 * nothing more. The length may change, so offsets into the result mean nothing in the original.
 */
export function fold(text: string): string {
  if (asciiOnly.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(invisible, "")
    .replace(decoration, "")
    .replace(foldableLetter, (letter) => letterFoldings.get(letter) ?? letter)
    .replace(foreignDigit, asciiDigit)
    .normalize("NFC");
}

/** Lower case with accents kept and invisible characters removed: what stemmers are made for. */
export function lowerCased(text: string): string {
  if (asciiOnly.test(text)) return text.toLowerCase();
  return text.normalize("NFKC").toLowerCase().replace(invisible, "").normalize("NFC");
}

/**
 * The folded spelling of people who write "Mueller" for "Müller". The same as {@link fold} where
 * the text has no umlaut.
 */
export function foldWithUmlautsSpelled(text: string): string {
  const spelled = lowerCased(text).replace(umlaut, (letter) => umlautSpellings.get(letter) ?? "");
  return fold(spelled);
}

/** The first `count` code points, so that no surrogate pair is cut. */
export function firstCodePoints(text: string, count: number): string {
  if (text.length <= count) return text;
  let end = 0;
  for (let taken = 0; taken < count && end < text.length; taken++) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}

/** The number of code points. */
export function codePointCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function asciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0;
  const zero = zeros.find((candidate) => codePoint >= candidate && codePoint < candidate + 10);
  return zero === undefined ? digit : String(codePoint - zero);
}
