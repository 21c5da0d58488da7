import type {
  AliasNode,
  BinaryOperationNode,
  DeleteQueryNode,
  InsertQueryNode,
  JoinNode,
  OperationNode,
  PrimitiveValueListNode,
  RawNode,
  ReferenceNode,
  SelectQueryNode,
  TableNode,
  UpdateQueryNode,
  ValueListNode,
  ValuesNode,
  WithNode,
} from "kysely";
import { TenantPlaceholder } from "./placeholder.ts";

/** A statement touches a tenant's table without being bound to the tenant. */
export class Unbound extends Error {
  override readonly name = "Unbound";
}

/**
 * The tripwire: walks the shape of a statement once and throws unless every table in it is bound
 * to the tenant. A table is bound by a condition that always holds for its rows: a conjunct of
 * the query's `where`, or of the join's `on`, that sets its `tenant_id` equal to the bound
 * tenant or to the `tenant_id` of a table that is bound. A condition under `or` binds nothing.
 *
 * Raw SQL cannot be walked and is refused. So is a union's or a common table expression's part
 * that is not bound by itself: each is a query and is checked as one.
 */
export function assertTenantBound(query: OperationNode, statement: string): void {
  checkQuery(query, { statement, bound: new Set(), derived: new Set() });
}

interface Scope {
  readonly statement: string;
  /** Aliases of the queries around this one that are bound. */
  readonly bound: ReadonlySet<string>;
  /** Names of common table expressions, which are checked where they are defined. */
  readonly derived: ReadonlySet<string>;
}

type Query = SelectQueryNode | InsertQueryNode | UpdateQueryNode | DeleteQueryNode;

function checkQuery(node: OperationNode, outer: Scope): void {
  const query = asQuery(node, outer);
  const scope = { ...outer, derived: new Set([...outer.derived, ...namesOf(query.with)]) };
  const inner = { ...scope, bound: checkTables(query, scope) };
  if (query.kind === "InsertQueryNode") checkInsert(query, scope);
  if (query.kind === "UpdateQueryNode") checkUpdate(query, scope);
  for (const part of nestedQueries(query, scope)) checkQuery(part, inner);
}

function asQuery(node: OperationNode, scope: Scope): Query {
  const kinds = ["SelectQueryNode", "InsertQueryNode", "UpdateQueryNode", "DeleteQueryNode"];
  if (kinds.includes(node.kind)) return node as Query;
  throw trip(scope, `is a ${node.kind}, which cannot be bound to a tenant`);
}

function namesOf(withNode: WithNode | undefined): string[] {
  return (withNode?.expressions ?? []).map((part) => part.name.table.table.identifier.name);
}

/** Checks the tables of one level and returns the aliases that are bound inside it. */
function checkTables(query: Query, scope: Scope): ReadonlySet<string> {
  if (query.kind === "InsertQueryNode") return scope.bound;
  const sources = sourcesOf(query).filter((source) => !scope.derived.has(source.table));
  const alone = sources.length === 1 ? sources[0]?.alias : undefined;
  const equalities = equalitiesOf(query, alone);
  const bound = new Set(scope.bound);
  for (const source of sources) bound.delete(source.alias);
  while (bindOnce(equalities, bound)) {
    // Each round may bind a table through one that was bound in the round before.
  }
  const unbound = sources.find((source) => !bound.has(source.alias));
  if (unbound) throw trip(scope, `touches ${unbound.table} without its tenant_id`);
  return bound;
}

interface Source {
  readonly table: string;
  readonly alias: string;
}

function sourcesOf(query: SelectQueryNode | UpdateQueryNode | DeleteQueryNode): Source[] {
  const nodes: OperationNode[] = [...(query.from?.froms ?? [])];
  if (query.kind === "UpdateQueryNode" && query.table) nodes.push(query.table);
  if (query.kind === "DeleteQueryNode") nodes.push(...(query.using?.tables ?? []));
  nodes.push(...(query.joins ?? []).map((join) => join.table));
  return nodes.flatMap((node) => sourceOf(node));
}

/** A derived table (a query in `from`) is no source: it is checked as a query of its own. */
function sourceOf(node: OperationNode): Source[] {
  if (node.kind === "TableNode") {
    const name = (node as TableNode).table.identifier.name;
    return [{ table: name, alias: name }];
  }
  if (node.kind === "AliasNode" && (node as AliasNode).node.kind === "TableNode") {
    const { node: table, alias } = node as AliasNode;
    const name = (table as TableNode).table.identifier.name;
    return [{ table: name, alias: identifierOf(alias) ?? name }];
  }
  return [];
}

function identifierOf(node: OperationNode): string | undefined {
  return node.kind === "IdentifierNode" ? (node as unknown as { name: string }).name : undefined;
}

/** What every binding leads back to. A symbol: no alias of a table is ever taken for it. */
const theTenant = Symbol("the bound tenant");

type Side = string | typeof theTenant;

/** `alias.tenant_id = tenant` or `alias.tenant_id = other.tenant_id`, and whom it may bind. */
interface Equality {
  readonly sides: readonly [Side, Side];
  /** A join's condition binds the joined table only: of an outer join the rest stays free. */
  readonly binds: string | undefined;
}

function equalitiesOf(
  query: SelectQueryNode | UpdateQueryNode | DeleteQueryNode,
  alone: string | undefined,
): Equality[] {
  const where = conjunctsOf(query.where?.where).flatMap((node) => equalityOf(node, alone));
  const joins = (query.joins ?? []).flatMap((join) => equalitiesOfJoin(join, alone));
  return [...where, ...joins];
}

function equalitiesOfJoin(join: JoinNode, alone: string | undefined): Equality[] {
  const joined = sourceOf(join.table)[0]?.alias;
  if (joined === undefined) return [];
  if (join.joinType !== "InnerJoin" && join.joinType !== "LeftJoin") return [];
  return conjunctsOf(join.on?.on).flatMap((node) =>
    equalityOf(node, alone).map((equality) => ({ ...equality, binds: joined })),
  );
}

function conjunctsOf(node: OperationNode | undefined): OperationNode[] {
  if (!node) return [];
  if (node.kind === "AndNode") {
    const { left, right } = node as unknown as { left: OperationNode; right: OperationNode };
    return [...conjunctsOf(left), ...conjunctsOf(right)];
  }
  if (node.kind === "ParensNode") {
    return conjunctsOf((node as unknown as { node: OperationNode }).node);
  }
  return [node];
}

function equalityOf(node: OperationNode, alone: string | undefined): Equality[] {
  if (node.kind !== "BinaryOperationNode") return [];
  const { leftOperand, operator, rightOperand } = node as BinaryOperationNode;
  const sign = (operator as unknown as { operator?: string }).operator;
  const left = tenantSide(leftOperand, alone);
  const right = tenantSide(rightOperand, alone);
  if (sign !== "=" || left === undefined || right === undefined) return [];
  return [{ sides: [left, right], binds: undefined }];
}

function tenantSide(node: OperationNode, alone: string | undefined): Side | undefined {
  if (node.kind === "ValueNode") {
    return (node as unknown as { value: unknown }).value instanceof TenantPlaceholder
      ? theTenant
      : undefined;
  }
  if (node.kind !== "ReferenceNode") return undefined;
  const { column, table } = node as ReferenceNode;
  if (column.kind !== "ColumnNode" || column.column.name !== "tenant_id") return undefined;
  return table ? table.table.identifier.name : alone;
}

function bindOnce(equalities: readonly Equality[], bound: Set<string>): boolean {
  const before = bound.size;
  for (const { sides, binds } of equalities) {
    for (const [one, other] of [sides, [sides[1], sides[0]] as const]) {
      const isAnchored = other === theTenant || bound.has(other);
      if (one !== theTenant && isAnchored && (binds === undefined || binds === one)) bound.add(one);
    }
  }
  return bound.size > before;
}

function checkInsert(query: InsertQueryNode, scope: Scope): void {
  const column = (query.columns ?? []).findIndex((node) => node.column.name === "tenant_id");
  if (query.values?.kind !== "ValuesNode" || column < 0) {
    throw trip(scope, "inserts without naming tenant_id and its value");
  }
  for (const row of (query.values as ValuesNode).values) {
    if (!isTenant(valueAt(row, column))) throw trip(scope, "inserts a row of another tenant");
  }
}

function valueAt(row: OperationNode, column: number): unknown {
  if (row.kind === "PrimitiveValueListNode") return (row as PrimitiveValueListNode).values[column];
  const node = (row as ValueListNode).values[column];
  return node?.kind === "ValueNode" ? (node as unknown as { value: unknown }).value : undefined;
}

function isTenant(value: unknown): boolean {
  return value instanceof TenantPlaceholder;
}

function checkUpdate(query: UpdateQueryNode, scope: Scope): void {
  for (const update of query.updates ?? []) {
    const column = update.column as unknown as { column?: { name?: string } };
    if (column.column?.name === "tenant_id") throw trip(scope, "moves a row to another tenant");
  }
}

/** The queries directly inside a query, wherever they stand; raw SQL on the way is refused. */
function nestedQueries(query: Query, scope: Scope): OperationNode[] {
  const found: OperationNode[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const element of value) visit(element);
    else if (isNode(value)) visitNode(value);
  };
  const visitNode = (node: OperationNode): void => {
    if (isDirection(node)) return;
    if (node.kind === "RawNode") throw trip(scope, "contains raw SQL");
    if (node !== query && node.kind.endsWith("QueryNode")) found.push(node);
    else for (const value of Object.values(node)) visit(value);
  };
  visitNode(query);
  return found;
}

/** Kysely writes `asc` and `desc` as raw SQL; these two words and nothing else may pass. */
function isDirection(node: OperationNode): boolean {
  if (node.kind !== "RawNode") return false;
  const { sqlFragments, parameters } = node as RawNode;
  const [word, ...rest] = sqlFragments;
  return rest.length === 0 && parameters.length === 0 && (word === "asc" || word === "desc");
}

function isNode(value: unknown): value is OperationNode {
  return typeof value === "object" && value !== null && "kind" in value;
}

function trip(scope: Scope, what: string): Unbound {
  return new Unbound(`${scope.statement} ${what}`);
}
