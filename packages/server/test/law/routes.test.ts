import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { type Operation, operations } from "@foyer/contract";
import { createCarrier, simulator } from "@foyer/simulator";
import type { FastifyInstance } from "fastify";
import { World } from "../world/world.ts";

/** What is no operation of the contract, and why it may be there. */
const named: readonly (readonly [path: RegExp, methods: readonly string[], why: string])[] = [
  [/^\/healthz$/, ["GET"], "asked by whoever keeps the process running"],
  [/^\/v1\/(openapi\.json|reference|reference\.css)$/, ["GET"], "the contract, to be read"],
  [/^\/services\/channels\/:channelKey\/(inbound|status)$/, ["POST"], "providers call it"],
  [/^\/simulator(\/|$)/, ["GET", "POST"], "the demo's carrier, outside the building"],
];
const pages =
  /^\/($|index\.html$|theme\.js$|layers\.css$|manifest\.webmanifest$|favicon\.svg$|assets\/)/;

test("every route that is bound is an operation, or one of a few that are named", async () => {
  await using world = await World.open();
  const bound = routesOf(world.app);
  const known = new Set(Object.values(operations).map((operation) => routeOf(operation)));
  const strange = bound.filter((route) => !known.has(route) && !isNamed(route));
  assert.deepEqual(strange, []);
});

test("every operation is bound", async () => {
  await using world = await World.open();
  const bound = new Set(routesOf(world.app));
  const missing = Object.values(operations).filter((operation) => !bound.has(routeOf(operation)));
  assert.deepEqual(missing, []);
});

test("the simulator adds routes under its own prefix alone", async () => {
  await using world = await World.open();
  const carrier = createCarrier();
  const before = routesOf(world.app);
  const { fastify } = await import("fastify");
  const app = fastify() as unknown as FastifyInstance;
  await app.register(simulator, { prefix: "/simulator", carrier });
  await app.ready();
  const added = routesOf(app);
  assert.ok(added.length > 0);
  assert.deepEqual(
    added.filter((route) => !isNamed(route) || before.includes(route)),
    [],
  );
  await app.close();
  carrier.close();
});

test("a page of the inbox is a file of its folder", async () => {
  const folder = new URL("../../../inbox/dist/", import.meta.url);
  assert.ok(existsSync(folder), "build the inbox first, as npm test does");
  await using world = await World.open();
  const files = routesOf(world.app)
    .map((route) => route.split(" ")[1] ?? "")
    .filter((path) => pages.test(path) && path !== "/");
  assert.deepEqual(
    files.filter((path) => !existsSync(new URL(`.${path}`, folder))),
    [],
  );
});

function routeOf({ method, path }: Operation): string {
  return `${method} ${path.replace(/\{(\w+)\}/g, ":$1")}`;
}

function isNamed(route: string): boolean {
  const [method = "", path = ""] = route.split(" ");
  if (pages.test(path)) return method === "GET";
  return named.some(([pattern, methods]) => pattern.test(path) && methods.includes(method));
}

/** `METHOD /path` of everything that the router knows, read from the tree that it prints. */
function routesOf(app: FastifyInstance): string[] {
  const branch: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split("\n")
    .flatMap((line) => {
      const [, indent = "", rest = ""] = /^([│ ]*)[├└]── (.*)$/.exec(line) ?? [];
      const [, part = "", methods = ""] = /^(.*?)(?: \(([^)]*)\))?$/.exec(rest) ?? [];
      branch.length = indent.length / 4;
      branch.push(part);
      const path = branch.join("");
      return methods.split(", ").flatMap((method) => {
        return method === "" || method === "HEAD" ? [] : [`${method} ${path}`];
      });
    });
}
