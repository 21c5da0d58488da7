import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import { primaryStores } from "../engines.ts";
import { ConnectedHotel } from "../recorded-twilio/connected-hotel.ts";
import { mintSid } from "../recorded-twilio/resources.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { refuses } from "./refuses.ts";

const minuteMs = 60_000;

const newChannelOf = ({ propertyId }: Hotel) => ({
  propertyId,
  channelId: randomUUID(),
  kind: "twilio" as const,
  address: "+13125550198",
  accountSid: mintSid("AC"),
  authToken: randomBytes(16).toString("hex"),
});

for (const engine of primaryStores()) {
  describe(`a channel's settings, on ${engine.name}`, () => {
    let connected: ConnectedHotel;
    let world: World;
    let hotel: Hotel;
    let client: Client;
    let mine: { readonly propertyId: string; readonly channelId: string };
    let numbers = 0;

    before(async () => {
      connected = await ConnectedHotel.open(engine);
      ({ world, hotel } = connected);
      client = await hotel.agent("administrator").client();
      mine = { propertyId: hotel.propertyId, channelId: connected.channelId };
    });
    after(() => connected.close());

    const freeAddress = () => {
      numbers += 1;
      return `+1312555${String(2_000 + numbers)}`;
    };
    const newChannel = (address: string = freeAddress(), at: Hotel = hotel) => ({
      ...newChannelOf(at),
      address,
    });

    test("show where the provider calls, and never the token that was told", async () => {
      const settings = await client.getChannelSettings(mine);
      const key = /^https:\/\/inbox\.hotel\.example\/services\/channels\/([\w-]{32})\/inbound$/;
      assert.match(settings.inboundUrl, key);
      assert.equal(settings.statusUrl, settings.inboundUrl.replace(/inbound$/, "status"));
      assert.equal(settings.reach, "reachable");
      assert.equal(settings.accountSid, connected.number.accountSid);
      assert.equal(settings.apiBaseUrl, connected.twilio.url);
      assert.equal(settings.channel.kind, "twilio");
      assert.ok(!JSON.stringify(settings).includes(connected.number.authToken));
    });

    test("say of the simulator's channel what it has", async () => {
      const { propertyId, channelId } = hotel;
      const settings = await client.getChannelSettings({ propertyId, channelId });
      assert.ok(settings.inboundUrl.includes(hotel.line.channelKey));
      assert.deepEqual([settings.accountSid, settings.apiBaseUrl], [null, null]);
      const change = { propertyId, channelId, version: settings.version };
      const authToken = randomBytes(16).toString("hex");
      const changed = client.updateChannel({ ...change, authToken });
      await assert.rejects(changed, refuses("channel.not_editable"));
    });

    test("say what the provider brought last, and what became of it", async () => {
      const fresh = newChannel();
      const { lastDelivery, inboundUrl } = await client.createChannel(fresh);
      assert.equal(lastDelivery, null);
      const { accountSid, authToken, address: number } = fresh;
      connected.twilio.own({ accountSid, authToken, number, inboundUrl });
      await connected.twilio.text("MARKETING", number, "Win a cruise");
      const { lastDelivery: first } = await client.getChannelSettings(fresh);
      assert.deepEqual([first?.state, first?.failure], ["failed", "sender_not_an_address"]);
      await connected.twilio.text(world.freeNumber(), number, "Hello");
      const { lastDelivery: second } = await client.getChannelSettings(fresh);
      assert.deepEqual([second?.state, second?.failure], ["processed", null]);
    });

    test("are made once, however often the call is made", async () => {
      const given = newChannel();
      const made = await client.createChannel(given);
      assert.deepEqual(await client.createChannel(given), made);
      const other = { ...given, address: freeAddress() };
      await assert.rejects(client.createChannel(other), refuses("entry.id_taken"));
    });

    test("are told to everybody who looks at the property", async () => {
      const following = await hotel.agent().follow();
      await client.createChannel(newChannel());
      const event = await following.until(({ type }) => type === "settings.changed");
      assert.ok(event);
    });

    test("take one form of a number, and none that cannot exist", async () => {
      const [written, formatted] = ["+1 (312) 555-0155", "+13125550155"];
      const { channel } = await client.createChannel(newChannel(written));
      assert.equal(channel.address, formatted);
      for (const address of ["12", "+999123", "front desk"]) {
        await assert.rejects(
          client.createChannel(newChannel(address)),
          refuses("channel.address_invalid"),
        );
      }
    });

    test("give a number to one channel of a tenant, and say nothing of another's", async () => {
      const address = freeAddress();
      const given = newChannel(address);
      await client.createChannel(given);
      const again = client.createChannel(newChannel(address));
      await assert.rejects(again, refuses("channel.address_taken"));
      const other = (await world.tenant(`Borealis ${engine.name}`)).hotel;
      const theirs = await other.agent("owner").client();
      assert.equal((await theirs.createChannel(newChannel(address, other))).channel.isActive, true);
      await client.endChannel({ propertyId: given.propertyId, channelId: given.channelId });
      assert.equal((await client.createChannel(newChannel(address))).channel.isActive, true);
    });

    test("are not for the demo: it never texts real people", async () => {
      const demo = (await world.tenant(`Demo ${engine.name}`, { kind: "demo" })).hotel;
      const owner = await demo.agent("owner").client();
      const connecting = owner.createChannel(newChannel(freeAddress(), demo));
      await assert.rejects(connecting, refuses("channel.demo_only"));
    });

    test("change in part, and by whoever saw them last", async () => {
      const given = newChannel();
      const { version } = await client.createChannel(given);
      const { propertyId, channelId } = given;
      const accountSid = mintSid("AC");
      const changed = await client.updateChannel({ propertyId, channelId, accountSid, version });
      assert.deepEqual([changed.accountSid, changed.version], [accountSid, version + 1]);
      const late = client.updateChannel({ propertyId, channelId, accountSid, version });
      await assert.rejects(late, refuses("version.conflict", { version: version + 1 }));
    });

    test("of a channel that has ended stay, and change no more", async () => {
      const given = newChannel();
      const { version, inboundUrl } = await client.createChannel(given);
      const { propertyId, channelId, accountSid, authToken, address: number } = given;
      connected.twilio.own({ accountSid, authToken, number, inboundUrl });
      await client.endChannel({ propertyId, channelId });
      await client.endChannel({ propertyId, channelId });
      const ended = await client.getChannelSettings({ propertyId, channelId });
      assert.deepEqual([ended.channel.isActive, ended.version], [false, version + 1]);
      const change = { propertyId, channelId, accountSid, version: ended.version };
      await assert.rejects(client.updateChannel(change), refuses("channel.not_editable"));
      const test = client.testChannel({ propertyId, channelId, to: world.freeNumber() });
      await assert.rejects(test, refuses("channel.ended"));
      const brought = await connected.twilio.text(world.freeNumber(), number, "Anybody there?");
      assert.equal(brought.status, 404);
    });

    test("of another property's channel are nobody's here", async () => {
      const hotels = ["Cassiopeia Grand", "Cassiopeia Beach"];
      const tenant = await world.tenant(`Cassiopeia ${engine.name}`, { hotels });
      const [here, there] = tenant.hotels as [Hotel, Hotel];
      const owner = await here.agent("owner").client();
      for (const { channelId } of [there, hotel]) {
        const nothing = { propertyId: here.propertyId, channelId };
        await assert.rejects(owner.getChannelSettings(nothing), refuses("resource.not_found"));
        await assert.rejects(owner.endChannel(nothing), refuses("resource.not_found"));
        const test = owner.testChannel({ ...nothing, to: world.freeNumber() });
        await assert.rejects(test, refuses("resource.not_found"));
      }
      const { propertyId, channelId } = there;
      const { channel } = await owner.getChannelSettings({ propertyId, channelId });
      assert.equal(channel.isActive, true);
    });

    test("are stored so that nobody reads the token in them", async () => {
      for (const { settings } of await world.peek("select settings from channel")) {
        assert.ok(settings instanceof Uint8Array);
        assert.ok(!Buffer.from(settings).includes(connected.number.authToken));
      }
    });
  });

  describe(`a channel that has ended, on ${engine.name}`, () => {
    let connected: ConnectedHotel;
    let client: Client;

    before(async () => {
      connected = await ConnectedHotel.open(engine);
      client = await connected.hotel.agent("administrator").client();
    });
    after(() => connected.close());

    test("is stood in for by the only other one, and by none of several", async () => {
      const { hotel, channelId } = connected;
      const { propertyId } = hotel;
      const [guest, other] = [await connected.guestWhoAsked(), await connected.guestWhoAsked()];
      const message = await connected.answer(guest);
      assert.ok(message);
      await client.endChannel({ propertyId, channelId });
      await connected.twilio.report(message, "delivered");
      assert.equal((await connected.lastAnswer(guest)).state, "delivered");
      await connected.answer(guest, "And the sauna until eleven.");
      assert.equal((await connected.lastAnswer(guest)).channelId, hotel.channelId);
      await client.createChannel(newChannelOf(hotel));
      await assert.rejects(hotel.reply(other, "Until ten tonight."), refuses("channel.ended"));
      assert.equal(connected.twilio.sentTo(guest.number).length, 1);
    });
  });

  describe(`a test of a channel, on ${engine.name}`, () => {
    let connected: ConnectedHotel;
    let client: Client;
    let mine: { readonly propertyId: string; readonly channelId: string };
    const own = "+13125550123";

    before(async () => {
      connected = await ConnectedHotel.open(engine);
      client = await connected.hotel.agent("administrator").client();
      mine = { propertyId: connected.hotel.propertyId, channelId: connected.channelId };
    });
    after(() => connected.close());

    const outcomeOf = async (to: string) => {
      const { outcome, failure, providerCode } = await client.testChannel({ ...mine, to });
      return [outcome, failure, providerCode];
    };

    test("says at once what came of it", async () => {
      const { twilio } = connected;
      assert.deepEqual(await outcomeOf("+1 (312) 555-0123"), ["sent", null, null]);
      assert.equal(twilio.sentTo(own).length, 1);
      twilio.refuse(own, 21610);
      assert.deepEqual(await outcomeOf(own), ["failed", "opted_out", "21610"]);
      twilio.refuse(own, undefined);
      twilio.fail("rate_limited");
      assert.deepEqual(await outcomeOf(own), ["failed", "carrier_unavailable", null]);
      twilio.fail("failed");
      assert.deepEqual(await outcomeOf(own), ["uncertain", null, null]);
      assert.equal(twilio.sentTo(own).length, 1, "a test was tried again");
    });

    test("takes no number that cannot exist", async () => {
      const invalid = client.testChannel({ ...mine, to: "front desk" });
      await assert.rejects(invalid, refuses("contact.address_invalid"));
    });

    test("goes to no guest who said STOP, and to none who is blocked", async () => {
      const { hotel, twilio, number, world } = connected;
      const [stopped, blocked] = [await connected.guestWhoAsked(), await connected.guestWhoAsked()];
      await twilio.text(stopped.number, number.number, "STOP");
      const { contactId } = await hotel.conversationWith(blocked);
      const supervisor = await hotel.agent("supervisor").client();
      await supervisor.blockContact({ propertyId: hotel.propertyId, contactId });
      await world.settle();
      await assert.rejects(outcomeOf(stopped.number), refuses("contact.opted_out"));
      await assert.rejects(outcomeOf(blocked.number), refuses("contact.blocked"));
      for (const guest of [stopped, blocked]) assert.deepEqual(twilio.sentTo(guest.number), []);
    });

    test("is reported of like any message, and that is of no conversation", async () => {
      const [message] = connected.twilio.sentTo(own);
      assert.ok(message);
      assert.equal((await connected.twilio.report(message, "delivered")).status, 200);
      const { lastDelivery } = await client.getChannelSettings(mine);
      assert.deepEqual([lastDelivery?.kind, lastDelivery?.state], ["status", "ignored"]);
    });

    test("is made so often in an hour and no more", async () => {
      const one = () => client.testChannel({ ...mine, to: own });
      for (let made = 4; made < 10; made += 1) await one();
      await assert.rejects(one(), refuses("channel.too_many_tests"));
      assert.equal(connected.twilio.sentTo(own).length, 7);
      await connected.world.advance(60 * minuteMs);
      assert.equal((await one()).outcome, "sent");
    });
  });
}

test("a channel says that no provider can reach an address of this machine", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const client = await hotel.agent("owner").client();
  const { propertyId, channelId } = hotel;
  const { reach, inboundUrl } = await client.getChannelSettings({ propertyId, channelId });
  assert.equal(reach, "loopback");
  assert.ok(inboundUrl.startsWith(`${world.url}/services/channels/`));
});
