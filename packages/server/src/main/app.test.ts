import assert from "node:assert/strict";
import { test } from "node:test";
import { operations, roles } from "@foyer/contract";
import { World } from "../../test/world/world.ts";
import { createApp } from "./app.ts";
import { bindInstallation } from "./installation-route.ts";
import type { Role } from "./settings.ts";

async function appOf(world: World, roles: readonly Role[]) {
  const stopping = new AbortController().signal;
  return createApp(world.assembly, roles, { trustedProxies: [], stopping });
}

const session = { method: "GET", url: "/v1/session" } as const;
const delivery = { method: "POST", url: "/services/channels/x/inbound" } as const;

test("each role serves its own doors and no other", async () => {
  await using world = await World.open();
  const doors = async (roles: readonly Role[]) => {
    const app = await appOf(world, roles);
    const answers = await Promise.all([app.inject(session), app.inject("/v1/openapi.json")]);
    const webhook = await app.inject({ ...delivery, payload: "{}" });
    return [
      ...answers.map(({ statusCode }) => statusCode),
      // Both answer 404: only the one that looked for the channel's key has read the body.
      app.hasRoute({ method: "POST", url: "/services/channels/:channelKey/inbound" }),
      webhook.statusCode,
    ];
  };
  assert.deepEqual(await doors(["api"]), [401, 200, false, 404]);
  assert.deepEqual(await doors(["services"]), [404, 404, true, 404]);
  assert.deepEqual(await doors(["worker"]), [404, 404, false, 404]);
  assert.deepEqual(await doors(["api", "services"]), [401, 200, true, 404]);
});

test("every role says when it can serve", async () => {
  await using world = await World.open();
  for (const role of ["app", "api", "services", "worker"] as const) {
    const answer = await (await appOf(world, [role])).inject("/healthz");
    assert.deepEqual([answer.statusCode, answer.json()], [200, { status: "serving" }]);
  }
});

test("every operation of the contract is bound", async () => {
  await using world = await World.open();
  const app = await appOf(world, ["api"]);
  bindInstallation(app, world.assembly, false);
  for (const { method, path } of Object.values(operations)) {
    const url = path.replace(/\{(\w+)\}/g, ":$1");
    assert.ok(app.hasRoute({ method, url }), `${method} ${path}`);
  }
});

test("an unknown path is a problem of the catalogue, whatever the method", async () => {
  await using world = await World.open();
  const app = await appOf(world, ["api"]);
  for (const method of ["GET", "POST", "DELETE"] as const) {
    const answer = await app.inject({ method, url: "/v1/nothing/of/this?x=<script>" });
    assert.equal(answer.statusCode, 404);
    assert.equal(answer.json().code, "resource.not_found");
    assert.ok(!answer.body.includes("script"));
  }
});

test("who is not signed in is told so before anything else is looked at", async () => {
  await using world = await World.open();
  const app = await appOf(world, ["api"]);
  for (const { method, path, right } of Object.values(operations)) {
    if (right === null) continue;
    const url = path.replace(/\{\w+\}/g, "not-an-id");
    const answer = await app.inject({ method, url });
    assert.equal(answer.statusCode, 401, `${method} ${path}`);
  }
});

test("the sign-in page learns of a demo only where there is one", async () => {
  await using world = await World.open();
  const installationOf = async (isDemo: boolean) => {
    const app = await appOf(world, []);
    bindInstallation(app, world.assembly, isDemo);
    return (await app.inject("/v1/installation")).json();
  };
  assert.deepEqual(await installationOf(false), { mayStartHotel: false, demo: null });
  const { demo } = await installationOf(true);
  const shown = demo.accounts.map((account: { role: string }) => account.role);
  assert.deepEqual(new Set(shown), new Set(roles), "each role has somebody to sign in as");
  assert.ok(demo.password);
});
