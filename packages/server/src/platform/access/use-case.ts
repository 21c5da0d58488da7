import type { Operation, OperationOutput, OperationParsed, PropertyId } from "@foyer/contract";
import type { Scope } from "../scope/index.ts";
import { authorizeProperty, authorizeRole } from "./authorize.ts";
import type { Caller } from "./caller.ts";
import type { Exchange } from "./exchange.ts";

/** What a use-case works with: the tenant's scope, and who asks. */
export interface Context extends Scope {
  readonly caller: Caller;
  readonly exchange: Exchange;
  /** Throws `resource.not_found` unless the caller works at the property. */
  reach(propertyId: PropertyId): void;
}

export type UseCase<O> = (
  context: Context,
  input: OperationParsed<O>,
) => Promise<OperationOutput<O>>;

/** An operation bound to what does it. */
export interface Route {
  readonly operation: Operation;
  readonly run: (
    scope: Scope,
    caller: Caller,
    exchange: Exchange,
    input: unknown,
  ) => Promise<unknown>;
}

/** An operation that nobody has signed in for: it has no tenant and no caller. */
export interface OpenRoute {
  readonly operation: Operation;
  readonly run: (exchange: Exchange, input: unknown) => Promise<unknown>;
}

/** Binds an operation without a right. There are two: signing in, and what its page needs. */
export function openRoute<O extends Operation>(
  operation: O,
  useCase: (exchange: Exchange, input: OperationParsed<O>) => Promise<OperationOutput<O>>,
): OpenRoute {
  if (operation.right !== null)
    throw new Error(`${operation.name} is not open: bind it with route`);
  return { operation, run: (exchange, input) => useCase(exchange, input as OperationParsed<O>) };
}

/**
 * Binds a use-case to its operation. Every use-case passes here, and here its caller is
 * authorized. One whose operation names a property reaches it before it runs; one that does not
 * must call `context.reach` with the property of what it loaded, or be listed as `tenantWide`:
 * otherwise its answer is withheld, because nobody asked whether the caller may have it.
 */
export function route<O extends Operation>(
  operation: O,
  useCase: UseCase<O>,
  options: { readonly tenantWide?: true } = {},
): Route {
  const { right } = operation;
  if (right === null) throw new Error(`${operation.name} is open: bind it with openRoute`);
  return {
    operation,
    run: async (scope, caller, exchange, input) => {
      authorizeRole(caller, right);
      let hasReached = options.tenantWide ?? false;
      const reach = (propertyId: PropertyId) => {
        authorizeProperty(caller, propertyId);
        hasReached = true;
      };
      const { propertyId } = input as { propertyId?: PropertyId };
      if (propertyId !== undefined) reach(propertyId);
      const context: Context = { ...scope, caller, exchange, reach };
      const output = await useCase(context, input as OperationParsed<O>);
      if (!hasReached) throw new Error(`${operation.name} answered without asking who may have it`);
      return output;
    },
  };
}
