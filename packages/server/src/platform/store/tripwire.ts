import type {
  AliasNode,
  BinaryOperationNode,
  ColumnNode,
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
 * What cannot be walked is refused: raw SQL, functions that give tables, merges. So is what need
 * not be: common table expressions, which engines resolve by rules of their own, tables of other
 * schemas, and inserts that change a row that is there. A query inside a query is checked as one;
 * it may lean on the tables around it only where SQL lets it see them.
 */
export function assertTenantBound(query: OperationNode, statement: string): void {
  checkQuery(query, { statement, bound: new Set() });
}

interface Scope {
  readonly statement: string;
  /** Names of the tables around this query that are bound and that it can see. */
  readonly bound: ReadonlySet<string>;
}

type Query = SelectQueryNode | InsertQueryNode | UpdateQueryNode | DeleteQueryNode;

function checkQuery(node: OperationNode, outer: Scope): void {
  const query = asQuery(node, outer);
  if (query.with) throw trip(outer, "contains a common table expression");
  const bound = checkTables(query, outer);
  if (query.kind === "InsertQueryNode") checkInsert(query, outer);
  if (query.kind === "UpdateQueryNode") checkUpdate(query, outer);
  for (const { part, isApart } of nestedQueries(query, outer)) {
    checkQuery(part, { ...outer, bound: isApart ? new Set() : bound });
  }
}

function asQuery(node: OperationNode, scope: Scope): Query {
  const kinds = ["SelectQueryNode", "InsertQueryNode", "UpdateQueryNode", "DeleteQueryNode"];
  if (kinds.includes(node.kind)) return node as Query;
  throw trip(scope, `is a ${node.kind}, which cannot be bound to a tenant`);
}

/** Checks the tables of one level and returns the names that are bound inside it. */
function checkTables(query: Query, scope: Scope): ReadonlySet<string> {
  if (query.kind === "InsertQueryNode") return scope.bound;
  const sources = sourcesOf(query, scope);
  const names = sources.map((source) => source.alias);
  if (new Set(names).size < names.length) throw trip(scope, "gives two tables one name");
  const tables = sources.filter((source) => source.table !== undefined);
  const alone = sources.length === 1 ? tables[0]?.alias : undefined;
  const equalities = equalitiesOf(query, alone);
  const bound = new Set(scope.bound);
  for (const name of names) bound.delete(name);
  while (bindOnce(equalities, bound)) {
    // Each round may bind a table through one that was bound in the round before.
  }
  const unbound = tables.find((source) => !bound.has(source.alias));
  if (unbound) throw trip(scope, `touches ${unbound.table} without its tenant_id`);
  return bound;
}

interface Source {
  /** Absent: a derived table (a query in `from`), which is checked as a query of its own. */
  readonly table: string | undefined;
  readonly alias: string;
}

function sourcesOf(
  query: SelectQueryNode | UpdateQueryNode | DeleteQueryNode,
  scope: Scope,
): Source[] {
  const nodes: OperationNode[] = [...(query.from?.froms ?? [])];
  if (query.kind === "UpdateQueryNode" && query.table) nodes.push(query.table);
  if (query.kind === "DeleteQueryNode") nodes.push(...(query.using?.tables ?? []));
  nodes.push(...(query.joins ?? []).map((join) => join.table));
  return nodes.map((node) => {
    const source = sourceOf(node);
    if (source) return source;
    throw trip(scope, `reads a ${node.kind}, which cannot be bound to a tenant`);
  });
}

function sourceOf(node: OperationNode): Source | undefined {
  if (node.kind === "TableNode") {
    const name = tableName(node as TableNode);
    return name === undefined ? undefined : { table: name, alias: name };
  }
  if (node.kind !== "AliasNode") return undefined;
  const { node: inner, alias: aliasNode } = node as AliasNode;
  const alias = identifierOf(aliasNode);
  if (alias === undefined) return undefined;
  if (inner.kind === "SelectQueryNode") return { table: undefined, alias };
  const table = inner.kind === "TableNode" ? tableName(inner as TableNode) : undefined;
  return table === undefined ? undefined : { table, alias };
}

/** Undefined for a table of another schema: nobody knows what that is. */
function tableName({ table }: TableNode): string | undefined {
  return table.schema ? undefined : table.identifier.name.toLowerCase();
}

/** Names mean the same in any letters to SQL, so they are compared in small ones. */
function identifierOf(node: OperationNode): string | undefined {
  return node.kind === "IdentifierNode"
    ? (node as unknown as { name: string }).name.toLowerCase()
    : undefined;
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
  const joined = sourceOf(join.table)?.alias;
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
  if (!isTenantColumn(column)) return undefined;
  return table ? tableName(table) : alone;
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

/** A column by its name alone, or through a reference to its table. */
function isTenantColumn(node: OperationNode): boolean {
  if (node.kind === "ReferenceNode") return isTenantColumn((node as ReferenceNode).column);
  if (node.kind !== "ColumnNode") return false;
  return (node as ColumnNode).column.name.toLowerCase() === "tenant_id";
}

function checkInsert(query: InsertQueryNode, scope: Scope): void {
  if (query.onConflict || query.onDuplicateKey || query.orAction || query.replace) {
    throw trip(scope, "inserts over a row that is there");
  }
  const columns = (query.columns ?? []).flatMap((node, at) => (isTenantColumn(node) ? [at] : []));
  const [column, another] = columns;
  if (query.values?.kind !== "ValuesNode" || column === undefined || another !== undefined) {
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
  for (const { column } of query.updates ?? []) {
    if (isTenantColumn(column)) throw trip(scope, "moves a row to another tenant");
  }
}

/** Where a query inside a query does not see the tables beside it. */
const partsApart: ReadonlySet<string> = new Set(["from", "table", "using", "setOperations"]);

interface Nested {
  readonly part: OperationNode;
  readonly isApart: boolean;
}

/** The queries directly inside a query, wherever they stand; raw SQL on the way is refused. */
function nestedQueries(query: Query, scope: Scope): Nested[] {
  const found: Nested[] = [];
  const visit = (value: unknown, isApart: boolean): void => {
    if (Array.isArray(value)) for (const element of value) visit(element, isApart);
    else if (isNode(value)) visitNode(value, isApart);
  };
  const visitNode = (node: OperationNode, isApart: boolean): void => {
    if (isDirection(node)) return;
    if (node.kind === "RawNode") throw trip(scope, "contains raw SQL");
    if (node !== query && node.kind.endsWith("QueryNode")) found.push({ part: node, isApart });
    else
      for (const [key, value] of Object.entries(node)) visit(value, isApart || partsApart.has(key));
  };
  visitNode(query, false);
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
