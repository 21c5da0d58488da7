import {
  attachmentMediaTypes,
  limits,
  namedSchemas,
  type Operation,
  operations,
  problemMediaType,
  type RefusalCode,
  refusals,
  refusalsOfAll,
} from "@foyer/contract";
import { z } from "zod";

type Json = Record<string, unknown>;

/** The contract as an OpenAPI 3.1 document. Nothing is written by hand but its title. */
export function makeOpenApi(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of Object.values(operations) as Operation[]) {
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = describe(operation);
    paths[operation.path] = path;
  }
  const document = {
    openapi: "3.1.0",
    info: {
      title: "Foyer",
      version: "1",
      description: "The public interface of Foyer. Generated from packages/contract.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths,
  };
  const schemas = namedParts();
  return {
    ...(withReferences(document, schemas) as Json),
    components: {
      schemas: { ...describedParts(schemas), Problem: problemSchema() },
      securitySchemes: { session: cookie },
    },
  };
}

/** The named things as JSON: what stands in an answer in the same letters is one of them. */
function namedParts(): ReadonlyMap<string, string> {
  const named = Object.entries(namedSchemas);
  return new Map(
    named.map(([name, schema]) => [JSON.stringify(schemaOf(schema, "output")), name] as const),
  );
}

function describedParts(named: ReadonlyMap<string, string>): Json {
  const described = [...named].map(([text, name]) => {
    const parts = Object.entries(JSON.parse(text) as Json);
    return [
      name,
      Object.fromEntries(parts.map(([key, part]) => [key, withReferences(part, named)])),
    ];
  });
  return Object.fromEntries(described);
}

/** The same with a reference in the place of everything that has a name. */
function withReferences(value: unknown, named: ReadonlyMap<string, string>): unknown {
  if (typeof value !== "object" || value === null) return value;
  const name = named.get(JSON.stringify(value));
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  if (Array.isArray(value)) return value.map((part) => withReferences(part, named));
  const parts = Object.entries(value);
  return Object.fromEntries(parts.map(([key, part]) => [key, withReferences(part, named)]));
}

const cookie = { type: "apiKey", in: "cookie", name: "foyer-session" };

function describe(operation: Operation): Json {
  const isOpen = operation.right === null;
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: [operation.name.split(".")[0]],
    ...(isOpen ? { security: [] } : { security: [{ session: [] }], "x-right": operation.right }),
    parameters: [...parametersOf(operation, "path"), ...parametersOf(operation, "query")],
    ...(operation.body ? { requestBody: bodyOf(operation.body) } : {}),
    ...(operation.kind === "upload" ? { requestBody: fileBody } : {}),
    responses: responsesOf(operation),
  };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

function parametersOf(operation: Operation, place: "path" | "query"): Json[] {
  const schema = place === "path" ? operation.params : operation.query;
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }));
}

function bodyOf(schema: z.ZodType): Json {
  return { required: true, content: { "application/json": { schema: schemaOf(schema, "input") } } };
}

/** Raw bytes have no schema in OpenAPI 3.1; what they may be is found out from them. */
const fileBody = {
  required: true,
  description: `A file of at most ${limits.attachmentBytesMax} bytes: ${attachmentMediaTypes.join(", ")}.`,
  content: { "application/octet-stream": {} },
};

function responsesOf(operation: Operation): Record<string, Json> {
  const mediaType = operation.kind === "stream" ? "text/event-stream" : "application/json";
  const content = operation.output
    ? { content: { [mediaType]: { schema: schemaOf(operation.output, "output") } } }
    : {};
  const responses: Record<string, Json> = {
    [operation.status]: { description: "As asked.", ...content },
  };
  for (const [status, codes] of byStatus([...operation.refusals, ...refusalsOfAll])) {
    responses[status] = {
      description: codes.map((code) => `\`${code}\`: ${refusals[code].title}.`).join(" "),
      content: { [problemMediaType]: { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
  return responses;
}

function byStatus(codes: readonly RefusalCode[]): [number, RefusalCode[]][] {
  const statuses = [...new Set(codes.map((code) => refusals[code].status))].sort();
  return statuses.map((status) => [
    status,
    [...new Set(codes)].filter((code) => refusals[code].status === status),
  ]);
}

function problemSchema(): Json {
  return {
    type: "object",
    description: "A problem, RFC 9457, with a stable code.",
    required: ["type", "title", "status", "code"],
    properties: {
      type: { type: "string" },
      title: { type: "string" },
      status: { type: "integer" },
      code: { enum: Object.keys(refusals) },
      detail: { type: "string" },
      issues: {
        type: "array",
        items: {
          type: "object",
          required: ["field", "issue"],
          properties: { field: { type: "string" }, issue: { type: "string" } },
        },
      },
      facts: { type: "object" },
      request: { type: "string" },
    },
  };
}
