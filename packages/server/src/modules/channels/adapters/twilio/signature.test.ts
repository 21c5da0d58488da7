import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import {
  getExpectedTwilioSignature,
  validateRequest,
  validateRequestWithBody,
} from "twilio/lib/webhooks/webhooks.js";
import type { ChannelSettings, RawDelivery } from "../../ports.ts";
import { changeAccount } from "./account.ts";
import { parametersMax, valuesByName } from "./parameters.ts";
import { isGenuine } from "./signature.ts";

const authToken = randomBytes(16).toString("hex");
const settings: ChannelSettings = {
  address: "+13125550100",
  channelKey: "key",
  accountSid: `AC${"0".repeat(32)}`,
  authToken,
};
const url = "https://inbox.hotel.example/services/channels/key/inbound";
const now = 1_800_000_000_000;

const parameters = fc.dictionary(
  fc.string({ unit: "grapheme", minLength: 1 }).filter((name) => name !== "__proto__"),
  fc.string({ unit: "grapheme" }),
);

function posted(given: Record<string, string>, signature: string, at = url): RawDelivery {
  const headers = { "x-twilio-signature": signature };
  const body = Buffer.from(new URLSearchParams(given).toString());
  return { kind: "inbound", url: at, headers, body };
}

test("what Twilio's library signs is genuine, whatever the parameters", () => {
  fc.assert(
    fc.property(parameters, (given) => {
      const signature = getExpectedTwilioSignature(authToken, url, given);
      assert.equal(isGenuine(settings, posted(given, signature), now), true);
    }),
  );
});

test("what Twilio's library refuses is refused, and what it accepts is accepted", () => {
  const token = fc.constantFrom(authToken, "0".repeat(32));
  fc.assert(
    fc.property(parameters, parameters, token, (signed, brought, by) => {
      const signature = getExpectedTwilioSignature(by, url, signed);
      const theirs = validateRequest(authToken, signature, url, brought);
      assert.equal(isGenuine(settings, posted(brought, signature), now), theirs);
    }),
  );
});

test("a name that comes twice is signed with each of its values once", () => {
  const values = ["b", "a", "b"];
  const signature = getExpectedTwilioSignature(authToken, url, { Tag: values });
  const body = Buffer.from(
    new URLSearchParams(values.map((value) => ["Tag", value] as [string, string])).toString(),
  );
  const delivery = { ...posted({}, signature), body };
  assert.equal(isGenuine(settings, delivery, now), true);
});

test("a form is grouped by name as a look-up of each name would find it", () => {
  const name = fc.oneof(fc.constantFrom("a", "b", "__proto__", ""), fc.string());
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.string())), (pairs) => {
      const form = new URLSearchParams(pairs);
      const expected = [...new Set(form.keys())].map((key) => [key, form.getAll(key)]);
      assert.deepEqual([...valuesByName(form)], expected);
    }),
  );
});

test("a form of more parameters than a webhook has is refused, whoever signed it", () => {
  const isTaken = (count: number) => {
    const given = Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, "1"]));
    return isGenuine(
      settings,
      posted(given, getExpectedTwilioSignature(authToken, url, given)),
      now,
    );
  };
  assert.equal(isTaken(parametersMax), true);
  assert.equal(isTaken(parametersMax + 1), false);
  const separators = { ...posted({}, getExpectedTwilioSignature(authToken, url, {})) };
  assert.equal(isGenuine(settings, separators, now), true);
  const body = Buffer.alloc(parametersMax, "&");
  assert.equal(isGenuine(settings, { ...separators, body }, now), false);
});

test("the address counts with its port or without, with its query, and never its fragment", () => {
  const given = { Body: "Hello" };
  const isSigned = (signedUrl: string, calledUrl: string) => {
    const signature = getExpectedTwilioSignature(authToken, signedUrl, given);
    return isGenuine(settings, posted(given, signature, calledUrl), now);
  };
  const withPort = url.replace(".example/", ".example:443/");
  assert.equal(isSigned(url, url), true);
  assert.equal(isSigned(withPort, url), true);
  assert.equal(isSigned(url, withPort), true);
  assert.equal(isSigned(`${url}?reference=1`, `${url}?reference=1`), true);
  assert.equal(isSigned(url, `${url}#rc=2&rp=all`), true);
  const local = "http://[::1]:4000/services";
  assert.equal(isSigned(local, local), true);
  assert.equal(isSigned("http://[::1]/services", local), true);
  assert.equal(isSigned(`${url}?reference=1`, `${url}?reference=2`), false);
  assert.equal(isSigned(url, `${url}?`), false);
  assert.equal(isSigned(url, url.replace("https", "http")), false);
  assert.equal(isSigned(url, url.replace("inbox", "other")), false);
  assert.equal(isSigned(url, url.replace(".example/", ".example:8443/")), true);
  assert.equal(isSigned(withPort, url.replace(".example/", ".example:8443/")), false);
});

test("a body that is no form is covered by its digest in the address", () => {
  const isSigned = (body: string, digestOf: string) => {
    const digest = createHash("sha256").update(digestOf).digest("hex");
    const called = `${url}?bodySHA256=${digest}`;
    const signature = getExpectedTwilioSignature(authToken, called, {});
    const delivery = { ...posted({}, signature, called), body: Buffer.from(body) };
    const ours = isGenuine(settings, delivery, now);
    assert.equal(ours, validateRequestWithBody(authToken, signature, called, body));
    return ours;
  };
  assert.equal(isSigned('{"Body":"Hé"}', '{"Body":"Hé"}'), true);
  assert.equal(isSigned('{"Body":"He"}', '{"Body":"Hé"}'), false);
  assert.equal(isSigned("", '{"Body":"Hé"}'), false);
});

test("the token before opens the webhook for an hour, and another account's never", () => {
  const given = { Body: "Hello" };
  const delivery = posted(given, getExpectedTwilioSignature(authToken, url, given));
  const hourMs = 60 * 60_000;
  const renewed = changeAccount(settings, { authToken: "1".repeat(32) }, now);
  assert.equal(isGenuine(renewed, delivery, now), true);
  assert.equal(isGenuine(renewed, delivery, now + hourMs - 1), true);
  assert.equal(isGenuine(renewed, delivery, now + hourMs), false);
  const other = { accountSid: `AC${"1".repeat(32)}`, authToken: "1".repeat(32) };
  assert.equal(isGenuine(changeAccount(settings, other, now), delivery, now), false);
  const again = changeAccount(renewed, { authToken: "1".repeat(32) }, now);
  assert.equal(isGenuine(again, delivery, now), true, "saying it again took the old one away");
});
