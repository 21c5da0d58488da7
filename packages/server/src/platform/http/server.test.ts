import assert from "node:assert/strict";
import { test } from "node:test";
import type { FastifyRequest } from "fastify";
import { CollectedLog } from "../../../test/world/collected-log.ts";
import type { Caller } from "../access/index.ts";
import { Refusal } from "../refusal.ts";
import { loopbackHosts } from "./own-hosts.ts";
import { createHttpServer } from "./server.ts";
import {
  assertOwnPage,
  clearSessionCookie,
  sessionTokenOf,
  setSessionCookie,
} from "./session-cookie.ts";

const proxy = ["127.0.0.1"];
const filesOrigin = "http://files.example:4001";
const ground = () => ({ log: new CollectedLog(), filesOrigin: () => filesOrigin });

async function serverOf(trustedProxies: readonly string[] = []) {
  const app = await createHttpServer({ ...ground(), trustedProxies });
  const isTls = trustedProxies.length > 0;
  const expiresAt = Date.UTC(2030, 0, 1);
  app.get("/in", async (_request, reply) => setSessionCookie(reply, isTls, "t", expiresAt));
  app.get("/out", async (_request, reply) => clearSessionCookie(reply, isTls));
  app.get("/who", async (request) => ({ token: sessionTokenOf(request, isTls) ?? null }));
  app.post("/", async () => ({}));
  return app;
}

const viaProxy = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" };

test("every answer carries the security headers, errors included", async () => {
  const app = await serverOf();
  for (const url of ["/who", "/nothing"]) {
    const { headers } = await app.inject(url);
    const policy = String(headers["content-security-policy"]);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.ok(policy.includes(`; img-src 'self' data: ${filesOrigin};`));
    assert.doesNotMatch(policy.replace(filesOrigin, ""), /unsafe|\*|https?:/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["referrer-policy"], "no-referrer");
    assert.equal(headers["x-frame-options"], "DENY");
    assert.equal(headers["cache-control"], "no-store");
    assert.match(String(headers["x-request-id"]), /^[0-9a-f-]{36}$/);
    assert.equal(headers["strict-transport-security"], undefined);
  }
});

test("an address that cannot be read is answered like any other, and not quoted", async () => {
  const app = await serverOf();
  app.get("/named/:name", async () => ({}));
  for (const url of ["/%", "/%c0%ae/", `/named/${"quoted".repeat(1_000)}`]) {
    const { statusCode, headers, body } = await app.inject(url);
    assert.equal(statusCode, 404);
    assert.match(String(headers["content-type"]), /^application\/problem\+json/);
    assert.match(String(headers["content-security-policy"]), /default-src 'none'/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.doesNotMatch(body, /%|quoted/);
  }
});

test("what was addressed to a host of another name is refused, health checks aside", async () => {
  const hosts = [...loopbackHosts, "inbox.example"];
  const app = await createHttpServer({ ...ground(), trustedProxies: [], hosts });
  app.get("/", async () => ({}));
  app.get("/healthz", async () => ({}));
  const answerTo = async (host: string, url = "/") =>
    (await app.inject({ url, headers: { host } })).statusCode;
  for (const host of ["localhost:4000", "127.0.0.1", "[::1]:4000", "Inbox.Example", "localhost"]) {
    assert.equal(await answerTo(host), 200, host);
  }
  const strangers = ["rebound.example:4000", "localhost.example", "localhost@a.example", "a b"];
  for (const host of [...strangers, "rebound.example#localhost", "inbox.example/x"]) {
    assert.equal(await answerTo(host), 421, host);
    assert.equal(await answerTo(host, "/healthz"), 200);
  }
});

test("over TLS browsers are told to come no other way", async () => {
  const app = await serverOf(proxy);
  const { headers } = await app.inject({ url: "/who", headers: viaProxy });
  assert.equal(headers["strict-transport-security"], "max-age=63072000; includeSubDomains");
});

test("the session's cookie is out of reach of scripts, other sites and other hosts", async () => {
  const app = await serverOf(proxy);
  const { headers } = await app.inject({ url: "/in", headers: viaProxy });
  const [pair, ...attributes] = String(headers["set-cookie"]).split("; ");
  assert.equal(pair, "__Host-foyer-session=t");
  assert.deepEqual(attributes.sort(), [
    "Expires=Tue, 01 Jan 2030 00:00:00 GMT",
    "HttpOnly",
    "Path=/",
    "SameSite=Strict",
    "Secure",
  ]);
});

test("on loopback the cookie has another name, so that neither is taken for the other", async () => {
  const app = await serverOf();
  const { headers } = await app.inject("/in");
  assert.match(String(headers["set-cookie"]), /^foyer-session=t; .*HttpOnly; SameSite=Strict$/);
  const tokenFor = async (cookie: string) =>
    (await app.inject({ url: "/who", headers: { cookie } })).json<{ token: string }>().token;
  assert.equal(await tokenFor("foyer-session=t"), "t");
  assert.equal(await tokenFor("__Host-foyer-session=t"), null);
});

test("signing out takes the cookie away", async () => {
  const app = await serverOf();
  const { headers } = await app.inject("/out");
  assert.match(String(headers["set-cookie"]), /^foyer-session=; .*Expires=Thu, 01 Jan 1970/);
});

test("a body that is no JSON is refused before anybody reads it", async () => {
  const app = await serverOf();
  const post = (payload: string, type: string) =>
    app.inject({ method: "POST", url: "/", payload, headers: { "content-type": type } });
  assert.equal((await post("{", "application/json")).json().code, "request.malformed");
  assert.equal((await post("a=1", "application/x-www-form-urlencoded")).statusCode, 415);
  const long = JSON.stringify("x".repeat(1_048_577));
  assert.equal((await post(long, "application/json")).json().code, "request.too_large");
  const poisoned = await post('{"__proto__":{"isOwner":true}}', "application/json");
  assert.equal(poisoned.json().code, "request.malformed");
});

const caller = { csrfToken: "token-of-the-session" } as Caller;

function isRefused(method: string, headers: Record<string, string>, as?: Caller): boolean {
  try {
    const host = headers["host"] ?? "";
    assertOwnPage({ method, headers, host } as unknown as FastifyRequest, as);
    return false;
  } catch (error) {
    assert.ok(error instanceof Refusal && error.code === "session.forged_request");
    return true;
  }
}

test("what changes something carries the session's anti-forgery token", () => {
  const token = { "x-foyer-csrf": caller.csrfToken };
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    assert.equal(isRefused(method, token, caller), false);
    assert.equal(isRefused(method, {}, caller), true);
    assert.equal(isRefused(method, { "x-foyer-csrf": "" }, caller), true);
    assert.equal(isRefused(method, { "x-foyer-csrf": `${caller.csrfToken}x` }, caller), true);
    assert.equal(isRefused(method, { "x-foyer-csrf": "token-of-the-sessioN" }, caller), true);
  }
  assert.equal(isRefused("GET", {}, caller), false);
});

test("what another site made a browser send is refused, signed in or not", () => {
  for (const site of ["cross-site", "same-site", "anything"]) {
    const headers = { "sec-fetch-site": site, "x-foyer-csrf": caller.csrfToken };
    assert.equal(isRefused("POST", headers, caller), true);
    assert.equal(isRefused("POST", headers), true);
  }
  for (const site of ["same-origin", "none"]) {
    assert.equal(isRefused("POST", { "sec-fetch-site": site }), false);
  }
});

test("what a page of another origin sends is refused, whatever else its browser tells", () => {
  const isRefusedFrom = (origin: string, host: string, more: Record<string, string> = {}) =>
    isRefused("POST", { ...more, origin, host });
  assert.equal(isRefusedFrom("http://127.0.0.1:4000", "127.0.0.1:4000"), false);
  assert.equal(isRefusedFrom("https://inbox.example", "inbox.example:443"), false);
  assert.equal(isRefusedFrom("http://127.0.0.1:5000", "127.0.0.1:4000"), true);
  assert.equal(isRefusedFrom("https://other.example", "inbox.example"), true);
  assert.equal(isRefusedFrom("not an origin", "inbox.example"), true);
  assert.equal(isRefusedFrom("null", "inbox.example"), true);
  const own = { "sec-fetch-site": "same-origin" };
  assert.equal(isRefusedFrom("null", "inbox.example", own), false);
  assert.equal(isRefusedFrom("https://other.example", "inbox.example", own), true);
});
