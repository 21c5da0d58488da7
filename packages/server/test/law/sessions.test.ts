import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "@foyer/client";
import type { Problem } from "@foyer/contract";
import { Browser } from "../world/browser.ts";
import { World } from "../world/world.ts";

const minuteMs = 60_000;
const sessionLimits = { idleMs: 30 * minuteMs, absoluteMs: 120 * minuteMs };

test("a session that is left alone is over", async () => {
  await using world = await World.open({ sessionLimits });
  const { hotel } = await world.tenant("Aurora");
  const client = await hotel.agent().signIn();
  await world.advance(sessionLimits.idleMs - 1);
  await client.getSession({});
  await world.advance(sessionLimits.idleMs);
  await assert.rejects(client.getSession({}), /session.required/);
});

test("a session that is used lives to its absolute end, and no longer", async () => {
  await using world = await World.open({ sessionLimits });
  const { hotel } = await world.tenant("Aurora");
  const client = await hotel.agent().signIn();
  const stepMs = 10 * minuteMs;
  for (let passed = stepMs; passed < sessionLimits.absoluteMs; passed += stepMs) {
    await world.advance(stepMs);
    await client.getSession({});
  }
  await world.advance(stepMs - 1);
  await client.getSession({});
  await world.advance(1);
  await assert.rejects(client.getSession({}), /session.required/);
});

test("signing out ends the session, also for whoever copied its cookie", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const agent = hotel.agent();
  const client = await agent.signIn();
  const copy = agent.browser.copy();
  await copy.client.getSession({});
  await client.signOut({});
  assert.equal(agent.browser.cookie, undefined);
  await assert.rejects(copy.client.getSession({}), /session.required/);
});

test("an agent sees their own sessions, and ends each of them alone", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const agent = hotel.agent();
  const here = await agent.signIn();
  const there = await agent.openBrowser();
  await hotel.agent("supervisor").signIn();
  const { items } = await here.listSessions({});
  assert.equal(items.length, 2);
  const other = items.find(({ isThisOne }) => !isThisOne);
  await here.revokeSession({ sessionId: other?.id ?? "" });
  await assert.rejects(there.client.getSession({}), /session.required/);
  assert.equal((await here.listSessions({})).items.length, 1);
});

test("the cookie is out of scripts' reach and stays on this site", async () => {
  await using world = await World.open({ sessionLimits });
  const { hotel } = await world.tenant("Aurora");
  const [cookie = ""] = await cookiesOf(world, hotel.agent());
  const [pair, ...flags] = cookie.split("; ");
  assert.match(pair ?? "", /^foyer-session=[\w-]{43}$/);
  const expires = new Date(world.clock.now() + sessionLimits.absoluteMs).toUTCString();
  assert.deepEqual(flags.toSorted(), [
    `Expires=${expires}`,
    "HttpOnly",
    "Path=/",
    "SameSite=Strict",
  ]);
});

test("behind TLS the cookie is bound to this very host", async () => {
  await using world = await World.open({ trustedProxies: ["127.0.0.1"] });
  const { hotel } = await world.tenant("Aurora");
  const [cookie = ""] = await cookiesOf(world, hotel.agent());
  assert.match(cookie, /^__Host-foyer-session=/);
  assert.match(cookie, /; Secure/);
  assert.doesNotMatch(cookie, /domain/i);
});

test("an unknown account and a wrong password get the same answer", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const { email } = hotel.agent().account;
  const wrong = await attempt(world, email, "not the right password");
  const unknown = await attempt(world, "nobody@aurora.example", "not the right password");
  assert.equal(wrong.status, 401);
  assert.equal(wrong.problem.code, "session.wrong_credentials");
  assert.deepEqual(unknown, wrong);
});

test("an agent who has left gets the answer that a wrong password gets", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const { email, password } = hotel.agent().account;
  const wrong = await attempt(world, email, "not the right password");
  const elsewhere = await world.tenant("Borealis");
  const client = new Browser(world.url).client;
  const { id: tenantId } = elsewhere;
  const refused = await client.signIn({ email, password, tenantId }).catch((error) => error);
  assert.ok(refused instanceof Refused);
  assert.equal(refused.problem.code, wrong.problem.code);
});

test("guessing one account's password is stopped, and may go on after a while", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const { email, password } = hotel.agent().account;
  for (let guess = 0; guess < 10; guess += 1) {
    assert.equal((await attempt(world, email, `guess number ${guess}`)).status, 401);
  }
  const refused = await attempt(world, email.toUpperCase(), password);
  assert.equal(refused.problem.code, "session.too_many_attempts");
  assert.equal(refused.retryAfter, String(15 * 60));
  await world.advance(5 * minuteMs);
  assert.equal((await attempt(world, email, password)).retryAfter, String(10 * 60));
  await world.advance(10 * minuteMs);
  assert.equal((await attempt(world, email, password)).status, 200);
});

test("an account that does not exist is guarded like one that does", async () => {
  await using world = await World.open();
  const nobody = "nobody@aurora.example";
  for (let guess = 0; guess < 10; guess += 1) await attempt(world, nobody, "a password");
  const refused = await attempt(world, nobody, "a password");
  assert.equal(refused.problem.code, "session.too_many_attempts");
});

test("trying many accounts from one address is stopped", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const tries = Array.from({ length: 60 }, (_, number) => `guest${number}@elsewhere.example`);
  await Promise.all(tries.map((email) => attempt(world, email, "password1234")));
  const { email, password } = hotel.agent().account;
  const refused = await attempt(world, email, password);
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.retryAfter) > 0);
});

test("neither passwords nor tokens nor e-mails stand in the log", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const typed = "a password with a typo in it";
  world.log.keepOut(typed, "somebody@aurora.example");
  await attempt(world, hotel.agent().account.email, typed);
  await attempt(world, "somebody@aurora.example", typed);
  await attempt(world, "", typed);
  await hotel.agent().signIn();
  assert.ok(world.log.lines.length > 3);
  // The World checks all lines against what it was told to keep out when it ends.
});

async function cookiesOf(world: World, agent: { account: { email: string; password: string } }) {
  const { email, password } = agent.account;
  const answer = await fetch(`${world.url}/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  assert.equal(answer.status, 200);
  return answer.headers.getSetCookie();
}

async function attempt(world: World, email: string, password: string) {
  const answer = await fetch(`${world.url}/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const { request: _, ...problem } = (await answer.json()) as Problem;
  const retryAfter = answer.headers.get("retry-after");
  return { status: answer.status, problem, retryAfter };
}
