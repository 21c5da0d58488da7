import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import fastify from "fastify";
import { fakeHotel } from "../test/fake-hotel.ts";
import { createCarrier } from "./carrier.ts";
import { streamClientsMax } from "./limits.ts";
import { listen, simulator } from "./plugin.ts";

const ada = "+13125550117";
const json = { "content-type": "application/json" };

async function setUp(t: TestContext) {
  const hotel = fakeHotel();
  const guests = [{ number: ada, name: "Ada Nguyen" }];
  const carrier = createCarrier({ fetch: hotel.fetch, guests });
  carrier.open(hotel.account);
  const app = fastify();
  await app.register(simulator, { prefix: "/simulator", carrier });
  t.after(async () => {
    await app.close();
    carrier.close();
  });
  const text = { guest: ada, hotel: hotel.account.number, text: "Hello", token: "t1" };
  return { app, carrier, hotel, text };
}

test("the page comes with a strict policy, and its scripts without types", async (t) => {
  const { app } = await setUp(t);
  const bare = await app.inject("/simulator?guest=%2B13125550117");
  assert.equal(bare.headers.location, "/simulator/?guest=%2B13125550117");
  const page = await app.inject("/simulator/?guest=%2B13125550117");
  assert.equal(page.statusCode, 200);
  assert.match(
    String(page.headers["content-security-policy"]),
    /default-src 'none'; script-src 'self'/,
  );
  assert.doesNotMatch(page.body, /<style|style=|<script>| on\w+=/);
  const files = [...page.body.matchAll(/(?:href|src)="(page\/[^"]+)"/g)].map(([, path]) => path);
  assert.ok(files.length >= 8);
  for (const path of files) {
    const file = await app.inject(`/simulator/${path}`);
    assert.equal(file.statusCode, 200, path);
    const again = { url: `/simulator/${path}`, headers: { "if-none-match": file.headers.etag } };
    assert.equal((await app.inject(again)).statusCode, 304);
  }
  const script = await app.inject("/simulator/page/main.ts");
  assert.equal(script.headers["content-type"], "text/javascript; charset=utf-8");
  assert.doesNotMatch(script.body, /import type|: PhoneMessage\b/);
});

test("every module that a script of the page imports is served", async (t) => {
  const { app } = await setUp(t);
  const open = ["main.ts"];
  const seen = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const { statusCode, body } = await app.inject(`/simulator/page/${name}`);
    assert.equal(statusCode, 200, name);
    for (const [, path] of body.matchAll(/from "\.\/([^"]+)"/g)) open.push(String(path));
  }
  assert.ok(seen.size > 5);
});

test("pages of other sites change nothing", async (t) => {
  const { app, carrier, text } = await setUp(t);
  const url = "/simulator/phone/messages";
  const forged = [
    { ...json, "sec-fetch-site": "cross-site" },
    { ...json, "sec-fetch-site": "same-site" },
    { ...json, "sec-fetch-site": "none" },
    { "content-type": "text/plain" },
    { "content-type": "application/x-www-form-urlencoded" },
    {},
  ];
  for (const headers of forged) {
    const payload = JSON.stringify(text);
    const { statusCode } = await app.inject({ method: "POST", url, headers, payload });
    assert.equal(statusCode, 403, JSON.stringify(headers));
  }
  assert.deepEqual(carrier.messagesOf(ada), []);
});

test("a text posted twice with one token is one text", async (t) => {
  const { app, carrier, text } = await setUp(t);
  const url = "/simulator/phone/messages";
  const headers = { ...json, "sec-fetch-site": "same-origin" };
  const first = await app.inject({ method: "POST", url, headers, payload: text });
  const second = await app.inject({ method: "POST", url, headers, payload: text });
  assert.equal(first.statusCode, 202);
  assert.equal(first.json().message.id, second.json().message.id);
  assert.equal(carrier.messagesOf(ada).length, 1);
});

test("what a phone cannot do is refused with a code", async (t) => {
  const { app, text } = await setUp(t);
  const post = async (path: string, payload: object) => {
    const request = { method: "POST", url: `/simulator/phone/${path}`, headers: json } as const;
    const answer = await app.inject({ ...request, payload });
    return `${answer.statusCode} ${answer.json().error.code}`;
  };
  assert.equal(await post("messages", { ...text, text: "x".repeat(1_601) }), "422 invalid_request");
  assert.equal(await post("messages", { ...text, hotel: "+13125550199" }), "404 not_found");
  assert.equal(
    await post("messages", { ...text, guest: "+15145551234" }),
    "422 number_not_simulated",
  );
  assert.equal(await post("guests", { region: "ZZ" }), "422 invalid_request");
  const typed = { region: "US", number: "(514) 555-1234" };
  assert.equal(await post("guests", typed), "422 number_not_simulated");
  const refuses = { guest: ada, refuses: "moody" };
  assert.equal(await post("switches", refuses), "422 invalid_request");
  const reaction = { ...text, message: "not an id", reaction: "like" };
  assert.equal(await post("reactions", reaction), "422 invalid_request");
  assert.equal(await post("switches", { guest: ada, offline: "yes" }), "422 invalid_request");
  assert.equal(
    await post("messages", { ...text, text: "x".repeat(99_999) }),
    "422 invalid_request",
  );
});

test("open phones are limited, and closing the server ends them", async (t) => {
  const { carrier } = await setUp(t);
  const { url, close } = await listen(carrier);
  const open = () => fetch(`${url}/phone/events`);
  const streams: Response[] = [];
  for (let at = 0; at < streamClientsMax; at += 1) streams.push(await open());
  assert.equal(streams.at(-1)?.headers.get("content-type"), "text/event-stream");
  const refused = await open();
  assert.equal(refused.status, 503);
  await close();
  for (const stream of streams) assert.match(await stream.text(), /^event: snapshot\n/);
});
