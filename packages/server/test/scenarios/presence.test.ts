import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import type { ConversationId, StreamEvent } from "@foyer/contract";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

describe("who looks and who types", () => {
  let world: World;
  let hotel: Hotel;
  let client: Client;

  before(async () => {
    world = await World.open();
    ({ hotel } = await world.tenant("Aurora"));
    client = await hotel.agent().client();
  });
  after(() => world.close());

  test("is told while it lasts, to those who have it open", async () => {
    const guest = hotel.guest();
    await guest.texts("Hello there");
    const conversationId = (await hotel.conversationWith(guest)).id;
    const watching = await hotel.agent("supervisor").follow(conversationId);
    const elsewhere = await hotel.agent("owner").follow();
    const agentId = hotel.agent().id;
    await client.setPresence({ conversationId, activity: "typing_message" });
    await watching.until((event) => isTyping(event, agentId, "message"));
    await client.setPresence({ conversationId, activity: "typing_note" });
    await watching.until((event) => isTyping(event, agentId, "note"));
    await client.setPresence({ conversationId, activity: "left" });
    const isGone = (event: StreamEvent) =>
      event.type === "presence" && event.viewing.length === 0 && watching.events.length > 3;
    await watching.until(isGone);
    await guest.texts("Is the pool open?");
    const { cursor } = await client.countConversations({ propertyId: hotel.propertyId });
    await elsewhere.caughtUp(cursor);
    assert.ok(elsewhere.events.every(({ type }) => type !== "presence"));
  });

  test("forgets who looked when they say nothing more, and never tells of oneself", async () => {
    const guest = hotel.guest();
    await guest.texts("Hello there");
    const conversationId = (await hotel.conversationWith(guest)).id;
    await client.setPresence({ conversationId, activity: "typing_message" });
    assert.deepEqual(await presenceNow(conversationId, "supervisor"), {
      viewing: [hotel.agent().id],
      typing: [{ agentId: hotel.agent().id, kind: "message" }],
    });
    assert.deepEqual(await presenceNow(conversationId, "agent"), { viewing: [], typing: [] });
    await world.advance(6_000);
    assert.deepEqual(await presenceNow(conversationId, "supervisor"), {
      viewing: [hotel.agent().id],
      typing: [],
    });
    await world.advance(39_000);
    assert.deepEqual(await presenceNow(conversationId, "supervisor"), { viewing: [], typing: [] });
  });

  async function presenceNow(conversationId: ConversationId, role: "agent" | "supervisor") {
    const following = await hotel.agent(role).follow(conversationId);
    const event = await following.until(({ type }) => type === "presence");
    await following.cut();
    assert.equal(event.type, "presence");
    const { viewing, typing } = event;
    return { viewing, typing };
  }
});

function isTyping(event: StreamEvent, agentId: string, kind: "message" | "note"): boolean {
  if (event.type !== "presence") return false;
  return event.typing.some((sign) => sign.agentId === agentId && sign.kind === kind);
}
