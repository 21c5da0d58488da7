import assert from "node:assert/strict";
import { test } from "node:test";
import { operations, type PropertyId, type Role, roles } from "@foyer/contract";
import { Refusal } from "../refusal.ts";
import type { Scope } from "../scope/index.ts";
import type { Caller } from "./caller.ts";
import type { Exchange } from "./exchange.ts";
import { openStream } from "./stream-route.ts";
import { type Context, openRoute, type Route, route } from "./use-case.ts";

const here = "018f2f9a-0000-7000-8000-000000000001" as PropertyId;
const elsewhere = "018f2f9a-0000-7000-8000-000000000002" as PropertyId;

const callerOf = (role: Role): Caller =>
  ({ role, propertyIds: new Set([here]) }) as unknown as Caller;

function run(bound: Route, input: object, role: Role = "agent"): Promise<unknown> {
  return bound.run({} as Scope, callerOf(role), {} as Exchange, input);
}

function refuses(code: string) {
  return (error: unknown) => error instanceof Refusal && error.code === code;
}

/** Binds an operation to a use-case that only notes that it ran. */
function watched(work: (context: Context) => void = () => {}) {
  const ran: string[] = [];
  const useCase = async (context: Context) => {
    ran.push("ran");
    work(context);
    return "answer" as never;
  };
  return { ran, useCase };
}

test("an answer about a property that nobody asked for is withheld", async () => {
  const { ran, useCase } = watched();
  const bound = route(operations.getConversation, useCase);
  await assert.rejects(run(bound, { conversationId: "any" }), /without asking who may have it/);
  assert.deepEqual(ran, ["ran"]);
});

test("an answer about a property where the caller works is given", async () => {
  const { useCase } = watched((context) => context.reach(here));
  assert.equal(await run(route(operations.getConversation, useCase), {}), "answer");
});

test("a property where the caller does not work does not exist for them", async () => {
  const { useCase } = watched((context) => context.reach(elsewhere));
  const bound = route(operations.getConversation, useCase);
  await assert.rejects(run(bound, {}), refuses("resource.not_found"));
});

test("who reached one property has not reached another", async () => {
  const { useCase } = watched((context) => {
    context.reach(here);
    context.reach(elsewhere);
  });
  const bound = route(operations.getConversation, useCase);
  await assert.rejects(run(bound, {}), refuses("resource.not_found"));
});

test("a property in the path is reached before the use-case runs", async () => {
  const { ran, useCase } = watched();
  const bound = route(operations.countConversations, useCase);
  await assert.rejects(run(bound, { propertyId: elsewhere }), refuses("resource.not_found"));
  assert.deepEqual(ran, []);
  assert.equal(await run(bound, { propertyId: here }), "answer");
});

test("a role without the right is refused before anything is looked up", async () => {
  const { ran, useCase } = watched((context) => context.reach(here));
  const bound = route(operations.reply, useCase);
  await assert.rejects(run(bound, {}, "read_only"), refuses("right.missing"));
  assert.deepEqual(ran, []);
  for (const role of roles.filter((one) => one !== "read_only")) {
    assert.equal(await run(bound, {}, role), "answer");
  }
});

test("an operation of the whole tenant is named as one, or withheld", async () => {
  const { useCase } = watched();
  assert.equal(
    await run(route(operations.getContact, useCase, { tenantWide: true }), {}),
    "answer",
  );
  await assert.rejects(run(route(operations.getContact, useCase), {}));
});

test("an operation with a right cannot be bound as an open one, nor an open one with rights", () => {
  assert.throws(() => openRoute(operations.getSession, async () => ({}) as never), /is not open/);
  assert.throws(() => route(operations.signIn, async () => ({}) as never), /is open/);
});

test("a stream opens where the caller works, and nowhere else", () => {
  const open = (input: object) => openStream(operations.followProperty, callerOf("agent"), input);
  assert.doesNotThrow(() => open({ propertyId: here }));
  assert.throws(() => open({ propertyId: elsewhere }), refuses("resource.not_found"));
  assert.throws(() => open({}), refuses("resource.not_found"));
});
