import assert from "node:assert/strict";
import { test } from "node:test";
import { operations } from "@foyer/contract";
import { makeOpenApi } from "./openapi.ts";

type Json = Record<string, unknown>;

const page = makeOpenApi();
const paths = page["paths"] as Record<string, Record<string, Json>>;

/** Every value of a document with its path, as a JSON pointer (RFC 6901). */
function* walk(value: unknown, pointer = "#"): Generator<[string, unknown]> {
  yield [pointer, value];
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    yield* walk(part, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
}

const values = new Map(walk(page));

test("it says that it is OpenAPI 3.1, of which interface and under which licence", () => {
  assert.match(String(page["openapi"]), /^3\.1\.\d+$/);
  const { title, version, license } = page["info"] as Json;
  assert.ok(title && version && license);
});

test("every operation is there under its method and path, and nothing else", () => {
  const expected = Object.values(operations).map(
    ({ name, method, path }) => `${name} ${method.toLowerCase()} ${path}`,
  );
  const found = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, entry]) => `${entry["operationId"]} ${method} ${path}`),
  );
  assert.deepEqual(found.sort(), expected.sort());
});

test("every reference leads to something in the document", () => {
  const references = [...values].filter(([pointer]) => pointer.endsWith("/$ref"));
  assert.ok(references.length > 0);
  for (const [pointer, target] of references) assert.ok(values.has(String(target)), pointer);
});

test("nothing in it is undefined, a function or a date: it survives being written down", () => {
  for (const [pointer, value] of values) {
    assert.ok(["string", "number", "boolean", "object"].includes(typeof value), pointer);
  }
  assert.deepEqual(JSON.parse(JSON.stringify(page)), page);
});

test("every path parameter is declared once, required, and stands in the path", () => {
  for (const [path, methods] of Object.entries(paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    for (const { parameters } of Object.values(methods)) {
      const declared = (parameters as Json[]).filter((one) => one["in"] === "path");
      assert.deepEqual(declared.map(({ name }) => name).sort(), inPath);
      assert.ok(declared.every(({ required, schema }) => required === true && schema));
      const keys = (parameters as Json[]).map((one) => `${one["in"]} ${one["name"]}`);
      assert.equal(new Set(keys).size, keys.length);
    }
  }
});

test("every answer has a description, and a body exactly where the contract has one", () => {
  for (const { name, method, path, status, output } of Object.values(operations)) {
    const entry = paths[path]?.[method.toLowerCase()];
    const responses = entry?.["responses"] as Record<string, Json>;
    for (const [code, response] of Object.entries(responses)) {
      assert.match(code, /^[2-5]\d\d$/);
      assert.ok(response["description"], `${name} ${code}`);
    }
    assert.equal(responses[status]?.["content"] !== undefined, output !== undefined, name);
  }
});

test("what a caller may leave out is not called required, and the ids say what they are", () => {
  const list = paths["/v1/properties/{propertyId}/conversations"]?.["get"];
  const parameters = list?.["parameters"] as { name: string; required: boolean; schema: Json }[];
  const limit = parameters.find(({ name }) => name === "limit");
  assert.equal(limit?.required, false);
  const propertyId = parameters.find(({ name }) => name === "propertyId");
  assert.equal(propertyId?.schema["format"], "uuid");
});

test("an open operation asks for no session, every other for its right", () => {
  for (const { method, path, right } of Object.values(operations)) {
    const entry = paths[path]?.[method.toLowerCase()];
    assert.deepEqual(entry?.["security"], right === null ? [] : [{ session: [] }]);
    assert.equal(entry?.["x-right"], right ?? undefined);
  }
});
