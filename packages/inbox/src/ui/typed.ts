/** What is wrong with a text that must say something; null when nothing is. */
export function whyNotName(text: string, charactersMax: number): string | null {
  if (text.trim() === "") return "Type something here.";
  return whyTooLong(text, charactersMax);
}

/** What is wrong with a text that may be empty; null when nothing is. */
export function whyTooLong(text: string, charactersMax: number): string | null {
  const { length } = text.trim();
  if (length <= charactersMax) return null;
  const figure = (count: number) => count.toLocaleString("en-GB");
  return `At most ${figure(charactersMax)} characters; this has ${figure(length)}.`;
}

/** What is wrong with an e-mail as far as one can see from here; the server has the last word. */
export function whyNotEmail(text: string): string | null {
  const given = text.trim();
  if (given === "") return "Type an e-mail.";
  const charactersMax = 254;
  if (given.length > charactersMax) return whyTooLong(given, charactersMax);
  return /^[^\s@]+@[^\s@]+$/.test(given) ? null : "An e-mail looks like name@hotel.com.";
}
