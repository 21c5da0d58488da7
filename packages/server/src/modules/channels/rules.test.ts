import assert from "node:assert/strict";
import { test } from "node:test";
import { type EntryId, limits } from "@foyer/contract";
import fc from "fast-check";
import type { OpenChannel } from "./channels.ts";
import { type DeliveryFailure, type RawDelivery, type Understood, Unreadable } from "./ports.ts";
import { deliveryKeyOf, dropsMedia, isWorthRetrying, noticeOf, replyChannelOf } from "./rules.ts";

const raw = (body: string, kind: RawDelivery["kind"] = "inbound"): RawDelivery => ({
  kind,
  url: "https://inbox.example.com/",
  headers: {},
  body: Buffer.from(body),
});

const message = {
  kind: "message",
  providerId: "m1",
  from: "+1 (312) 555-0117",
  to: "+1 312 555 0100",
  text: "Two more towels",
  occurredAt: 5,
  media: [],
  word: null,
} as const satisfies Understood;

const status = {
  kind: "status",
  providerId: "m1",
  reference: "018f2f9a-0000-7000-8000-000000000001" as EntryId,
  state: "delivered",
  failure: null,
} as const satisfies Understood;

const channel = {
  id: "channel",
  propertyId: "property",
  kind: "twilio",
  settings: { address: "+13125550100" },
  isActive: true,
} as unknown as OpenChannel;

const sms = { medium: "sms", addressKind: "phone" } as const;

test("a delivery that comes again has the same key, whatever else it says", () => {
  const again = { ...message, text: "Two more towels ", occurredAt: 6 };
  assert.equal(deliveryKeyOf(raw("a"), message), deliveryKeyOf(raw("b"), again));
});

test("each state of a message is a delivery of its own", () => {
  const keys = (["sent", "delivered", "read", "failed"] as const).map((state) =>
    deliveryKeyOf(raw("", "status"), { ...status, state }),
  );
  assert.equal(new Set(keys).size, keys.length);
});

test("a text, its report, and what cannot be read never share a key", () => {
  const nothing = { kind: "nothing", providerId: "m1" } as const;
  const keys = [
    deliveryKeyOf(raw("a"), message),
    deliveryKeyOf(raw("a"), status),
    deliveryKeyOf(raw("a"), nothing),
    deliveryKeyOf(raw("a"), "malformed"),
    deliveryKeyOf(raw("a", "status"), "malformed"),
    deliveryKeyOf(raw("b"), "malformed"),
  ];
  assert.equal(new Set(keys).size, keys.length);
});

test("two provider ids never make one key", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const keys = [one, other].map((providerId) =>
        deliveryKeyOf(raw(""), { ...message, providerId }),
      );
      assert.equal(keys[0] === keys[1], one === other);
    }),
  );
});

test("a sender is brought into the one form of an address", () => {
  const notice = noticeOf(channel, sms, message, message.occurredAt);
  assert.ok(notice.name === "message.arrived");
  assert.deepEqual(notice.from, { kind: "phone", value: "+13125550117" });
});

test("a time that cannot be is the time at which we heard of it", () => {
  const now = Date.UTC(2026, 10, 22);
  const heard = (occurredAt: number | null) => {
    const notice = noticeOf(channel, sms, { ...message, occurredAt }, now);
    return notice.name === "message.arrived" ? notice.occurredAt : undefined;
  };
  assert.equal(heard(now - 90 * 60_000), now - 90 * 60_000);
  assert.equal(heard(now * 1000), now);
  assert.equal(heard(8.64e15), now);
  assert.equal(heard(-1), now);
  assert.equal(heard(null), now);
});

test("a sender that is no address, and a text beyond all bounds, say why they stay", () => {
  const failureOf = (understood: typeof message | object) => {
    try {
      noticeOf(channel, sms, { ...message, ...understood }, 0);
      return undefined;
    } catch (error) {
      return error instanceof Unreadable ? error.failure : error;
    }
  };
  assert.equal(failureOf({ from: "SHORTCODE" }), "sender_not_an_address");
  assert.equal(failureOf({ from: "0117" }), "sender_not_an_address");
  assert.equal(failureOf({ to: "+13125550199" }), "not_for_this_number");
  assert.equal(failureOf({ to: "HOTEL" }), "not_for_this_number");
  assert.equal(failureOf({ to: null }), undefined);
  assert.equal(failureOf({ text: "x".repeat(100_001) }), "text_too_long");
  assert.equal(failureOf({ text: "🙌".repeat(50_000) }), undefined);
  assert.equal(failureOf({ text: "" }), undefined);
});

test("a consent word is what the provider took the text for, else what the text says", () => {
  const wordOf = (given: Partial<Extract<Understood, { kind: "message" }>>) => {
    const notice = noticeOf(channel, sms, { ...message, ...given }, 0);
    return notice.name === "message.arrived" ? notice.word : undefined;
  };
  assert.equal(wordOf({ text: "Stop." }), "stop");
  assert.equal(wordOf({ text: "yes" }), "yes");
  assert.equal(wordOf({ text: "Stop the music" }), null);
  assert.equal(wordOf({ text: "Arret", word: "stop" }), "stop");
});

test("what a message brings beyond what one may bring is left, and said", () => {
  const media = Array.from({ length: limits.attachmentsPerMessageMax + 1 }, (_, index) => ({
    url: `https://api.example.com/${index}`,
    mediaType: null,
  }));
  const kept = (given: typeof media) => {
    const notice = noticeOf(channel, sms, { ...message, media: given }, 0);
    return notice.name === "message.arrived" ? notice.media : [];
  };
  assert.deepEqual(kept(media), media.slice(0, -1));
  assert.equal(dropsMedia({ ...message, media }), true);
  assert.equal(dropsMedia({ ...message, media: media.slice(1) }), false);
  assert.equal(dropsMedia(status), false);
});

test("what can never succeed is not tried again by itself", () => {
  const failures = ["malformed", "not_for_this_number", "sender_not_an_address", "text_too_long"];
  for (const failure of failures as DeliveryFailure[])
    assert.equal(isWorthRetrying(failure), false);
  assert.equal(isWorthRetrying("message_unknown"), true);
  assert.equal(isWorthRetrying("processing_failed"), true);
});

test("the only other channel in use stands in for one that has ended; of two, neither", () => {
  const one = (id: string, isActive: boolean) => ({ ...channel, id, isActive }) as OpenChannel;
  const ended = one("ended", false);
  const [next, third] = [one("next", true), one("third", true)];
  assert.equal(replyChannelOf(ended, [ended]), ended);
  assert.equal(replyChannelOf(ended, [ended, one("older", false)]), ended);
  assert.equal(replyChannelOf(ended, [ended, next, one("older", false)]), next);
  assert.equal(replyChannelOf(ended, [ended, next, third]), ended);
});
