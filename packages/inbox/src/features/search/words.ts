import type { SearchShortfall } from "@foyer/contract";

export const words = {
  title: "Search",
  placeholder: "Search messages, notes and guests",
  hint: "Words, beginnings of words, or the last digits of a number.",
  none: (query: string) => `Nothing found for “${query}”. Try fewer letters of a word.`,
  shortfalls: {
    no_words: "There is no word in this. Type a word, a name or a number.",
    only_common_words: "Only very common words. Add one that is rarer.",
    too_short: "From three letters on, beginnings of words are found.",
  } satisfies Record<SearchShortfall, string>,
  ignored: (words: readonly string[]) =>
    `Hits need not have ${new Intl.ListFormat("en-GB").format(words.map((one) => `“${one}”`))}.`,
  behind: "The newest messages may be missing.",
  partial: "Older matches may exist.",
  error: "The search did not work.",
  searching: "Searching",
  found: (count: number) => (count === 1 ? "1 hit" : `${count} hits`),
  kinds: { message: "Message", note: "Note", contact: "Guest" },
  open: "open",
  move: "move",
  leave: "leave",
};
