import snowball from "snowball-stemmers";
import { BoundedCache } from "../bounded-cache.ts";
import { firstCodePoints, fold, lowerCased } from "./fold.ts";
import type { Language } from "./stop-words.ts";

/** The names of the Snowball algorithms (snowballstem.org). */
const algorithms: Readonly<Record<Language, string>> = {
  en: "english",
  de: "german",
  fr: "french",
  es: "spanish",
  it: "italian",
  pt: "portuguese",
  nl: "dutch",
};
type Stemmer = ReturnType<typeof snowball.newStemmer>;

/** A language's everyday words are some thousands; a stem costs as much as all other steps. */
const stemsKnown = new BoundedCache<string, readonly string[]>(20_000);

const stemmers = new Map<Language, Stemmer>();

/** Longer "words" are no words of a language, and stemming them would only cost time. */
const stemmableCharactersMax = 40;
const stemmable = /^\p{Script=Latin}+$/u;

/**
 * The stems of one word in one language, folded. There may be two: the stemmers need accents
 * ("réservée"), and not everybody types them ("reservee"), so both spellings are reduced.
 */
export function stemsOf(word: string, language: Language): readonly string[] {
  const accented = lowerCased(word);
  if (accented.length > stemmableCharactersMax) return [];
  return stemsKnown.get(`${language}:${accented}`, () => stem(accented, language));
}

function stem(accented: string, language: Language): readonly string[] {
  if (!stemmable.test(accented)) return [];
  const plain = fold(accented);
  const stemmer = stemmerFor(language);
  const first = fold(stemmer.stem(accented));
  if (plain === accented) return [first];
  const second = stemmer.stem(plain);
  return first === second ? [first] : [first, second];
}

/**
 * Whether a word can have one of these stems at all. Suffixes are what stemmers take away, so the
 * first letter stays; asking this first spares most of the stemming when candidates are checked.
 */
export function mayHaveStem(foldedWord: string, initialsOfStems: ReadonlySet<string>): boolean {
  return initialsOfStems.has(firstCodePoints(foldedWord, 1));
}

function stemmerFor(language: Language): Stemmer {
  const known = stemmers.get(language);
  if (known) return known;
  const made = snowball.newStemmer(algorithms[language]);
  stemmers.set(language, made);
  return made;
}
