import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { guestWhoAsked, storyOf, waitOf } from "./answers.ts";

const minuteMs = 60_000;

for (const engine of primaryStores()) {
  describe(`a guest who waits, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
    });
    after(() => world.close());

    test("waits from the first text that nobody answered, whoever reads it", async () => {
      const guest = await guestWhoAsked(hotel);
      const since = await waitOf(guest);
      await world.advance(minuteMs);
      await guest.texts("Hello?");
      const { id: conversationId, lastPosition: position } = await hotel.conversationWith(guest);
      for (const agent of hotel.agents) {
        await (await agent.client()).markRead({ conversationId, position });
      }
      assert.equal(await waitOf(guest), since);
    });

    test("waits no longer once somebody says that no answer is needed, and who did stands there", async () => {
      const guest = await guestWhoAsked(hotel);
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const { conversation } = await client.noAnswerNeeded({ conversationId });
      assert.deepEqual([conversation.waitingSince, conversation.state], [null, "open"]);
      const last = (await hotel.timelineWith(guest)).at(-1);
      assert.ok(last?.kind === "event");
      assert.deepEqual([last.event, last.agentId], ["no_answer_needed", hotel.agent().id]);
    });

    test("who does not wait needs no answer twice", async () => {
      const guest = await guestWhoAsked(hotel);
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const first = await client.noAnswerNeeded({ conversationId });
      const second = await client.noAnswerNeeded({ conversationId });
      assert.deepEqual(second, first);
    });

    test("waits again with the next text", async () => {
      const guest = await guestWhoAsked(hotel);
      const { id: conversationId } = await hotel.conversationWith(guest);
      await (await hotel.agent().client()).noAnswerNeeded({ conversationId });
      await world.advance(minuteMs);
      await guest.texts("One more thing");
      assert.equal(await waitOf(guest), new Date(world.clock.now()).toISOString());
    });

    test("is answered in a closed conversation by who opens and takes it with that", async () => {
      const guest = await guestWhoAsked(hotel);
      const { id: conversationId } = await hotel.conversationWith(guest);
      await (await hotel.agent("supervisor").client()).close({ conversationId });
      await hotel.reply(guest, "One more thing from us.");
      const { state, assignee } = await hotel.conversationWith(guest);
      assert.deepEqual([state, assignee], ["open", { agentId: hotel.agent().id }]);
      const story = (await storyOf(guest)).slice(-4);
      assert.deepEqual(story, ["closed", "reopened", "assigned", "outbound message"]);
    });
  });
}
