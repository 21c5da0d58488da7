import { Unreadable } from "../../ports.ts";

/** A webhook has a few dozen parameters, and three more for each of its ten media. */
export const parametersMax = 500;
/** What separates parameters (WHATWG URL, §5.1). */
const ampersand = 0x26;

/** The parameters of a webhook by their names. */
export type Parameters = ReadonlyMap<string, string>;

/** The SHA-256 of a body that is no form, in hex, which the provider puts in the URL; or null. */
export function bodyDigestOf(url: string): string | null {
  return queryOf(url).get("bodySHA256");
}

/** The query of a called address. */
export function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? "");
}

/**
 * A form body; undefined for bytes that are no text, and for more parameters than a webhook has.
 * They are counted before anything is made of them: whoever sent them is not known yet.
 */
export function decodeForm(body: Uint8Array): URLSearchParams | undefined {
  if (hasTooManyParameters(body)) return undefined;
  const text = decode(body);
  return text === undefined ? undefined : new URLSearchParams(text);
}

/** Every value that a form has under each of its names, both in the order of the form. */
export function valuesByName(form: URLSearchParams): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of form) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return values;
}

function hasTooManyParameters(body: Uint8Array): boolean {
  let count = 1;
  let at = body.indexOf(ampersand);
  while (at >= 0 && count <= parametersMax) {
    count += 1;
    at = body.indexOf(ampersand, at + 1);
  }
  return count > parametersMax;
}

/**
 * The parameters of a delivery, be it a form or JSON. Unknown ones are there too: more are added
 * from time to time.
 *
 * @throws Unreadable `malformed`
 */
export function parametersOf(url: string, body: Uint8Array): Parameters {
  if (bodyDigestOf(url) !== null) return jsonParametersOf(body);
  const form = decodeForm(body);
  if (!form) throw new Unreadable("malformed");
  const parameters = new Map<string, string>();
  for (const [name, value] of form) if (!parameters.has(name)) parameters.set(name, value);
  return parameters;
}

function jsonParametersOf(body: Uint8Array): Parameters {
  const given = parse(decode(body) ?? "");
  if (typeof given !== "object" || given === null) throw new Unreadable("malformed");
  const entries = Object.entries(given).flatMap(([name, value]) =>
    typeof value === "string" || typeof value === "number" ? [[name, String(value)] as const] : [],
  );
  return new Map(entries);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable("malformed");
  }
}

function decode(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}
