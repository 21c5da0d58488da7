import assert from "node:assert/strict";
import { test } from "node:test";
import { type Problem, refusals } from "@foyer/contract";
import { fastify } from "fastify";
import { CollectedLog } from "../../../test/world/collected-log.ts";
import { KeyServiceFault } from "../keys/key-service.ts";
import { Fault, Refusal } from "../refusal.ts";
import { StoreFault } from "../store/index.ts";
import { refusalFor, sendProblem } from "./problem.ts";

const request = "018f2f9a-0000-7000-8000-000000000001";
const secret = "the guest of room 412";

async function answerTo(refusal: Refusal) {
  const app = fastify();
  app.get("/", (_request, reply) => sendProblem(reply, refusal, request));
  const answer = await app.inject("/");
  return { answer, problem: answer.json<Problem>() };
}

test("an expected no travels with its code, its status and what to do", async () => {
  const parts = {
    detail: "Do this.",
    issues: [{ field: "text", issue: "must not be empty" }],
    facts: { textCharactersMax: 5 },
    retryAfterSeconds: 7,
  };
  const { answer, problem } = await answerTo(new Refusal("message.too_long", parts));
  assert.equal(answer.statusCode, 422);
  assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
  assert.equal(answer.headers["retry-after"], "7");
  const { retryAfterSeconds: _, ...told } = parts;
  assert.deepEqual(problem, {
    type: "/v1/reference#message.too_long",
    title: refusals["message.too_long"].title,
    status: 422,
    code: "message.too_long",
    ...told,
    request,
  });
});

const bugs: readonly unknown[] = [
  new Error(secret),
  new TypeError(secret, { cause: new Error(secret) }),
  Object.assign(new Error(secret), { code: secret, detail: secret, sql: secret }),
  Object.assign(new Error(secret), { statusCode: 418 }),
  Object.assign(new Error(secret), { toString: () => secret, code: "constructor" }),
  new StoreFault("other", "entry.insert", "1406"),
  secret,
  { message: secret },
  42,
  null,
  undefined,
];

for (const bug of bugs) {
  test(`an unknown error says nothing (${typeof bug} ${Object(bug).constructor.name})`, async () => {
    const log = new CollectedLog();
    log.keepOut(secret);
    const { answer, problem } = await answerTo(refusalFor(bug, log, request));
    assert.equal(answer.statusCode, 500);
    assert.deepEqual(Object.keys(problem).sort(), ["code", "request", "status", "title", "type"]);
    assert.ok(!answer.body.includes(secret));
    const [line] = log.takeErrors("request.failed");
    assert.equal(line?.facts["request"], request);
    log.assertClean();
  });
}

test("what failed outside is said to be so, and when to come back", () => {
  const outside = [
    new Fault("carrier", "no answer", true),
    new KeyServiceFault("unavailable"),
    new StoreFault("deadlock", "entry.insert", "1213"),
  ];
  for (const fault of outside) {
    const log = new CollectedLog();
    const refusal = refusalFor(fault, log, request);
    assert.equal(refusal.code, "service.unavailable");
    assert.ok((refusal.parts.retryAfterSeconds ?? 0) > 0);
    log.assertClean();
  }
});

test("what the framework refuses is refused in the contract's words", () => {
  const log = new CollectedLog();
  const codeOf = (error: object) =>
    refusalFor(Object.assign(new Error(secret), error), log, "").code;
  assert.equal(codeOf({ code: "FST_ERR_CTP_BODY_TOO_LARGE" }), "request.too_large");
  assert.equal(codeOf({ code: "FST_ERR_CTP_INVALID_MEDIA_TYPE" }), "request.media_type");
  assert.equal(codeOf({ code: "FST_ERR_CTP_INVALID_JSON_BODY" }), "request.malformed");
  assert.equal(codeOf({ code: "FST_ERR_BAD_URL" }), "resource.not_found");
  assert.equal(codeOf({ statusCode: 400 }), "request.malformed");
  log.assertClean();
});
