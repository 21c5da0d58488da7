/** What a guest can put on a message. Phones send it on as a text of these words. */
export const reactions = ["love", "like", "dislike", "laugh", "emphasize", "question"] as const;
export type Reaction = (typeof reactions)[number];

const putWords: Record<Reaction, string> = {
  love: "Loved",
  like: "Liked",
  dislike: "Disliked",
  laugh: "Laughed at",
  emphasize: "Emphasized",
  question: "Questioned",
};

const takenWords: Record<Reaction, string> = {
  love: "Removed a heart from",
  like: "Removed a like from",
  dislike: "Removed a dislike from",
  laugh: "Removed a laugh from",
  emphasize: "Removed an exclamation from",
  question: "Removed a question mark from",
};

/** A reaction that a text stands for. */
export interface ReactionText {
  readonly reaction: Reaction;
  readonly isTaken: boolean;
  /** The words that it was put on; null for a picture. */
  readonly quoted: string | null;
}

/**
 * The text that an iPhone sends where the other end knows no reactions. A long message is quoted
 * by its beginning.
 *
 * @param charsMax Most UTF-16 code units of the whole text.
 */
export function reactionText(given: ReactionText, charsMax: number): string {
  const words = (given.isTaken ? takenWords : putWords)[given.reaction];
  if (given.quoted === null) return `${words} an image`;
  const room = charsMax - words.length - " “”".length;
  const isWhole = given.quoted.length <= room;
  const quoted = isWhole ? given.quoted : `${cut(given.quoted, room - 1)}…`;
  return `${words} “${quoted}”`;
}

/** What a reaction's text stands for; null for any other text. */
export function readReaction(text: string): ReactionText | null {
  for (const reaction of reactions) {
    for (const isTaken of [false, true]) {
      const words = (isTaken ? takenWords : putWords)[reaction];
      if (text === `${words} an image`) return { reaction, isTaken, quoted: null };
      if (!text.startsWith(`${words} “`) || !text.endsWith("”")) continue;
      return { reaction, isTaken, quoted: text.slice(words.length + 2, -1) };
    }
  }
  return null;
}

/** Whether a quotation, whole or its beginning, is of these words. */
export function quotes(quoted: string, text: string): boolean {
  if (quoted === text) return true;
  return quoted.endsWith("…") && quoted.length > 20 && text.startsWith(quoted.slice(0, -1));
}

/** Never leaves half of a surrogate pair. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}
