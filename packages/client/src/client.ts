import {
  type Operation,
  type OperationAnswer,
  type OperationInput,
  type OperationKey,
  operations,
} from "@foyer/contract";
import { refusalFrom, Unreachable } from "./failure.ts";

export interface ClientOptions {
  /** Where the server is, without a slash at the end; empty for the page's own origin. */
  readonly baseUrl: string;
  /** A `fetch`; the platform's own unless given. */
  readonly fetch?: typeof fetch;
  /** Headers for every request: a token, or the anti-forgery header of a session. */
  readonly headers?: () => Record<string, string>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

type Call<Key extends OperationKey> = (
  input: OperationInput<(typeof operations)[Key]>,
  options?: CallOptions,
) => Promise<OperationAnswer<(typeof operations)[Key]>>;

/** The bytes of a file: what a browser's file picker gives, or what a program holds. */
export type FileBytes = Blob | Uint8Array<ArrayBuffer>;

type Upload<Key extends OperationKey> = (
  input: OperationInput<(typeof operations)[Key]>,
  bytes: FileBytes,
  options?: CallOptions,
) => Promise<OperationAnswer<(typeof operations)[Key]>>;

/** One method per operation of the contract, typed by it. */
export type Client = {
  readonly [Key in OperationKey]: (typeof operations)[Key]["kind"] extends "upload"
    ? Upload<Key>
    : Call<Key>;
};

/**
 * Makes a client. It adds nothing to the contract and knows no operation by name: each method
 * is derived from the operation's value. Answers that refuse throw `Refused`; a server that
 * cannot be reached throws `Unreachable`.
 */
export function createClient(options: ClientOptions): Client {
  const entries = Object.entries(operations).map(([key, operation]) => [
    key,
    operation.kind === "upload" ? uploading(options, operation) : calling(options, operation),
  ]);
  return Object.fromEntries(entries) as Client;
}

function calling(options: ClientOptions, operation: Operation) {
  return (input: Input, call?: CallOptions) =>
    send(options, operation, { input, body: bodyOf(operation, input) }, call);
}

function uploading(options: ClientOptions, operation: Operation) {
  return (input: Input, bytes: FileBytes, call?: CallOptions) =>
    send(options, operation, { input, body: { type: uploadMediaType, bytes } }, call);
}

/** What a file is, the server finds in its bytes. */
const uploadMediaType = "application/octet-stream";

type Input = Record<string, unknown>;

interface Given {
  readonly input: Input;
  readonly body: { readonly type: string; readonly bytes: FileBytes | string } | undefined;
}

/** The address of an operation for given input: path parameters filled in, query appended. */
export function urlOf(operation: Operation, input: Record<string, unknown>): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(input[name])),
  );
  const query = new URLSearchParams();
  for (const name of Object.keys(operation.query?.shape ?? {})) {
    const value = input[name];
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

async function send(
  options: ClientOptions,
  operation: Operation,
  given: Given,
  call: CallOptions = {},
): Promise<unknown> {
  const response = await request(options, operation, given, call);
  if (!response.ok) throw await refusalFrom(response);
  return response.status === 204 ? undefined : await response.json();
}

async function request(
  options: ClientOptions,
  operation: Operation,
  { input, body }: Given,
  call: CallOptions,
): Promise<Response> {
  const init: RequestInit = {
    method: operation.method,
    credentials: "same-origin",
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": body.type }),
      ...options.headers?.(),
    },
    ...(body === undefined ? {} : { body: body.bytes }),
    ...(call.signal ? { signal: call.signal } : {}),
  };
  try {
    return await (options.fetch ?? fetch)(options.baseUrl + urlOf(operation, input), init);
  } catch (cause) {
    if (call.signal?.aborted) throw cause;
    throw new Unreachable(operation.name, { cause });
  }
}

function bodyOf(operation: Operation, input: Input): Given["body"] {
  if (!operation.body) return undefined;
  const names = Object.keys(operation.body.shape).filter((name) => input[name] !== undefined);
  const bytes = JSON.stringify(Object.fromEntries(names.map((name) => [name, input[name]])));
  return { type: "application/json", bytes };
}
