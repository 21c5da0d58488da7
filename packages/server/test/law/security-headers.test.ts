import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

/** What every answer carries, whatever it is (OWASP Secure Headers). */
const expected = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
} as const;

const inbox = new URL("../../../inbox/dist/index.html", import.meta.url);

describe("every kind of answer carries the security headers", () => {
  let world: World;
  let hotel: Hotel;

  before(async () => {
    world = await World.open();
    ({ hotel } = await world.tenant("Aurora"));
    await hotel.agent().signIn();
  });
  after(() => world.close());

  const plain: Readonly<Record<string, readonly [path: string, init: RequestInit]>> = {
    "an answer": ["/v1/session", {}],
    "a refusal": ["/v1/sessions/nothing", { method: "DELETE" }],
    "an unknown path": ["/v1/nothing", {}],
    "a path that cannot be read": ["/v1/%zz", {}],
    "a body that cannot be read": [
      "/v1/session",
      { method: "POST", headers: { "content-type": "application/json" }, body: "{" },
    ],
    "a body that is too large": [
      "/v1/session",
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: "x".repeat(2_000_000) }),
      },
    ],
    "a method that nothing takes": ["/v1/session", { method: "PATCH" }],
    "the sign of life": ["/healthz", {}],
    "the contract": ["/v1/openapi.json", {}],
    "the contract's page": ["/v1/reference", {}],
    "its style sheet": ["/v1/reference.css", {}],
    "a provider's webhook": ["/services/channels/unknown/inbound", { method: "POST", body: "x" }],
  };
  for (const [what, [path, init]] of Object.entries(plain)) {
    test(what, async () => {
      const answer = await hotel.agent().browser.send(path, init);
      await answer.text();
      assertGuarded(answer);
    });
  }

  for (const path of ["/", "/index.html", "/conversations/somewhere"]) {
    test(`the inbox's page at ${path}`, async () => {
      assert.ok(existsSync(inbox), "build the inbox first, as npm test does");
      const answer = await fetch(world.url + path, { headers: { accept: "text/html" } });
      assert.equal(answer.status, 200);
      const html = await answer.text();
      assertGuarded(answer);
      assert.doesNotMatch(html, /<script(?![^>]* src=)|<style| style=| on\w+=/i);
    });
  }

  test("a stream", async () => {
    const following = await hotel.agent().follow();
    assertGuarded(following.response);
    assert.equal(following.response.headers.get("cache-control"), "no-store");
    await following.cut();
  });

  test("what belongs to somebody is kept by no cache", async () => {
    for (const path of ["/v1/session", "/v1/sessions", "/v1/nothing"]) {
      const answer = await hotel.agent().browser.send(path);
      assert.equal(answer.headers.get("cache-control"), "no-store", path);
      await answer.text();
    }
  });

  test("the server does not say what it is made of", async () => {
    const answer = await fetch(`${world.url}/v1/session`);
    assert.equal(answer.headers.get("server"), null);
    assert.equal(answer.headers.get("x-powered-by"), null);
    await answer.text();
  });
});

test("behind TLS browsers are told to come back over TLS only", async () => {
  await using world = await World.open({ trustedProxies: ["127.0.0.1"] });
  const answer = await fetch(`${world.url}/v1/session`);
  assert.match(answer.headers.get("strict-transport-security") ?? "", /^max-age=\d{8}/);
  await answer.text();
});

function assertGuarded(answer: Response): void {
  for (const [name, value] of Object.entries(expected)) {
    assert.equal(answer.headers.get(name), value, name);
  }
  const policy = new Map(
    (answer.headers.get("content-security-policy") ?? "").split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources.join(" ")];
    }),
  );
  assert.equal(policy.get("default-src"), "'none'");
  assert.equal(policy.get("script-src"), "'self'");
  assert.equal(policy.get("style-src"), "'self'");
  assert.equal(policy.get("frame-ancestors"), "'none'");
  assert.equal(policy.get("base-uri"), "'none'");
  assert.match(policy.get("img-src") ?? "", /^'self' data: http:\/\/127\.0\.0\.1:\d+$/);
  policy.delete("img-src");
  assert.ok(![...policy.values()].some((sources) => /unsafe|\*|https?:/.test(sources)));
}
