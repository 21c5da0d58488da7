import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { lookup } from "node:dns";
import { after, before, describe, test } from "node:test";
import { fetchMedia, mayCall } from "../../src/modules/channels/adapters/twilio/media.ts";
import { type RecordedNumber, RecordedTwilio } from "../recorded-twilio/recorded-twilio.ts";
import { mintSid } from "../recorded-twilio/resources.ts";
import { StandIns } from "./stand-ins.ts";

const bytesMax = 10_000;
const fetchTimeoutMs = 5_000;

describe("media of a guest's message", () => {
  let recorded: RecordedTwilio;
  let number: RecordedNumber;
  const standIns = new StandIns();

  before(async () => {
    recorded = await RecordedTwilio.open({ now: () => 0 });
    number = recorded.own({
      accountSid: mintSid("AC"),
      authToken: randomBytes(16).toString("hex"),
      number: "+13125550100",
      inboundUrl: "",
    });
  });
  after(async () => {
    standIns.close();
    await recorded.close();
  });

  const source = () => ({
    account: { ...number, address: number.number, channelKey: "key" },
    baseUrl: recorded.url,
    bytesMax,
  });
  const fetched = (url: string, from = source()) =>
    fetchMedia(from, url, AbortSignal.timeout(fetchTimeoutMs));

  test("are fetched from where the API sends us, without the credentials", async () => {
    const bytes = randomBytes(bytesMax);
    const before = recorded.mediaHost.authorizations.length;
    const outcome = await fetched(recorded.media(bytes, number, 2));
    assert.deepEqual(outcome, { kind: "got", bytes });
    const shown = recorded.mediaHost.authorizations.slice(before);
    assert.deepEqual(shown, [undefined, undefined, undefined]);
  });

  test("are not followed through more redirects than there can be", async () => {
    assert.equal((await fetched(recorded.media(randomBytes(9), number, 3))).kind, "got");
    assert.equal((await fetched(recorded.media(randomBytes(9), number, 4))).kind, "gone");
    assert.equal((await fetched(recorded.media(randomBytes(9), number, 1_000))).kind, "gone");
  });

  test("may come a moment later, or be gone for good", async () => {
    const outcomes = { 404: "later", 429: "later", 500: "later", 401: "later", 410: "gone" };
    for (const [status, kind] of Object.entries(outcomes)) {
      assert.equal((await fetched(recorded.mediaThat(Number(status), number))).kind, kind, status);
    }
  });

  test("are tried again where the line breaks", async () => {
    const dead = await standIns.listen(undefined);
    const cut = await standIns.listen((_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.destroy());
    });
    for (const baseUrl of [dead, cut]) {
      const outcome = await fetched(`${baseUrl}/any`, { ...source(), baseUrl });
      assert.deepEqual(outcome, { kind: "later" });
    }
  });

  test("are read to their bound and no further", async () => {
    const tooLarge = recorded.media(new Uint8Array(bytesMax + 1), number);
    assert.deepEqual(await fetched(tooLarge), { kind: "gone" });
    const endless = await standIns.listen((_request, response) => {
      const flood = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.writeHead(200).on("drain", flood);
      flood();
    });
    const outcome = await fetched(`${endless}/any`, { ...source(), baseUrl: endless });
    assert.deepEqual(outcome, { kind: "gone" });
  });

  test("are asked of the API's own origin first, and of nobody else", async () => {
    const port = new URL(recorded.url).port;
    const elsewhere = [
      `http://localhost:${port}/any`,
      `https://127.0.0.1:${port}/any`,
      `http://127.0.0.1/any`,
      "https://api.twilio.com.example/any",
      "/2010-04-01",
    ];
    for (const url of elsewhere) assert.deepEqual(await fetched(url), { kind: "gone" }, url);
  });

  const publicApi = "https://api.carrier.example";
  const resolvesTo = (...addresses: string[]): typeof lookup =>
    ((_host: string, _options: object, callback: (...given: unknown[]) => void) => {
      const found = addresses.map((address) => ({ address, family: 4 }));
      callback(null, found);
    }) as unknown as typeof lookup;

  test("are never fetched from a private address that a name leads to", async () => {
    for (const addresses of [["127.0.0.1"], ["10.0.0.1"], ["93.184.215.14", "192.168.0.1"]]) {
      const from = { ...source(), baseUrl: publicApi, lookUpHost: resolvesTo(...addresses) };
      assert.deepEqual(await fetched(`${publicApi}/any`, from), { kind: "gone" });
    }
  });

  test("are never fetched from where a public API may not send us", () => {
    const may = (url: string) => mayCall(publicApi, new URL(url));
    assert.equal(may("https://media.carrier.example/file"), true);
    for (const url of [
      "http://media.carrier.example/file",
      "ftp://media.carrier.example/file",
      "https://127.0.0.1/file",
      "https://2130706433/file",
      "https://[::1]/file",
      "https://169.254.169.254/latest",
      "https://metadata.internal/",
      "https://localhost/file",
    ]) {
      assert.equal(may(url), false, url);
    }
    assert.equal(mayCall("http://127.0.0.1:9000", new URL("http://127.0.0.1:9001/file")), true);
  });
});
