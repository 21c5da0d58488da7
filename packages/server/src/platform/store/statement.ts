import {
  type Compilable,
  createQueryId,
  type Kysely,
  type OperationNode,
  type RootOperationNode,
} from "kysely";
import { type Bindable, bind } from "./binder.ts";
import { compilerFor, type Dialect, type DialectName } from "./dialect.ts";
import { Literal, Placeholder, TenantPlaceholder } from "./placeholder.ts";
import { assertTenantBound } from "./tripwire.ts";

export interface CompiledStatement {
  readonly sql: string;
  readonly placeholders: readonly Placeholder[];
}

/** A statement by name: its shape is built, walked by the tripwire and compiled once. */
export interface Statement<Args, Row> {
  readonly name: string;
  readonly isRoot: boolean;
  compile(dialect: Dialect, args: Args): CompiledStatement;
  /** Only a type: what `all` and `first` return. */
  readonly row?: Row;
}

type Build<Tables, Args, Row> = (
  sql: Omit<Kysely<Tables>, "executeQuery" | "transaction" | "connection" | "schema" | "destroy">,
  given: Args & { readonly tenant: TenantOf<Tables> },
  dialect: Dialect,
) => Compilable<Row> & { toOperationNode(): OperationNode };

type TenantOf<Tables> = Tables[keyof Tables] extends { readonly tenant_id: infer Id } ? Id : never;

/**
 * Statements on a module's own tables. Each shape must bind every table it touches to the
 * tenant, or building it throws; the tenant itself is put in at every execution.
 *
 * A list argument is compiled once per length, the length rounded up to a power of two and the
 * last element repeated: give lists only to `in`, or to `values` through `rows`.
 */
export function statementsFor<Tables>() {
  return <Args extends object = object>() =>
    <Row>(name: string, build: Build<Tables, Args, Row>): Statement<Args, Row> =>
      declare(name, false, build);
}

/** Statements on tables without a tenant. Only `directory` and the platform may use these. */
export function rootStatementsFor<Tables>() {
  return <Args extends object = object>() =>
    <Row>(name: string, build: Build<Tables, Args, Row>): Statement<Args, Row> =>
      declare(name, true, build);
}

function declare<Tables, Args extends object, Row>(
  name: string,
  isRoot: boolean,
  build: Build<Tables, Args, Row>,
): Statement<Args, Row> {
  const cache = new Map<string, CompiledStatement>();
  /** Without lists there is one shape, and nothing has to be put together to find it. */
  const listless = new Map<DialectName, CompiledStatement>();
  return {
    name,
    isRoot,
    compile(dialect, args) {
      const only = listless.get(dialect.name);
      if (only && !hasList(args)) return only;
      const shape = shapeOf(args);
      const key = cacheKey(dialect.name, shape);
      const known = cache.get(key);
      if (known) return known;
      const compiled = compileShape(name, isRoot, build, dialect, shape);
      cache.set(key, compiled);
      if (shape.length === 0) listless.set(dialect.name, compiled);
      return compiled;
    },
  };
}

function hasList(args: object): boolean {
  for (const name in args) if (Array.isArray((args as Record<string, unknown>)[name])) return true;
  return false;
}

type Shape = readonly (readonly [name: string, length: number])[];

/** The lists among the arguments and how long each is compiled. Most statements have none. */
function shapeOf(args: object): Shape {
  let shape: [string, number][] | undefined;
  for (const [name, value] of Object.entries(args)) {
    if (!Array.isArray(value)) continue;
    if (value.length === 0) throw new Error(`The list ${name} is empty: do not run the statement`);
    shape ??= [];
    shape.push([name, isRow(value[0]) ? value.length : 2 ** Math.ceil(Math.log2(value.length))]);
  }
  return shape ?? [];
}

function isRow(value: unknown): boolean {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array);
}

function cacheKey(dialect: DialectName, shape: Shape): string {
  return shape.length === 0 ? dialect : `${dialect} ${shape.join(" ")}`;
}

function compileShape<Tables, Args, Row>(
  name: string,
  isRoot: boolean,
  build: Build<Tables, Args, Row>,
  dialect: Dialect,
  shape: Shape,
): CompiledStatement {
  const compiler = compilerFor<Tables>(dialect);
  const query = build(
    compiler,
    placeholdersFor(shape) as Args & { tenant: TenantOf<Tables> },
    dialect,
  );
  // What was walked is what is compiled: a query is not asked twice what it is.
  const node = query.toOperationNode();
  if (!isRoot) assertTenantBound(node, name);
  const compiled = compiler.getExecutor().compileQuery(node as RootOperationNode, createQueryId());
  return {
    sql: compiled.sql,
    placeholders: compiled.parameters.map((parameter) => asPlaceholder(parameter)),
  };
}

/** A literal in a shape stays what it is; everything else is a placeholder. */
function asPlaceholder(parameter: unknown): Placeholder {
  return parameter instanceof Placeholder ? parameter : new Literal(parameter);
}

function placeholdersFor(shape: Shape): object {
  const lists = new Map(shape);
  return new Proxy(
    {},
    {
      get: (_, name) => {
        if (typeof name !== "string") return undefined;
        if (name === "tenant") return new TenantPlaceholder();
        const length = lists.get(name);
        if (length === undefined) return new Placeholder(name);
        return Array.from({ length }, (_, index) => rowPlaceholder(name, index));
      },
    },
  );
}

/** Serves both as an element of a list and, by its snake_case fields, as a row of one. */
function rowPlaceholder(name: string, index: number): Placeholder {
  return new Proxy(new Placeholder(name, index), {
    get: (target, field, receiver) =>
      typeof field === "string" && !(field in target) && /^[a-z]+(_[a-z]+)*$/.test(field)
        ? new Placeholder(name, index, field)
        : Reflect.get(target, field, receiver),
  });
}

/** Puts the arguments and the tenant in place of the placeholders. */
export function parametersOf(
  statement: Statement<never, unknown>,
  compiled: CompiledStatement,
  tenantId: string | undefined,
  args: object,
): Bindable[] {
  const values = args as Record<string, unknown>;
  return compiled.placeholders.map((placeholder) =>
    bind(valueFor(placeholder, tenantId, values), statement.name, placeholder.name),
  );
}

function valueFor(
  placeholder: Placeholder,
  tenantId: string | undefined,
  values: Record<string, unknown>,
): unknown {
  if (placeholder instanceof TenantPlaceholder) return tenantId;
  if (placeholder instanceof Literal) return placeholder.value;
  const value = values[placeholder.name];
  if (placeholder.index === undefined) return value;
  const list = value as unknown[];
  const element = list[Math.min(placeholder.index, list.length - 1)];
  return placeholder.field ? (element as Record<string, unknown>)[placeholder.field] : element;
}
