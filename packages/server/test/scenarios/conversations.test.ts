import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Refused } from "@foyer/client";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

for (const engine of primaryStores()) {
  describe(`a conversation at the front desk, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
    });
    after(() => world.close());

    test("begins with a guest's text: the guest waits, everybody has something unread", async () => {
      const house = await emptyHouse();
      const before = world.clock.now();
      await house.guest().texts("Is there a late checkout?");
      await world.advance(60_000);
      for (const role of ["agent", "supervisor"] as const) {
        const client = await house.agent(role).client();
        const counts = await client.countConversations({ propertyId: house.propertyId });
        const one = { total: 1, waiting: 1, unread: 1 };
        assert.partialDeepStrictEqual([counts.all, counts.unassigned], [one, one]);
        const { items } = await client.listConversations({
          propertyId: house.propertyId,
          view: "unassigned",
        });
        assert.equal(items[0]?.waitingSince, new Date(before).toISOString());
        assert.equal(items[0]?.isUnread, true);
        assert.equal(items[0]?.preview?.text, "Is there a late checkout?");
      }
    });

    test("is claimed by who answers first; nobody waits any more", async () => {
      const house = await emptyHouse();
      const guest = house.guest();
      await guest.texts("Is there a late checkout?");
      await house.reply(guest, "Until noon, gladly.");
      const conversation = await house.conversationWith(guest);
      assert.deepEqual(conversation.assignee, { agentId: house.agent().id });
      assert.equal(conversation.waitingSince, null);
      const client = await house.agent().client();
      const counts = await client.countConversations({ propertyId: house.propertyId });
      assert.partialDeepStrictEqual(counts.mine, { total: 1, waiting: 0, unread: 0 });
      assert.equal(counts.unassigned.total, 0);
      const others = await house.agent("supervisor").client();
      const theirs = await others.countConversations({ propertyId: house.propertyId });
      assert.partialDeepStrictEqual(theirs.all, { total: 1, waiting: 0, unread: 1 });
    });

    test("keeps the guest waiting through notes and assignments", async () => {
      const guest = hotel.guest();
      await guest.texts("Is there a late checkout?");
      const { id: conversationId, waitingSince } = await hotel.conversationWith(guest);
      await world.advance(1_000);
      const client = await hotel.agent().client();
      await client.addNote({ conversationId, noteId: randomUUID(), text: "Ask Mia, she knows." });
      await client.assign({ conversationId, assignee: { teamId: hotel.teamId } });
      await guest.texts("Hello?");
      assert.equal((await hotel.conversationWith(guest)).waitingSince, waitingSince);
    });

    test("that is closed leaves the list, and comes back when the guest writes again", async () => {
      const guest = hotel.guest();
      await guest.texts("Thank you, bye!");
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const closed = await client.close({ conversationId });
      assert.deepEqual(
        [closed.conversation.state, closed.conversation.waitingSince],
        ["closed", null],
      );
      const again = await client.close({ conversationId });
      assert.equal(again.conversation.version, closed.conversation.version);
      await guest.texts("I forgot my umbrella.");
      const conversation = await hotel.conversationWith(guest);
      assert.equal(conversation.id, conversationId);
      assert.equal(conversation.state, "open");
      assert.notEqual(conversation.waitingSince, null);
      const events = (await hotel.timelineWith(guest)).map((entry) =>
        entry.kind === "event" ? entry.event : entry.kind,
      );
      assert.deepEqual(events.slice(-3), ["closed", "reopened", "message"]);
    });

    test("belongs to an agent or to a team, never to both", async () => {
      const guest = hotel.guest();
      await guest.texts("Is there a late checkout?");
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const { id: agentId } = hotel.agent("supervisor");
      for (const assignee of [{ agentId }, { teamId: hotel.teamId }, { agentId }, null]) {
        const { conversation } = await client.assign({ conversationId, assignee });
        assert.deepEqual(conversation.assignee, assignee);
      }
      const both = { agentId, teamId: hotel.teamId };
      await assert.rejects(client.assign({ conversationId, assignee: both }), /request.invalid/);
    });

    test("is not given to who does not work here", async () => {
      const guest = hotel.guest();
      await guest.texts("Is there a late checkout?");
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const nobody = { agentId: randomUUID() };
      await assert.rejects(
        client.assign({ conversationId, assignee: nobody }),
        /assignment.impossible/,
      );
    });

    test("that somebody else has just handed on is not handed on by mistake", async () => {
      const guest = hotel.guest();
      await guest.texts("Is there a late checkout?");
      const { id: conversationId, version } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const team = { teamId: hotel.teamId };
      await client.assign({ conversationId, assignee: team, version });
      const late = client.assign({ conversationId, assignee: null, version });
      await assert.rejects(late, /version.conflict/);
      assert.deepEqual((await hotel.conversationWith(guest)).assignee, team);
    });

    test("takes the same answer once, however often it is posted", async () => {
      const guest = hotel.guest();
      await guest.texts("Is there a late checkout?");
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const given = { conversationId, messageId: randomUUID(), text: "Until noon, gladly." };
      const answers = await Promise.all(Array.from({ length: 6 }, () => client.reply(given)));
      for (const { message } of answers) assert.equal(message.id, given.messageId);
      await world.settle();
      await client.reply(given);
      await world.settle();
      assert.deepEqual(guest.received, ["Until noon, gladly."]);
      const messages = (await hotel.timelineWith(guest)).filter(({ kind }) => kind === "message");
      assert.equal(messages.length, 2);
    });

    test("shares no message's id with another, though both are posted at once", async () => {
      const guests = [hotel.guest(), hotel.guest()];
      for (const guest of guests) await guest.texts("Is there a late checkout?");
      const client = await hotel.agent().client();
      const messageId = randomUUID();
      const outcomes = await Promise.allSettled(
        guests.map(async (guest) => {
          const { id: conversationId } = await hotel.conversationWith(guest);
          return client.reply({ conversationId, messageId, text: "Until noon, gladly." });
        }),
      );
      const refused = outcomes.filter(({ status }) => status === "rejected");
      assert.equal(refused.length, 1);
      assert.match(
        String(refused[0]?.status === "rejected" && refused[0].reason),
        /entry.id_taken/,
      );
      await world.settle();
      assert.equal(guests.flatMap(({ received }) => received).length, 1);
    });

    test("takes the same note once, and no other under its id", async () => {
      const guest = hotel.guest();
      await guest.texts("Is there a late checkout?");
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const noteId = randomUUID();
      const note = { conversationId, noteId, text: "Regular guest" };
      const { note: made } = await client.addNote(note);
      assert.deepEqual((await client.addNote(note)).note, made);
      const supervisor = await hotel.agent("supervisor").client();
      const others = [
        () => client.addNote({ ...note, text: "Something else" }),
        () => client.reply({ conversationId, messageId: noteId, text: "Regular guest" }),
        () => supervisor.addNote(note),
      ];
      for (const other of others) await assert.rejects(other, /entry.id_taken/);
      const notes = (await hotel.timelineWith(guest)).filter(({ kind }) => kind === "note");
      assert.deepEqual(notes, [made]);
    });

    test("keeps its positions gapless while guests and agents all write at once", async () => {
      const guest = hotel.guest();
      await guest.texts("First of all");
      const { id: conversationId } = await hotel.conversationWith(guest);
      const people = [hotel.agent(), hotel.agent("supervisor"), hotel.agent("owner")];
      const clients = await Promise.all(people.map((agent) => agent.client()));
      const rounds = Array.from({ length: 8 }, (_, round) => round);
      const writing = rounds.flatMap((round) => [
        hotel.post({ body: JSON.stringify(hotel.received(guest, `Inbound ${round}`)) }),
        ...clients.map((client) =>
          client.reply({ conversationId, messageId: randomUUID(), text: `Answer ${round}` }),
        ),
        ...clients.map((client) =>
          client.addNote({ conversationId, noteId: randomUUID(), text: `Note ${round}` }),
        ),
      ]);
      const outcomes = await Promise.allSettled(writing);
      const failed = outcomes.filter(({ status }) => status === "rejected");
      assert.deepEqual(failed, []);
      await world.settle();
      const entries = await hotel.timelineWith(guest);
      const expected = entries.map((_, index) => index + 1);
      assert.deepEqual(
        entries.map(({ position }) => position),
        expected,
      );
      const said = entries.filter(({ kind }) => kind !== "event");
      assert.equal(said.length, 1 + rounds.length * 7);
      assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
      const conversation = await hotel.conversationWith(guest);
      assert.equal(conversation.lastPosition, entries.length);
    });

    test("is one, though the guest's first texts come all at once", async () => {
      const guest = hotel.guest();
      const posts = Array.from({ length: 8 }, (_, index) =>
        hotel.post({ body: JSON.stringify(hotel.received(guest, `Text ${index}`)) }),
      );
      for (const answer of await Promise.all(posts)) assert.equal(answer.status, 200);
      await world.settle();
      const entries = await hotel.timelineWith(guest);
      assert.equal(entries.length, 8);
      const { items } = await (await hotel.agent("supervisor").client()).listDeliveries({
        propertyId: hotel.propertyId,
        state: "failed",
      });
      assert.deepEqual(items, []);
    });

    test("is read by each agent alone, and never unread again by itself", async () => {
      const guest = hotel.guest();
      await guest.texts("One");
      await guest.texts("Two");
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const isUnread = async () =>
        (await client.getConversation({ conversationId })).conversation.isUnread;
      await client.markRead({ conversationId, position: 1 });
      assert.equal(await isUnread(), true);
      await client.markRead({ conversationId, position: 1_000_000 });
      assert.equal(await isUnread(), false);
      await client.markRead({ conversationId, position: 0 });
      assert.equal(await isUnread(), false);
      assert.equal((await hotel.conversationWith(guest)).isUnread, true);
      await guest.texts("Three");
      assert.equal(await isUnread(), true);
    });

    test("with an agent who may only read is read and nothing else", async () => {
      const guest = hotel.guest();
      await guest.texts("Hello");
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent("read_only").client();
      await client.getTimeline({ conversationId });
      const answer = await client
        .reply({ conversationId, messageId: randomUUID(), text: "No" })
        .catch((error: unknown) => error);
      assert.ok(answer instanceof Refused);
      assert.equal(answer.problem.code, "right.missing");
    });

    async function emptyHouse(): Promise<Hotel> {
      return (await world.tenant(`House ${randomUUID().slice(0, 8)}`)).hotel;
    }
  });
}
