import { isIP } from "node:net";
import { z } from "zod";
import { Secret } from "./configuration-secret.ts";

/**
 * The kinds of values that settings take. Each reads what the environment gives (text) as well as
 * what a JSON file gives (numbers, booleans, lists), and each refusal completes the sentence
 * "NAME is VALUE: it …".
 */

/** A whole number within bounds, both included. */
export function wholeNumber(min: number, max: number): z.ZodType<number> {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.preprocess(
    (given) => (typeof given === "string" && /^\d{1,15}$/.test(given) ? Number(given) : given),
    z.int({ error }).min(min, { error }).max(max, { error }),
  );
}

const booleanWords = new Map<unknown, unknown>([
  ["true", true],
  ["1", true],
  ["yes", true],
  ["on", true],
  ["false", false],
  ["0", false],
  ["no", false],
  ["off", false],
]);

/** True or false, in the words that people write for them. */
export function trueOrFalse(): z.ZodType<boolean> {
  return z.preprocess(
    (given) => {
      const word = typeof given === "string" ? given.toLowerCase() : given;
      return booleanWords.get(word) ?? given;
    },
    z.boolean({ error: "must be true or false" }),
  );
}

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): z.ZodType<Word> {
  return z.enum(words, { error: `must be one of ${words.join(", ")}` });
}

/** A path; made absolute later, when it is known where the value came from. */
export function path(): z.ZodType<string> {
  const error = "must be a path";
  return z
    .string({ error })
    .min(1, { error })
    .refine((given) => !given.includes("\0"), { error });
}

/** A list, written with commas in the environment, as a list in the file. Doubles count once. */
export function listOf<Item>(item: z.ZodType<Item>, min: 0 | 1): z.ZodType<readonly Item[]> {
  const error = min === 0 ? "must be a list" : "must name at least one, separated by commas";
  return z.preprocess(
    (given) => (typeof given === "string" ? splitAtCommas(given) : given),
    z
      .array(item, { error })
      .min(min, { error })
      .transform((items) => [...new Set(items)]),
  );
}

function splitAtCommas(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** A word that exists now; naming one that is planned is a mistake with words of its own. */
export function builtWord<const Word extends string>(
  built: readonly Word[],
  planned: readonly string[],
): z.ZodType<Word> {
  return z.enum(built, {
    error: ({ input }) =>
      planned.some((word) => word === input)
        ? `names "${input}", which this version does not have yet; it has ${built.join(", ")}`
        : `must be made of ${built.join(", ")}`,
  });
}

/** A host name or an IP address to listen on, without a port. */
export function host(): z.ZodType<string> {
  const error = "must be a host name or an IP address, without a port";
  return z.string({ error }).refine((given) => isIP(given) !== 0 || isHostName(given), { error });
}

function isHostName(text: string): boolean {
  // URLs take some numbers for old spellings of an address, and refuse others.
  return /^[a-z\d]([a-z\d.-]{0,251}[a-z\d])?$/i.test(text) && URL.canParse(`http://${text}`);
}

/**
 * A range of addresses in CIDR notation (RFC 4632), or a single address. A range of everything is
 * refused: who trusts everybody's word about addresses has no addresses.
 */
export function addressRange(): z.ZodType<string> {
  const error = "must be made of addresses or ranges like 10.0.0.0/8";
  return z
    .string({ error })
    .refine(isAddressRange, { error })
    .refine((given) => !given.endsWith("/0"), { error: "must not name every address there is" });
}

function isAddressRange(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

/** The address that browsers use: scheme, host, port, and nothing after. Gives the bare origin. */
export function origin(): z.ZodType<string> {
  const error = "must be an address like https://inbox.example.com, without a path";
  return z
    .string({ error })
    .refine(isOrigin, { error })
    .transform((given) => new URL(given).origin);
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return false;
  return `${url.origin}/` === url.href;
}

/** The parts of a database URL, the password sealed. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret;
  readonly database: string;
}

const mysqlPort = 3306;

/** `mysql://user:password@host:port/database`, each part percent-encoded where it must be. */
export function databaseUrl(): z.ZodType<DatabaseAddress> {
  return z.string({ error: databaseUrlShape }).transform((given, context) => {
    const address = readDatabaseUrl(given);
    if (typeof address !== "string") return address;
    context.addIssue({ code: "custom", message: address });
    return z.NEVER;
  });
}

const databaseUrlShape = "must have the form mysql://user:password@host:port/database";

/** The parts, or what is wrong with them in words that quote nothing. */
function readDatabaseUrl(text: string): DatabaseAddress | string {
  const url = URL.parse(text);
  if (url?.protocol === "mariadb:") return "must begin with mysql://, which serves MariaDB too";
  if (url?.protocol !== "mysql:" || url.hostname === "") return databaseUrlShape;
  if (url.search !== "" || url.hash !== "") return `${databaseUrlShape}, with nothing after it`;
  const user = decodePart(url.username);
  const password = decodePart(url.password);
  const database = decodePart(url.pathname.slice(1));
  if (user === undefined || password === undefined || database === undefined) {
    return "has a part that is not percent-encoded as URLs are";
  }
  if (user === "" || database === "" || database.includes("/")) return databaseUrlShape;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? mysqlPort : Number(url.port),
    user,
    password: new Secret(password),
    database,
  };
}

function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
