import assert from "node:assert/strict";
import { test } from "node:test";
import { type FieldIssue, type Operation, operations } from "@foyer/contract";
import fc from "fast-check";
import type { FastifyRequest } from "fastify";
import { Refusal } from "../refusal.ts";
import { readInput } from "./input.ts";

const id = "018f2f9a-0000-7000-8000-000000000001";
const other = "018f2f9a-0000-7000-8000-000000000002";

type Sent = { params?: unknown; query?: unknown; body?: unknown };

function read(operation: Operation, sent: Sent): object {
  return readInput(operation, { params: {}, query: {}, ...sent } as FastifyRequest);
}

function refusalOf(operation: Operation, sent: Sent): Refusal {
  try {
    read(operation, sent);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("Nothing was refused");
}

function fieldsOf({ parts }: Refusal): string[] {
  return (parts.issues ?? []).map(({ field }: FieldIssue) => field).sort();
}

test("path, query and body come as one flat input, with what was left out", () => {
  const sent = { params: { propertyId: id }, query: { view: "all", limit: "7" } };
  assert.deepEqual(read(operations.listConversations, sent), {
    propertyId: id,
    view: "all",
    limit: 7,
  });
  const { limit } = read(operations.listConversations, {
    ...sent,
    query: { view: "all" },
  }) as { limit: number };
  assert.equal(limit, 50);
});

test("every mistake is named at once, by its place", () => {
  const addresses = [
    { kind: "phone", value: "" },
    { kind: "pigeon", value: "coo" },
  ];
  const body = { contactId: "x", name: "", addresses };
  const refusal = refusalOf(operations.createContact, { params: { propertyId: id }, body });
  assert.equal(refusal.code, "request.invalid");
  assert.deepEqual(fieldsOf(refusal), [
    "addresses.0.value",
    "addresses.1.kind",
    "contactId",
    "name",
  ]);
});

test("mistakes in query and body are named together", () => {
  const operation = { ...operations.listConversations, body: operations.addNote.body } as Operation;
  const sent = { params: { propertyId: id }, query: { view: "some" }, body: { noteId: "x" } };
  assert.deepEqual(fieldsOf(refusalOf(operation, sent)), ["noteId", "text", "view"]);
});

test("a malformed id in the path is a thing that does not exist", () => {
  const ids = ["", "1", id.toUpperCase(), `${id} `, `${id}' or 1=1`, "..", "%00"];
  for (const conversationId of ids) {
    const refusal = refusalOf(operations.getConversation, { params: { conversationId } });
    assert.equal(refusal.code, "resource.not_found");
  }
});

test("a field of the body that does not exist is refused, and its name not repeated", () => {
  const body = { noteId: other, text: "hello", "room 412 is empty": true };
  const refusal = refusalOf(operations.addNote, { params: { conversationId: id }, body });
  assert.deepEqual(refusal.parts.issues, [{ field: "", issue: "has fields that do not exist" }]);
});

test("a body cannot replace what the path says", () => {
  const body = { noteId: other, text: "hello" };
  const input = read(
    { ...operations.addNote, body: operations.addNote.body?.extend({}).loose() } as Operation,
    { params: { conversationId: id }, body: { ...body, conversationId: other } },
  );
  assert.equal((input as { conversationId: string }).conversationId, id);
});

test("no refusal quotes what was sent", () => {
  const secret = "room412guest";
  const leaf = fc.constantFrom(secret, [secret], { [secret]: secret }, 4121234567, null);
  const tree = fc.dictionary(
    fc.constantFrom("name", "addresses", "contactId", "kind", "value", secret),
    fc.oneof(leaf, fc.array(fc.dictionary(fc.constantFrom("kind", "value", secret), leaf))),
  );
  fc.assert(
    fc.property(fc.oneof(tree, leaf), (body) => {
      try {
        read(operations.createContact, { body });
      } catch (error) {
        assert.ok(error instanceof Refusal);
        const said = JSON.stringify([error.message, error.parts]);
        assert.ok(!said.includes(secret) && !said.includes("4121234567"), said);
      }
    }),
  );
});

test("a position in a timeline beyond what a store can count to is not valid", () => {
  const params = { conversationId: id };
  for (const field of ["before", "around"]) {
    const query = { [field]: String(Number.MAX_SAFE_INTEGER) };
    const refusal = refusalOf(operations.getTimeline, { params, query });
    assert.equal(refusal.code, "request.invalid");
    assert.deepEqual(fieldsOf(refusal), [field]);
    read(operations.getTimeline, { params, query: { [field]: "1000000000" } });
  }
});
