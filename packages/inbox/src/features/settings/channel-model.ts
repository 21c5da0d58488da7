import { channelWords as words } from "./channel-words.ts";

/** What is wrong with an account's identifier; null when nothing is. */
export function whyNotAccountSid(accountSid: string): string | null {
  return /^AC[0-9a-f]{32}$/.test(accountSid.trim()) ? null : words.accountSidWrong;
}

const tokenCharactersMin = 16;
const tokenCharactersMax = 200;

/** What is wrong with a token; one that is stored may be left as it is. */
export function whyNotToken(token: string, isStored: boolean): string | null {
  const { length } = token.trim();
  if (length === 0 && isStored) return null;
  return length >= tokenCharactersMin && length <= tokenCharactersMax ? null : words.tokenWrong;
}

/** What is wrong with a number as far as one can see from here; the server has the last word. */
export function whyNotNumber(typed: string): string | null {
  return typed.trim() === "" ? words.numberMissing : null;
}
