/** What a phone says in words where it cannot put a reaction on a message: SMS knows none. */
export interface ReactionText {
  readonly emoji: string;
  /** Taken off again. */
  readonly isRemoval: boolean;
  /** The message that it is on, as the phone quotes it; null: a picture or another file. */
  readonly quoted: string | null;
}

/** An iPhone's six reactions: how it says that one was put on, and which it took off. */
const namedReactions = [
  { put: "Liked", taken: "a like", emoji: "👍" },
  { put: "Loved", taken: "a heart", emoji: "❤️" },
  { put: "Disliked", taken: "a dislike", emoji: "👎" },
  { put: "Laughed at", taken: "a laugh", emoji: "😂" },
  { put: "Emphasized", taken: "an exclamation", emoji: "‼️" },
  { put: "Questioned", taken: "a question mark", emoji: "❓" },
] as const;

const target = /(?:[“"](?<quoted>.+)[”"]|an (?:image|attachment))/u.source;
const put = pattern(`(?<name>${namedReactions.map((named) => named.put).join("|")}) ${target}`);
const taken = pattern(
  `Removed (?<name>${namedReactions.map((named) => named.taken).join("|")}) from ${target}`,
);
/** Any other emoji: as iPhones say it since iOS 18, and as Android falls back from RCS. */
const putEmoji = [
  pattern(`Reacted (?<emoji>\\S+) to ${target}`),
  pattern(`(?<emoji>\\S+) to ${target}`),
];
const takenEmoji = pattern(`Removed (?<emoji>\\S+) from ${target}`);

function pattern(source: string): RegExp {
  return new RegExp(`^${source}$`, "su");
}

/** What belongs to no emoji and to no text: phones set quotes and emoji apart with these. */
const invisible = /[\u200B\u200E\u200F\u2060-\u2064\uFEFF]/gu;
/** Beside an emoji, a phone may leave out that it wants the picture and not the letter. */
const emojiAlone = /^\p{RGI_Emoji}$/v;
const pictureSelector = "\uFE0F";

/** A phone quotes no more than a text can hold; what is longer was written by hand. */
const reactionCharactersMax = 2_000;

/**
 * Reads the text that a phone sends for a reaction, in English; undefined for any other text. A
 * guest may write the same words: whether it is a reaction is known once the quoted message is
 * found, see `isQuoteOf`.
 */
export function readReaction(text: string): ReactionText | undefined {
  if (text.length > reactionCharactersMax) return undefined;
  const plain = text
    .replace(invisible, "")
    .replace(/\p{Zs}+/gu, " ")
    .trim();
  return readNamed(plain) ?? readEmoji(plain);
}

function readNamed(text: string): ReactionText | undefined {
  const isRemoval = text.startsWith("Removed ");
  const groups = (isRemoval ? taken : put).exec(text)?.groups;
  const named = namedReactions.find(
    (known) => known[isRemoval ? "taken" : "put"] === groups?.["name"],
  );
  return named && { emoji: named.emoji, isRemoval, quoted: groups?.["quoted"] ?? null };
}

function readEmoji(text: string): ReactionText | undefined {
  const isRemoval = text.startsWith("Removed ");
  for (const one of isRemoval ? [takenEmoji] : putEmoji) {
    const { emoji = "", quoted = null } = one.exec(text)?.groups ?? {};
    const shown = [emoji, emoji + pictureSelector].find((candidate) => emojiAlone.test(candidate));
    if (shown !== undefined) return { emoji: shown, isRemoval, quoted };
  }
  return undefined;
}

/** A quote that ends in one of these was cut there. */
const cut = /(?:…|\.\.\.)$/u;

/** Whether a phone's quote is of a message with this text; a long message's quote may be cut. */
export function isQuoteOf(quoted: string, text: string): boolean {
  const [quote, whole] = [folded(quoted), folded(text)];
  if (quote === "" || whole === "") return false;
  if (quote === whole) return true;
  const beginning = quote.replace(cut, "").trimEnd();
  return cut.test(quote) && beginning !== "" && whole.startsWith(beginning);
}

/** Carriers and phones straighten quotes and change spaces on the way: both sides are told so. */
function folded(text: string): string {
  return text
    .normalize("NFC")
    .replace(invisible, "")
    .replace(/[“”„«»]/gu, '"')
    .replace(/[‘’‚]/gu, "'")
    .replace(/\s+/gu, " ")
    .trim();
}
