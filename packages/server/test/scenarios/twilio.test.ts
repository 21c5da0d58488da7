import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Delivery, FailureCode } from "@foyer/contract";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { primaryStores } from "../engines.ts";
import { ConnectedHotel } from "../recorded-twilio/connected-hotel.ts";
import type { RecordedTwilio } from "../recorded-twilio/recorded-twilio.ts";
import type { RecordedMessage } from "../recorded-twilio/resources.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import type { World } from "../world/world.ts";

const minuteMs = 60_000;
/** A PNG of one pixel. */
const onePixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

for (const engine of primaryStores()) {
  describe(`a number of Twilio's, on ${engine.name}`, () => {
    let connected: ConnectedHotel;
    let world: World;
    let hotel: Hotel;
    let twilio: RecordedTwilio;

    before(async () => {
      connected = await ConnectedHotel.open(engine);
      ({ world, hotel, twilio } = connected);
    });
    after(() => connected.close());

    const stateOf = async (guest: Guest) => (await connected.lastAnswer(guest)).state;

    /** An answer that Twilio has taken. */
    async function answered(guest: Guest): Promise<RecordedMessage> {
      const message = await connected.answer(guest);
      assert.ok(message, "Twilio has no message");
      return message;
    }

    const outcomeOf = ({ state, failure }: Delivery) => [state, failure];

    async function newestDelivery(): Promise<Delivery> {
      const client = await hotel.agent("supervisor").client();
      const { propertyId } = hotel;
      const [newest] = (await client.listDeliveries({ propertyId })).items;
      assert.ok(newest);
      return newest;
    }

    test("carries a whole conversation", async () => {
      const guest = await connected.guestWhoAsked("Until when is the pool open? 🏊");
      const message = await answered(guest);
      assert.equal(message.from, connected.number.number);
      assert.equal(message.body, "Until ten tonight.");
      assert.equal(await stateOf(guest), "sent");
      await twilio.report(message, "delivered");
      assert.equal(await stateOf(guest), "delivered");
      await twilio.text(guest.number, connected.number.number, "Merci & à bientôt!");
      const texts = (await hotel.timelineWith(guest)).flatMap((entry) =>
        entry.kind === "message" ? [entry.text] : [],
      );
      const said = ["Until when is the pool open? 🏊", "Until ten tonight.", "Merci & à bientôt!"];
      assert.deepEqual(texts, said);
    });

    test("is answered with TwiML that does nothing", async () => {
      const answer = await twilio.text(world.freeNumber(), connected.number.number, "Hello");
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get("content-type") ?? "", /^text\/xml/);
      assert.match(await answer.text(), /<Response><\/Response>$/);
    });

    test("brings each message once, however often it is brought, and whenever", async () => {
      const guest = hotel.guest();
      const arrival = twilio.arrival(guest.number, connected.number.number, "Only once, please.");
      const answers = await Promise.all(Array.from({ length: 5 }, () => twilio.bring(arrival)));
      assert.ok(answers.every(({ status }) => status === 200));
      await world.advance(24 * 60 * minuteMs);
      assert.equal((await twilio.bring(arrival)).status, 200);
      assert.equal((await hotel.timelineWith(guest)).length, 1);
    });

    test("brings as many pictures as a message may have, and says where one brought more", async () => {
      const guest = hotel.guest();
      const media = (count: number) => {
        const urls = Array.from({ length: count }, (_, index) => [
          `MediaUrl${index}`,
          twilio.mediaThat(410, connected.number),
        ]);
        return { NumMedia: String(count), ...Object.fromEntries(urls) };
      };
      const { number } = connected.number;
      await twilio.text(guest.number, number, "The lamp", media(10));
      assert.deepEqual(outcomeOf(await newestDelivery()), ["processed", null]);
      await twilio.text(guest.number, number, "The lamp", media(11));
      assert.deepEqual(outcomeOf(await newestDelivery()), ["processed", "attachments_dropped"]);
      const entries = await hotel.timelineWith(guest);
      const counts = entries.flatMap((entry) =>
        entry.kind === "message" ? [entry.attachments.length] : [],
      );
      assert.deepEqual(counts, [10, 10]);
    });

    test("brings a picture, which is fetched and kept", async () => {
      const guest = hotel.guest();
      const png = Buffer.from(onePixel, "base64");
      const picture = { NumMedia: "1", MediaUrl0: twilio.media(png, connected.number, 1) };
      await twilio.text(guest.number, connected.number.number, "", picture);
      await world.advance(minuteMs);
      const [entry] = await hotel.timelineWith(guest);
      assert.ok(entry?.kind === "message");
      const [attachment] = entry.attachments;
      assert.deepEqual([attachment?.state, attachment?.mediaType], ["ready", "image/png"]);
    });

    test("reports late, twice and in any order: a message only moves on", async () => {
      const guest = await connected.guestWhoAsked();
      const message = await answered(guest);
      for (const status of ["delivered", "sent", "queued", "delivered", "sending"]) {
        assert.equal((await twilio.report(message, status)).status, 200);
        assert.equal(await stateOf(guest), "delivered", status);
      }
      await twilio.report(message, "read");
      assert.equal(await stateOf(guest), "read");
    });

    const failures: readonly (readonly [number, FailureCode])[] = [
      [30003, "unreachable"],
      [30004, "blocked_by_recipient"],
      [30005, "invalid_number"],
      [30006, "not_a_mobile"],
      [30007, "filtered_by_carrier"],
      [30008, "unknown"],
    ];
    test("says why a message was not delivered", async () => {
      for (const [code, failure] of failures) {
        const guest = await connected.guestWhoAsked();
        await twilio.report(await answered(guest), "undelivered", code);
        const { state, failure: why } = await connected.lastAnswer(guest);
        assert.deepEqual([state, why], ["failed", failure]);
        assert.notEqual((await hotel.conversationWith(guest)).waitingSince, null);
      }
    });

    test("refuses a message for good, and it is not sent again", async () => {
      const refusals = { 21610: "opted_out", 21614: "not_a_mobile", 21211: "invalid_number" };
      for (const [code, failure] of Object.entries(refusals)) {
        const guest = await connected.guestWhoAsked();
        twilio.refuse(guest.number, Number(code));
        await connected.answer(guest);
        await world.advance(60 * minuteMs);
        const { state, failure: why } = await connected.lastAnswer(guest);
        assert.deepEqual([state, why], ["failed", failure]);
        assert.deepEqual(twilio.sentTo(guest.number), []);
      }
    });

    test("takes a message when it has time for it again", async () => {
      const guest = await connected.guestWhoAsked();
      twilio.fail("rate_limited");
      assert.equal(await connected.answer(guest), undefined);
      assert.equal(await stateOf(guest), "queued");
      await world.advance(minuteMs);
      assert.equal(await stateOf(guest), "sent");
      assert.equal(twilio.sentTo(guest.number).length, 1);
    });

    test("took a message and did not say so: it is found there, and never sent twice", async () => {
      const guest = await connected.guestWhoAsked();
      twilio.fail("answer_lost");
      const message = await answered(guest);
      assert.equal(await stateOf(guest), "uncertain");
      await world.advance(minuteMs);
      assert.equal(await stateOf(guest), "sent");
      await twilio.report(message, "delivered");
      assert.equal(await stateOf(guest), "delivered");
      assert.equal(twilio.sentTo(guest.number).length, 1);
    });

    test("failed to answer, and knows no such message: people decide", async () => {
      const guest = await connected.guestWhoAsked();
      twilio.fail("failed");
      await connected.answer(guest);
      await world.advance(60 * minuteMs);
      assert.equal(await stateOf(guest), "uncertain");
      assert.deepEqual(twilio.sentTo(guest.number), []);
    });

    test("is taken for having neither of two that say the same while both are uncertain", async () => {
      const guest = await connected.guestWhoAsked();
      twilio.fail("failed");
      await connected.answer(guest, "Yes.");
      twilio.fail("answer_lost");
      const second = await connected.answer(guest, "Yes.");
      assert.ok(second);
      await world.advance(60 * minuteMs);
      const answers = async () =>
        (await hotel.timelineWith(guest)).flatMap((entry) =>
          entry.kind === "message" && entry.direction === "outbound" ? [entry.state] : [],
        );
      assert.deepEqual(await answers(), ["uncertain", "uncertain"]);
      // The report says which of the two it is, and the other is not taken for it.
      await twilio.report(second, "delivered");
      assert.deepEqual(await answers(), ["uncertain", "delivered"]);
    });

    test("reports about a message before it is found: the report says whose it is", async () => {
      const guest = await connected.guestWhoAsked();
      twilio.fail("answer_lost");
      const message = await answered(guest);
      await twilio.report(message, "delivered");
      assert.equal(await stateOf(guest), "delivered");
      await world.advance(minuteMs);
      assert.equal(await stateOf(guest), "delivered");
      assert.equal(twilio.sentTo(guest.number).length, 1);
    });

    test("is not believed where its signature is another's, or over another address", async () => {
      const guest = hotel.guest();
      const { url, parameters } = twilio.arrival(guest.number, connected.number.number, "Forged");
      const { authToken } = connected.number;
      const signatures = {
        "another token": getExpectedTwilioSignature(
          randomBytes(16).toString("hex"),
          url,
          parameters,
        ),
        "another address": getExpectedTwilioSignature(authToken, `${url}?a=b`, parameters),
        "the address behind the proxy": getExpectedTwilioSignature(
          authToken,
          url.replace("https://inbox.hotel.example", world.url),
          parameters,
        ),
        "another text": getExpectedTwilioSignature(authToken, url, { ...parameters, Body: "x" }),
        nothing: "",
      };
      for (const [over, signature] of Object.entries(signatures)) {
        const answer = await post(url, new URLSearchParams(parameters).toString(), signature);
        assert.equal(answer.status, 401, over);
      }
      assert.equal(await hotel.findConversation(guest), undefined);
    });

    test("is known by the address that was configured, whatever a caller says it called", async () => {
      const guest = hotel.guest();
      const { url, parameters } = twilio.arrival(guest.number, connected.number.number, "Hello");
      const signature = getExpectedTwilioSignature(connected.number.authToken, url, parameters);
      const body = new URLSearchParams(parameters).toString();
      const headers = {
        "x-forwarded-host": "elsewhere.example",
        "x-forwarded-proto": "http",
        forwarded: "host=elsewhere.example;proto=http",
      };
      assert.equal((await post(url, body, signature, headers)).status, 200);
      assert.equal((await hotel.timelineWith(guest)).length, 1);
    });

    test("brings what cannot be read: it is kept, tried once, and can be tried by people", async () => {
      const { number, authToken, inboundUrl } = connected.number;
      const from = world.freeNumber();
      const { parameters } = twilio.arrival(from, number, "Hello");
      const odd = {
        malformed: { ...parameters, NumMedia: "some" },
        not_for_this_number: { ...parameters, To: "+13125550198" },
        sender_not_an_address: { ...parameters, From: "MARKETING" },
        text_too_long: { ...parameters, Body: "x".repeat(100_001) },
      };
      for (const [failure, given] of Object.entries(odd)) {
        const signed = { ...given, MessageSid: `SM${randomBytes(16).toString("hex")}` };
        const signature = getExpectedTwilioSignature(authToken, inboundUrl, signed);
        const body = new URLSearchParams(signed).toString();
        assert.equal((await post(inboundUrl, body, signature)).status, 200);
        await world.advance(60 * minuteMs);
        const delivery = await newestDelivery();
        assert.deepEqual([delivery.failure, delivery.attempts], [failure, 1]);
        const client = await hotel.agent("supervisor").client();
        const replayed = await client.replayDelivery({ deliveryId: delivery.id });
        assert.deepEqual([replayed.delivery.failure, replayed.delivery.attempts], [failure, 2]);
      }
    });

    test("brings too much: it is refused before it is read", async () => {
      const answer = await post(connected.number.inboundUrl, "x".repeat(1_048_577), "any");
      assert.equal(answer.status, 413);
    });

    test("may sign with the token before for an hour after it was changed", async () => {
      const { propertyId } = hotel;
      const { channelId } = connected;
      const client = await hotel.agent("administrator").client();
      const { version } = await client.getChannelSettings({ propertyId, channelId });
      const authToken = randomBytes(16).toString("hex");
      world.log.keepOut(authToken);
      await client.updateChannel({ propertyId, channelId, authToken, version });
      const text = () => twilio.text(world.freeNumber(), connected.number.number, "Hello");
      assert.equal((await text()).status, 200);
      await world.advance(60 * minuteMs);
      assert.equal((await text()).status, 401);
      connected.number.authToken = authToken;
      assert.equal((await text()).status, 200);
      await answered(await connected.guestWhoAsked());
    });

    function post(url: string, body: string, signature: string, more: Record<string, string> = {}) {
      const called = url.replace("https://inbox.hotel.example", world.url);
      const type = { "content-type": "application/x-www-form-urlencoded" };
      const headers = { ...type, "x-twilio-signature": signature, ...more };
      return fetch(called, { method: "POST", headers, body });
    }
  });
}
