import type { Operation, OperationOutput, OperationParsed, PropertyId } from "@foyer/contract";
import { notFound } from "../refusal.ts";
import type { Scope } from "../scope/index.ts";
import { authorizeProperty, authorizeRole } from "./authorize.ts";
import type { Caller } from "./caller.ts";

/** Where a stream writes to. */
export interface StreamSink<Event> {
  /** Aborted when the reader has gone or the server stops. */
  readonly signal: AbortSignal;
  /** Resolves when the reader can take more; false when it cannot keep up and was let go. */
  send(event: Event, cursor?: string): Promise<boolean>;
}

/** What a stream works with. Keys and rights are not kept: both are asked for at each step. */
export interface StreamContext {
  readonly caller: Caller;
  /** The tenant's scope with keys that are open now. */
  scope(): Promise<Scope>;
  /** The caller as they are now; undefined once their session is over. */
  callerNow(): Promise<Caller | undefined>;
}

type Follow<O> = (
  context: StreamContext,
  input: OperationParsed<O>,
  sink: StreamSink<OperationOutput<O>>,
) => Promise<void>;

export interface StreamRoute {
  readonly operation: Operation;
  readonly run: (
    context: StreamContext,
    input: unknown,
    sink: StreamSink<unknown>,
  ) => Promise<void>;
}

/** Binds an operation whose answer is a stream. It must name its property in the path. */
export function streamRoute<O extends Operation>(operation: O, follow: Follow<O>): StreamRoute {
  return {
    operation,
    run: (context, input, sink) => follow(context, input as OperationParsed<O>, sink as never),
  };
}

/** Authorizes the opening of a stream, as `route` does for a call. */
export function openStream(operation: Operation, caller: Caller, input: unknown): void {
  const { propertyId } = input as { propertyId?: PropertyId };
  if (operation.right === null || propertyId === undefined) throw notFound();
  authorizeRole(caller, operation.right);
  authorizeProperty(caller, propertyId);
}
