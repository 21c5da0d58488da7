import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { EntryId } from "@foyer/contract";
import { twilioAdapter } from "../../src/modules/channels/adapters/twilio/adapter.ts";
import type { ChannelAdapter, SoughtMessage } from "../../src/modules/channels/ports.ts";
import { type RecordedNumber, RecordedTwilio } from "../recorded-twilio/recorded-twilio.ts";
import { mintSid } from "../recorded-twilio/resources.ts";
import { StandIns } from "./stand-ins.ts";

const writtenAt = 1_800_000_000_000;
const minuteMs = 60_000;
const hotel = "+13125550100";
const guest = "+13125550117";
const channelKey = "key-of-the-channel";
const authToken = randomBytes(16).toString("hex");

describe("Twilio's API, as the adapter uses it", () => {
  let recorded: RecordedTwilio;
  let number: RecordedNumber;
  let adapter: ChannelAdapter;
  let now = writtenAt;
  const standIns = new StandIns();

  const settings = () => ({ ...number, address: hotel, channelKey });
  const message = (text: string) => ({
    to: guest,
    text,
    reference: randomUUID() as EntryId,
    media: [],
  });
  const sought = (text: string, more: Partial<SoughtMessage> = {}): SoughtMessage => {
    const nobody = { isKnown: async () => false, hasTwin: async () => false };
    return { ...message(text), writtenAt, ...nobody, ...more };
  };
  const newest = () => {
    const found = recorded.messages.at(-1);
    assert.ok(found, "nothing was sent");
    return found;
  };
  const at = (origin: string) =>
    twilioAdapter({ apiUrl: recorded.url, publicOrigin: () => origin });

  before(async () => {
    recorded = await RecordedTwilio.open({ now: () => now });
    const accountSid = mintSid("AC");
    number = recorded.own({ accountSid, authToken, number: hotel, inboundUrl: "" });
    adapter = at("https://inbox.hotel.example");
  });
  after(async () => {
    standIns.close();
    await recorded.close();
  });

  test("is told where to report, with our id of the message", async () => {
    const sent = message("On its way.");
    const outcome = await adapter.send(settings(), sent);
    const { sid, statusCallback, from, to, body } = newest();
    assert.deepEqual(outcome, { kind: "accepted", providerId: sid });
    assert.deepEqual([from, to, body], [hotel, guest, "On its way."]);
    const url = `https://inbox.hotel.example/services/channels/${channelKey}/status`;
    assert.equal(statusCallback, `${url}?reference=${sent.reference}`);
  });

  test("is not told of an address that it cannot reach", async () => {
    for (const origin of ["http://127.0.0.1:4000", "https://frontdesk.local", "http://a.example"]) {
      assert.equal((await at(origin).send(settings(), message("Hello"))).kind, "accepted");
      assert.equal(newest().statusCallback, null, origin);
    }
  });

  test("gets the pictures of a message, and no empty text beside them", async () => {
    const urls = ["https://files.hotel.example/a", "https://files.hotel.example/b"];
    const media = urls.map((url) => ({ url, mediaType: "image/png", name: "a.png" }));
    const outcome = await adapter.send(settings(), { ...message(""), media });
    assert.equal(outcome.kind, "accepted");
    assert.deepEqual([newest().body, newest().mediaUrls], ["", urls]);
  });

  test("says why it refuses in a code of its own, which is kept", async () => {
    recorded.refuse(guest, 21610);
    const outcome = await adapter.send(settings(), message("Are you still there?"));
    recorded.refuse(guest, undefined);
    assert.deepEqual(outcome, { kind: "refused", failure: "opted_out", providerCode: "21610" });
  });

  test("has a message that we look for, in whatever state it is", async () => {
    const states = { sending: "sent", sent: "sent", delivered: "delivered", read: "read" } as const;
    for (const [status, state] of Object.entries(states)) {
      const text = `Looked for as ${status}`;
      await adapter.send(settings(), message(text));
      newest().status = status;
      const expected = { kind: "found", providerId: newest().sid, state };
      assert.deepEqual(await adapter.lookUp(settings(), sought(text)), expected);
    }
    await adapter.send(settings(), message("Looked for in vain"));
    Object.assign(newest(), { status: "undelivered", errorCode: 30_003 });
    const found = await adapter.lookUp(settings(), sought("Looked for in vain"));
    const { sid: providerId } = newest();
    assert.deepEqual(found, { kind: "found", providerId, state: "failed", failure: "unreachable" });
  });

  test("has two alike: neither is taken for ours, unless the other is known", async () => {
    await adapter.send(settings(), message("The same twice"));
    const known = newest().sid;
    await adapter.send(settings(), message("The same twice"));
    const unknown = await adapter.lookUp(settings(), sought("The same twice"));
    assert.deepEqual(unknown, { kind: "not_found" });
    const isKnown = async (providerId: string) => providerId === known;
    const found = await adapter.lookUp(settings(), sought("The same twice", { isKnown }));
    assert.equal(found.kind === "found" && found.providerId, newest().sid);
    const all = sought("The same twice", { isKnown: async () => true });
    assert.deepEqual(await adapter.lookUp(settings(), all), { kind: "not_found" });
  });

  test("has one alike while another of ours says the same: it may be that one", async () => {
    await adapter.send(settings(), message("Yes."));
    const hasTwin = async () => true;
    const found = await adapter.lookUp(settings(), sought("Yes.", { hasTwin }));
    assert.deepEqual(found, { kind: "not_found" });
    assert.equal((await adapter.lookUp(settings(), sought("Yes."))).kind, "found");
  });

  test("is asked before we look whether it knows a twin that was settled meanwhile", async () => {
    await adapter.send(settings(), message("Settled meanwhile."));
    let isSettled = false;
    const hasTwin = async () => {
      isSettled = true;
      return false;
    };
    const twins = { hasTwin, isKnown: async () => isSettled };
    const found = await adapter.lookUp(settings(), sought("Settled meanwhile.", twins));
    assert.deepEqual(found, { kind: "not_found" });
  });

  test("has one from before ours was written, to another guest, or of another number", async () => {
    now = writtenAt - 10 * minuteMs;
    await adapter.send(settings(), message("Not this one"));
    now = writtenAt;
    await adapter.send(settings(), { ...message("Not this one"), to: "+13125550118" });
    const { accountSid } = number;
    recorded.own({ accountSid, authToken, number: "+13125550101", inboundUrl: "" });
    await adapter.send({ ...settings(), address: "+13125550101" }, message("Not this one"));
    const found = await adapter.lookUp(settings(), sought("Not this one"));
    assert.deepEqual(found, { kind: "not_found" });
  });

  test("gives us others' messages, too: they are not taken for ours", async () => {
    const ours = { sid: mintSid("SM"), from: hotel, to: guest, body: "Ours", status: "sent" };
    const others = [
      { ...ours, to: "+13125550118" },
      { ...ours, from: "+13125550101" },
      { ...ours, direction: "inbound" },
      { ...ours, body: "Not ours" },
      { ...ours, body: null },
      { ...ours, date_created: new Date(writtenAt - 6 * minuteMs).toUTCString() },
    ];
    const lists = async (messages: readonly object[]) => {
      const apiUrl = await standIns.listen((_request, response) => {
        response.writeHead(200).end(JSON.stringify({ messages, next_page_uri: null }));
      });
      const other = twilioAdapter({ apiUrl, publicOrigin: () => "https://inbox.hotel.example" });
      return (await other.lookUp(settings(), sought("Ours"))).kind;
    };
    for (const other of others) assert.equal(await lists([other]), "not_found");
    assert.equal(await lists([...others, ours]), "found");
  });

  test("has more than a page: then nothing is certain", async () => {
    await adapter.send(settings(), message("One of many"));
    for (let count = 0; count < 50; count += 1) {
      recorded.messages.push({ ...newest(), sid: mintSid("SM"), body: `Another, ${count}` });
    }
    const found = await adapter.lookUp(settings(), sought("One of many"));
    assert.deepEqual(found, { kind: "no_answer" });
  });
});
