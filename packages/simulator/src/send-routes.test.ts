import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { fakeHotel } from "../test/fake-hotel.ts";
import { createCarrier } from "./carrier.ts";
import type { FaultKind } from "./faults.ts";
import { listen } from "./plugin.ts";

const ada = "+13125550117";

async function setUp(t: TestContext) {
  const hotel = fakeHotel();
  const other = fakeHotel("+447700900001");
  const carrier = createCarrier({ fetch: hotel.fetch, pace: { sentMs: 0, deliveredMs: 0 } });
  carrier.open(hotel.account);
  carrier.open(other.account);
  const { url, close } = await listen(carrier);
  t.after(async () => {
    await close();
    carrier.close();
  });
  const message = { from: hotel.account.number, to: ada, text: "Hello", reference: "entry" };
  const call = (path: string, request: RequestInit = {}, apiKey = hotel.account.apiKey) => {
    const headers = { authorization: `Bearer ${apiKey}`, ...request.headers };
    return fetch(`${url}/v1/messages${path}`, { ...request, headers });
  };
  const send = (changes: object = {}, headers: Record<string, string> = {}, apiKey?: string) => {
    const body = JSON.stringify({ ...message, ...changes });
    const json = { "content-type": "application/json", ...headers };
    return call("", { method: "POST", headers: json, body }, apiKey);
  };
  const lookUp = async (query: string) => (await call(query)).json();
  return { carrier, hotel, other, send, lookUp, call, close };
}

async function codeOf(response: Response): Promise<string> {
  const { error } = await response.json();
  return `${response.status} ${error.code}`;
}

test("a send is accepted with the carrier's id and found by its reference", async (t) => {
  const { send, lookUp, carrier } = await setUp(t);
  const response = await send();
  const answer = await response.json();
  assert.equal(response.status, 201);
  assert.deepEqual(Object.keys(answer), ["id", "status"]);
  assert.equal(answer.status, "queued");
  const { messages, next } = await lookUp("?reference=entry");
  assert.equal(messages.length, 1);
  assert.equal(messages[0].id, answer.id);
  assert.equal(next, null);
  assert.equal(carrier.sent[0]?.text, "Hello");
});

test("what cannot be sent is refused with its code, and nothing is accepted", async (t) => {
  const { send, carrier, other } = await setUp(t);
  assert.equal(await codeOf(await send({}, {}, "no such key")), "401 unauthorized");
  assert.equal(await codeOf(await send({ to: "555-0100" })), "422 invalid_number");
  assert.equal(await codeOf(await send({ to: "+4915112345678" })), "422 number_not_simulated");
  assert.equal(await codeOf(await send({ text: "" })), "422 invalid_request");
  assert.equal(await codeOf(await send({ text: "x".repeat(1_601) })), "422 invalid_request");
  assert.equal(await codeOf(await send({ text: "x".repeat(99_999) })), "422 invalid_request");
  assert.equal(await codeOf(await send({}, {}, other.account.apiKey)), "422 number_not_yours");
  assert.equal(
    await codeOf(await send({}, { "content-type": "text/plain" })),
    "422 invalid_request",
  );
  assert.deepEqual(carrier.sent, []);
});

test("the same key and body get the same answer, another body a conflict", async (t) => {
  const { send, carrier } = await setUp(t);
  const key = { "idempotency-key": "one" };
  const first = await (await send({}, key)).json();
  assert.deepEqual(await (await send({}, key)).json(), first);
  assert.equal(await codeOf(await send({ text: "Other" }, key)), "409 idempotency_conflict");
  assert.equal(carrier.sent.length, 1);
  await send({}, { "idempotency-key": "two" });
  await send();
  assert.equal(carrier.sent.length, 3);
});

test("faults befall the next send only, and say honestly what was accepted", async (t) => {
  const { send, carrier } = await setUp(t);
  const answers: Partial<Record<FaultKind, string>> = {
    error: "500 internal",
    rate_limit: "429 rate_limited",
    blocked: "422 blocked_by_recipient",
  };
  for (const [kind, answer] of Object.entries(answers)) {
    carrier.failNext(kind as FaultKind);
    const response = await send();
    assert.equal(response.headers.get("retry-after"), kind === "rate_limit" ? "1" : null);
    assert.equal(await codeOf(response), answer);
  }
  carrier.failNext("refuse");
  await assert.rejects(send());
  assert.equal(carrier.sent.length, 0);
  assert.equal((await send()).status, 201);
});

test("a send whose answer was lost is found, one never accepted is not", async (t) => {
  const { send, carrier, lookUp } = await setUp(t);
  carrier.failNext("accept_then_drop");
  await assert.rejects(send({ reference: "lost answer" }));
  carrier.failNext("refuse");
  await assert.rejects(send({ reference: "never accepted" }));
  assert.equal((await lookUp("?reference=lost%20answer")).messages.length, 1);
  assert.equal((await lookUp("?reference=never%20accepted")).messages.length, 0);
});

test("a send that times out was accepted, and never gets an answer", async (t) => {
  const { carrier, send, lookUp, close } = await setUp(t);
  const accepted = new Promise((resolve) => carrier.listen(resolve));
  carrier.failNext("timeout");
  const isAnswered = send().then(
    () => true,
    () => false,
  );
  await accepted;
  assert.equal((await lookUp("?reference=entry")).messages.length, 1);
  await close();
  assert.equal(await isAnswered, false);
});

test("a send that hangs gets no answer either, and was not accepted", async (t) => {
  const { carrier, hotel } = await setUp(t);
  const send = { from: hotel.account.number, to: ada, text: "Hello", reference: "entry" };
  carrier.failNext("hang");
  assert.deepEqual(carrier.accept(hotel.account, send), { kind: "silence" });
  assert.deepEqual(carrier.sent, []);
});

test("a look-up comes in pages, oldest first, and only of the account's own", async (t) => {
  const { send, lookUp, call, other } = await setUp(t);
  for (let at = 0; at < 5; at += 1) await send({ text: String(at) });
  const texts: string[] = [];
  let after = "";
  do {
    const page = await lookUp(`?reference=entry&limit=2${after}`);
    assert.ok(page.messages.length <= 2);
    texts.push(...page.messages.map(({ text }: { text: string }) => text));
    after = page.next === null ? "" : `&after=${page.next}`;
  } while (after !== "");
  assert.deepEqual(texts, ["0", "1", "2", "3", "4"]);
  const foreign = await call("?reference=entry", {}, other.account.apiKey);
  assert.deepEqual(await foreign.json(), { messages: [], next: null });
  assert.equal(await codeOf(await call("?limit=101")), "422 invalid_request");
});
