import type { Operation } from "@foyer/contract";
import { z } from "zod";

/** A place in an operation's input where an id stands. */
export interface IdField {
  readonly part: "params" | "query" | "body";
  /** The field's own name, for example `agentId`. */
  readonly name: string;
  /** The way to it from the input's root, its own name included. */
  readonly path: readonly string[];
  /** Whether several ids stand there, with commas between them. */
  readonly isList: boolean;
}

interface Schema {
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Every place where an operation takes an id: read from its schemas, so that none is forgotten. */
export function idFieldsOf(operation: Operation): readonly IdField[] {
  return (["params", "query", "body"] as const).flatMap((part) => {
    const schema = operation[part];
    if (!schema) return [];
    // The output form is what a use-case receives: there a list is a list of ids.
    const json = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }) as Schema;
    return walk(json, []).map((found) => ({ part, ...found }));
  });
}

function walk(schema: Schema, path: readonly string[]): Omit<IdField, "part">[] {
  const name = path.at(-1) ?? "";
  if (schema.format === "uuid") return [{ name, path, isList: false }];
  if (schema.items?.format === "uuid") return [{ name, path, isList: true }];
  const inside = Object.entries(schema.properties ?? {});
  return [
    ...inside.flatMap(([property, inner]) => walk(inner, [...path, property])),
    ...(schema.items ? walk(schema.items, path) : []),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((one) => walk(one, path)),
  ];
}

/** An input with another id in one place; what stood beside it in the same object goes. */
export function withId(input: object, field: IdField, id: string): Record<string, unknown> {
  const [first = "", ...rest] = field.path;
  const value = rest.length === 0 ? id : nested(rest, id);
  return { ...input, [first]: value };
}

function nested([first = "", ...rest]: readonly string[], id: string): object {
  return { [first]: rest.length === 0 ? id : nested(rest, id) };
}
