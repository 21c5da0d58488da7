import { fold } from "./fold.ts";
import type { Token } from "./tokenise.ts";

/** Several tokens, by their places in the list of tokens, that people also write as one. */
export interface Chain {
  readonly first: number;
  readonly last: number;
  /** The folded whole, nothing between the parts. */
  readonly joined: string;
}

export interface NumberRun extends Chain {
  /** Has the shape of a phone number, so that its last digits alone should find it. */
  readonly isPhoneLike: boolean;
  /** Starts with "+" or "00" and so with a country calling code. */
  readonly isInternational: boolean;
}

export interface Address {
  readonly start: number;
  readonly end: number;
  readonly local: string;
  readonly domain: string;
}

const hyphenChainTokensMax = 4;
/** An E.164 number has at most 15 digits. Longer runs (card numbers) are kept as groups only. */
export const phoneDigitsMax = 15;
const phoneDigitsMin = 7;
/** Shorter endings of a phone number would find too much. */
export const phoneSuffixDigitsMin = 4;

const hyphen = /^[-\u2010\u2011]$/;
const numberGap = /^(?:[ \u00a0\u2009\u202f]|[-\u2010\u2011./,'\u2019]| ?\(|\)[ -]?)$/;
const localCharacter = String.raw`[\p{L}\p{M}\p{N}._%+'-]`;
const domainCharacter = String.raw`[\p{L}\p{M}\p{N}.-]`;
const addressInText = new RegExp(
  String.raw`(?<!${localCharacter})(${localCharacter}{1,64})@(?!\p{M})(${domainCharacter}{1,253})`,
  "gu",
);
const addressBeingTyped = new RegExp(`(${localCharacter}{0,64})@(${domainCharacter}{0,253})`, "gu");

/** Further tokens of a text, beside those in order: "check-in" as "checkin", addresses, phones. */
export function compoundsOf(text: string, tokens: readonly Token[]): readonly Token[] {
  return [
    ...hyphenChains(text, tokens).map((chain) => spanning(tokens, chain, "word", [chain.joined])),
    ...numberRuns(text, tokens).map((run) => spanning(tokens, run, "digits", formsOfRun(run))),
    ...addressesIn(text).flatMap(addressTokens),
  ];
}

/** Words joined by hyphens ("check-in", "wi-fi"). */
export function hyphenChains(text: string, tokens: readonly Token[]): readonly Chain[] {
  return chains(text, tokens, hyphen, (token) => token.kind !== "sign")
    .filter(({ first, last }) => last > first && last - first < hyphenChainTokensMax)
    .filter(({ first, last }) => tokens.slice(first, last + 1).some(isWord))
    .map((span) => ({ ...span, joined: joinedForm(tokens, span) }));
}

/** Groups of digits that may be one number: "+44 (0)117 555 0117", "1,200", "84213377". */
export function numberRuns(text: string, tokens: readonly Token[]): readonly NumberRun[] {
  return chains(text, tokens, numberGap, (token) => token.kind === "digits")
    .map((span) => numberRun(text, tokens, span))
    .filter((run) => run.joined.length <= phoneDigitsMax)
    .filter((run) => run.last > run.first || run.joined.length >= phoneDigitsMin);
}

/** E-mail addresses in a text. */
export function addressesIn(text: string): readonly Address[] {
  return text.includes("@") ? addressesBy(addressInText, text) : [];
}

/** Like {@link addressesIn}, and half an address too: "ada@", "@example.com". */
export function addressesBeingTyped(text: string): readonly Address[] {
  const found = text.includes("@") ? addressesBy(addressBeingTyped, text) : [];
  return found.filter(({ local, domain }) => local !== "" || domain !== "");
}

/** The tokens by which an address is found: the whole, what is before the @, what is after it. */
export function addressTokens({ start, end, local, domain }: Address): readonly Token[] {
  const at = end - domain.length;
  return [
    wordToken(start, end, `${local}@${domain}`),
    wordToken(start, at - 1, local),
    wordToken(at, end, domain),
  ];
}

/** All endings of a number from four digits on, the whole number first. */
export function digitSuffixes(digits: string): readonly string[] {
  const suffixes = [digits];
  for (let length = digits.length - 1; length >= phoneSuffixDigitsMin; length--) {
    suffixes.push(digits.slice(-length));
  }
  return suffixes;
}

/** A number without the zeros (trunk or international prefix) that it may be written with. */
export function withoutLeadingZeros(digits: string): string {
  const rest = digits.replace(/^0+/, "");
  return rest.length >= phoneSuffixDigitsMin ? rest : digits;
}

function formsOfRun(run: NumberRun): readonly string[] {
  const canBePhone = run.isPhoneLike && run.joined.length >= phoneDigitsMin;
  const whole = [run.joined, withoutLeadingZeros(run.joined)];
  return [...new Set(canBePhone ? [...whole, ...digitSuffixes(run.joined)] : whole)];
}

function numberRun(text: string, tokens: readonly Token[], span: Span): NumberRun {
  const inside = tokens.slice(span.first, span.last + 1);
  const groups = inside.filter((token, at) => at === 0 || !isTrunkZero(text, token));
  const joined = groups.map(mainForm).join("");
  const before = text[(inside[0]?.start ?? 0) - 1];
  return {
    ...span,
    joined,
    isPhoneLike:
      before === "+" || before === "(" || joined.startsWith("0") || span.first === span.last,
    isInternational: before === "+" || joined.startsWith("00"),
  };
}

/** In "+44 (0)117" the zero is dialled only at home. */
function isTrunkZero(text: string, token: Token): boolean {
  return mainForm(token) === "0" && text[token.start - 1] === "(" && text[token.end] === ")";
}

interface Span {
  readonly first: number;
  readonly last: number;
}

/** The longest stretches of accepted tokens with nothing but `gap` between neighbours. */
function chains(
  text: string,
  tokens: readonly Token[],
  gap: RegExp,
  accepts: (token: Token) => boolean,
): readonly Span[] {
  const found: Span[] = [];
  let previous: Token | undefined;
  for (const [at, token] of tokens.entries()) {
    const last = found.at(-1);
    const isAccepted = accepts(token);
    const continues = isAccepted && previous && gap.test(text.slice(previous.end, token.start));
    if (continues && last) found[found.length - 1] = { first: last.first, last: at };
    else if (isAccepted) found.push({ first: at, last: at });
    previous = isAccepted ? token : undefined;
  }
  return found;
}

function addressesBy(pattern: RegExp, text: string): readonly Address[] {
  return [...text.matchAll(pattern)].map((match) => {
    const local = match[1] ?? "";
    const domain = (match[2] ?? "").replace(/[.-]+$/, "");
    const end = match.index + local.length + 1 + domain.length;
    return { start: match.index, end, local, domain };
  });
}

function spanning(
  tokens: readonly Token[],
  { first, last }: Span,
  kind: Token["kind"],
  forms: readonly string[],
): Token {
  const start = tokens[first]?.start ?? 0;
  const end = tokens[last]?.end ?? start;
  return { kind, start, end, forms, stemSources: kind === "word" ? forms : [] };
}

function wordToken(start: number, end: number, text: string): Token {
  return { kind: "word", start, end, forms: [fold(text)], stemSources: [] };
}

function joinedForm(tokens: readonly Token[], { first, last }: Span): string {
  return tokens
    .slice(first, last + 1)
    .map(mainForm)
    .join("");
}

function mainForm(token: Token): string {
  return token.forms[0] ?? "";
}

function isWord(token: Token): boolean {
  return token.kind === "word";
}
