import type { z } from "zod";
import type { RefusalCode } from "./refusals.ts";
import type { Right } from "./rights.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type Shape = z.ZodObject | undefined;

/**
 * One operation of the HTTP interface, as a value. The server binds it, the client calls it, the
 * OpenAPI page lists it, and the law tests walk all of them: nobody describes it a second time.
 */
export interface Operation<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Output extends z.ZodType | undefined = z.ZodType | undefined,
> {
  /** Plural noun and verb, for example `conversations.reply`. */
  readonly name: string;
  readonly method: Method;
  /** A path with parameters in braces, for example `/v1/conversations/{conversationId}`. */
  readonly path: `/v1/${string}`;
  /** One sentence for the reference page. */
  readonly summary: string;
  /** What the caller's role must carry; `null` where nobody has signed in yet. */
  readonly right: Right | null;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Absent: the answer is 204 without a body. */
  readonly output?: Output;
  readonly status: 200 | 201 | 202 | 204;
  /** What it may refuse beyond what every operation may (see `refusalsOfAll`). */
  readonly refusals: readonly RefusalCode[];
  /**
   * `stream`: the answer is a stream of server-sent events, each one of `output`. `upload`: the
   * body is the bytes of a file, at most `attachmentBytesMax` of them.
   */
  readonly kind: "call" | "stream" | "upload";
}

/** An operation of which is known whether it is a call, a stream or an upload. */
type OfKind<O, Kind> = O & { readonly kind: Kind };

type Given<Params extends Shape, Query extends Shape, Body extends Shape, Output, Kind> = {
  name: string;
  method: Method;
  path: `/v1/${string}`;
  summary: string;
  right: Right | null;
  params?: Params;
  query?: Query;
  body?: Body;
  output?: Output;
  status?: 200 | 201 | 202 | 204;
  refusals?: readonly RefusalCode[];
  kind?: Kind;
};

/** Declares an operation. The status is 200 with an output and 204 without, unless it says so. */
export function operation<
  Params extends Shape = undefined,
  Query extends Shape = undefined,
  Body extends Shape = undefined,
  Output extends z.ZodType | undefined = undefined,
  const Kind extends Operation["kind"] = "call",
>(
  given: Given<Params, Query, Body, Output, Kind>,
): OfKind<Operation<Params, Query, Body, Output>, Kind> {
  return {
    ...given,
    status: given.status ?? (given.output ? 200 : 204),
    refusals: given.refusals ?? [],
    // Left out, the kind is the default of its type, too.
    kind: given.kind ?? ("call" as Kind),
  };
}

/** What any operation may refuse, whatever else it declares. */
export const refusalsOfAll: readonly RefusalCode[] = [
  "request.malformed",
  "request.invalid",
  "request.too_large",
  "request.media_type",
  "session.required",
  "session.forged_request",
  "right.missing",
  "resource.not_found",
  "service.unavailable",
  "service.failed",
];

type InputOf<S> = S extends z.ZodObject ? z.input<S> : unknown;
type ParsedOf<S> = S extends z.ZodObject ? z.output<S> : unknown;

/** What a caller gives: params, query and body in one flat object; their names never collide. */
export type OperationInput<O> =
  O extends Operation<infer P, infer Q, infer B, infer _>
    ? InputOf<P> & InputOf<Q> & InputOf<B>
    : never;

/** What a use-case receives: the same, parsed. */
export type OperationParsed<O> =
  O extends Operation<infer P, infer Q, infer B, infer _>
    ? ParsedOf<P> & ParsedOf<Q> & ParsedOf<B>
    : never;

/** What a use-case returns. */
export type OperationOutput<O> =
  O extends Operation<infer _P, infer _Q, infer _B, infer Output>
    ? Output extends z.ZodType
      ? z.input<Output>
      : undefined
    : never;

/** What a client gets: the same, with its ids branded. */
export type OperationAnswer<O> =
  O extends Operation<infer _P, infer _Q, infer _B, infer Output>
    ? Output extends z.ZodType
      ? z.output<Output>
      : undefined
    : never;
