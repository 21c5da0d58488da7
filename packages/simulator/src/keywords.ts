/** What a carrier does about a text that is nothing but one such word. */
export type Keyword = "stop" | "start" | "help";

const words: Readonly<Record<string, Keyword>> = {
  stop: "stop",
  stopall: "stop",
  unsubscribe: "stop",
  cancel: "stop",
  end: "stop",
  quit: "stop",
  start: "start",
  unstop: "start",
  yes: "start",
  help: "help",
  info: "help",
};

/** The words of the North American carriers (CTIA, Messaging Principles, §5.1). */
export function keywordIn(text: string): Keyword | null {
  const word = text.trim().toLowerCase();
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
}

/** What the carrier itself answers, so that the hotel need not. */
export function automaticAnswer(keyword: Keyword, hotelName: string): string {
  if (keyword === "stop") {
    return `You will get no more texts from ${hotelName}. Reply START to get them again.`;
  }
  if (keyword === "start") {
    return `You will get texts from ${hotelName} again. Reply STOP to end them.`;
  }
  return `${hotelName}. Reply STOP to get no more texts, START to get them again.`;
}
