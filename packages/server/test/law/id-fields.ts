import type { Operation } from "@foyer/contract";
import { z } from "zod";

/** A place in an operation's input where an id stands. */
export interface IdField {
  readonly part: "params" | "query" | "body";
  /** The field's own name, for example `agentId`. */
  readonly name: string;
  /** The way to it from the input's root, its own name included. */
  readonly path: readonly string[];
  /** Whether several ids stand there: an array in a body, with commas between them elsewhere. */
  readonly isList: boolean;
  /** The fields that may stand in the same object, the own name included. */
  readonly beside: readonly string[];
}

interface Schema {
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** A step of a path into a list: what follows stands in each of its elements. */
const inList = "[]";

/** Every place where an operation takes an id: read from its schemas, so that none is forgotten. */
export function idFieldsOf(operation: Operation): readonly IdField[] {
  return (["params", "query", "body"] as const).flatMap((part) => {
    const schema = operation[part];
    if (!schema) return [];
    // The output form is what a use-case receives: there a list is a list of ids.
    const json = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }) as Schema;
    return walk(json, [], []).map((found) => ({ part, ...found }));
  });
}

function walk(
  schema: Schema,
  path: readonly string[],
  beside: readonly string[],
): Omit<IdField, "part">[] {
  const name = path.at(-1) ?? "";
  if (schema.format === "uuid") return [{ name, path, isList: false, beside }];
  if (schema.items?.format === "uuid") return [{ name, path, isList: true, beside }];
  const { properties = {}, items, anyOf = [], oneOf = [] } = schema;
  const names = Object.keys(properties);
  return [
    ...Object.entries(properties).flatMap(([one, inner]) => walk(inner, [...path, one], names)),
    ...(items ? walk(items, [...path, inList], []) : []),
    ...[...anyOf, ...oneOf].flatMap((one) => walk(one, path, beside)),
  ];
}

/** An input with another id in one place; what cannot stand beside it there goes. */
export function withId(input: object, field: IdField, id: string): Record<string, unknown> {
  const given = field.isList && field.part === "body" ? [id] : id;
  return { ...input, ...replaced(input, field.path, given, field.beside) };
}

function replaced(
  at: unknown,
  [first = "", ...rest]: readonly string[],
  id: string | string[],
  beside: readonly string[],
): Record<string, unknown> {
  const inside = at as Readonly<Record<string, unknown>> | null | undefined;
  if (rest.length === 0) {
    const kept = Object.entries(inside ?? {}).filter(([name]) => beside.includes(name));
    return { ...Object.fromEntries(kept), [first]: id };
  }
  const [step, ...deeper] = rest;
  const next = inside?.[first];
  if (step !== inList) return { [first]: replaced(next, rest, id, beside) };
  const [element] = Array.isArray(next) ? (next as unknown[]) : [];
  return { [first]: [replaced(element, deeper, id, beside)] };
}
