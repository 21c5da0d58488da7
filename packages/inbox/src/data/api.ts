import { type CallOptions, createClient, Refused, Unreachable } from "@foyer/client";
import type { OperationInput, OperationKey, operations, RefusalCode } from "@foyer/contract";

/** Files are handed in by `putFile`, which tells how far it is. */
type CallKey = Exclude<OperationKey, "uploadAttachment">;

type Output<Key extends OperationKey> = NonNullable<(typeof operations)[Key]["output"]>;

/** What an operation answers, with ids branded by what they name. */
export type Answer<Key extends OperationKey> =
  Output<Key> extends { readonly _zod: { readonly output: infer Value } } ? Value : undefined;

let csrfToken = "";

const headers = () => ({ ...(csrfToken === "" ? {} : { "x-foyer-csrf": csrfToken }) });
const client = createClient({ baseUrl: "", headers });
const lastWords = createClient({
  baseUrl: "",
  headers,
  fetch: (input, init) => fetch(input, { ...init, keepalive: true }),
});

/** Takes the anti-forgery token of a session; every later request carries it. */
export function takeCsrfToken(token: string): void {
  csrfToken = token;
}

/** Calls an operation. Throws `Refused` or `Unreachable`. */
export async function call<Key extends CallKey>(
  key: Key,
  input: OperationInput<(typeof operations)[Key]>,
  signal?: AbortSignal,
): Promise<Answer<Key>> {
  const method = client[key] as (given: unknown, options: CallOptions) => Promise<unknown>;
  return (await method(input, signal ? { signal } : {})) as Answer<Key>;
}

/** Calls an operation in a request that outlives the page, and does not look at the answer. */
export function callOnLeaving<Key extends CallKey>(
  key: Key,
  input: OperationInput<(typeof operations)[Key]>,
): void {
  const method = lastWords[key] as (given: unknown) => Promise<unknown>;
  method(input).catch(() => undefined);
}

/** The headers of a request that is not made by `call`. */
export function requestHeaders(): Readonly<Record<string, string>> {
  return headers();
}

/** The code of a refusal, or undefined for a failure of another kind. */
export function refusalCodeOf(error: unknown): RefusalCode | undefined {
  return error instanceof Refused ? error.problem.code : undefined;
}

/** Which parts of what was sent a refusal is about: a path each, `texts.0.text`. */
export function issuePathsOf(error: unknown): readonly string[] {
  if (!(error instanceof Refused)) return [];
  return (error.problem.issues ?? []).map(({ field }) => field);
}

/**
 * Whether the same request may succeed later, so that trying again is right: no answer, an
 * overloaded server, one that is starting.
 */
export function isTemporary(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  if (!(error instanceof Refused)) return false;
  const tooManyRequests = 429;
  return error.problem.status >= 500 || error.problem.status === tooManyRequests;
}
