import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import type { Conversation, ConversationId, StreamEvent, TimelineEntry } from "@foyer/contract";
import fc from "fast-check";
import { tidy } from "../../src/main/housekeeping.ts";
import type { Followed } from "../world/following.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { assertKnows, assertNew, only, Screen } from "./screen.ts";

const dayMs = 24 * 60 * 60_000;
interface Act {
  readonly who: number;
  readonly what: string;
  readonly isCutBefore: boolean;
  readonly isSettled: boolean;
}

const runs = 3 * Number(process.env["FOYER_TEST_LOOPS"] ?? "5");

describe("a stream that was cut", () => {
  let world: World;
  let hotel: Hotel;
  let client: Client;

  before(async () => {
    world = await World.open();
    ({ hotel } = await world.tenant("Aurora"));
    client = await hotel.agent().client();
  });
  after(() => world.close());

  test("goes on at every event where it was, and loses and doubles nothing", async () => {
    const guests = [hotel.guest(), hotel.guest()];
    for (const guest of guests) await guest.texts("Hello there");
    const ids = await Promise.all(guests.map((guest) => idOf(guest)));
    const { cursor } = await client.countConversations({ propertyId: hotel.propertyId });
    const whole = await hotel.agent().followFrom(cursor, ...ids);
    for (const guest of guests) {
      await guest.texts("Is the pool open?");
      await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      await whole.caughtUp(await headOf());
    }
    await whole.cut();
    assert.ok(whole.followed.length > 6);
    await assertBearsCuts(whole.followed, cursor, ids);
  });

  test("in the middle of a page of changes brings that page again", async () => {
    const guests = [hotel.guest(), hotel.guest(), hotel.guest()];
    for (const guest of guests) await guest.texts("Hello there");
    const ids = await Promise.all(guests.map((guest) => idOf(guest)));
    const cursor = await headOf();
    for (const guest of guests) await guest.texts("Is the pool open?");
    const whole = await hotel.agent().followFrom(cursor, ...ids);
    await whole.caughtUp(await headOf());
    await whole.cut();
    const told = whole.events.filter(({ type }) => type === "conversation.changed");
    assert.equal(told.length, guests.length);
    await assertBearsCuts(whole.followed, cursor, ids);
  });

  test("at any moments, whatever happens meanwhile, ends with what is true", async () => {
    const act = fc.record({
      who: fc.nat(1),
      what: fc.constantFrom("texts", "reply", "note", "close", "assign"),
      isCutBefore: fc.boolean(),
      isSettled: fc.boolean(),
    });
    const property = fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 10 }), live);
    await fc.assert(property, { numRuns: runs, endOnFailure: true });
  });

  test("prefers what the browser saw last over what the page was opened with", async () => {
    const guest = hotel.guest();
    await guest.texts("Hello there");
    const old = await headOf();
    await guest.texts("Is the pool open?");
    const newest = await headOf();
    const { propertyId } = hotel;
    const following = await hotel.agent().browser.follow({ propertyId, cursor: old }, newest);
    world.keep(following);
    await guest.texts("And the sauna?");
    await following.caughtUp(await headOf());
    const told = following.events.filter(({ type }) => type === "conversation.changed");
    assert.equal(told.length, 1);
  });

  test("is told to read anew past the retention, and where its cursor makes no sense", async () => {
    const guest = hotel.guest();
    await guest.texts("Hello there");
    const old = await headOf();
    await guest.texts("Is the pool open?");
    for (const cursor of ["f1-zzzzzz", "f2-1", "nothing"]) {
      assert.deepEqual(await wholeStream(cursor), [{ type: "read_anew" }], cursor);
    }
    await world.advance(8 * dayMs);
    await tidy(world.assembly);
    client = await hotel.agent().signIn();
    await hotel.agent("supervisor").signIn();
    assert.deepEqual(await wholeStream(old), [{ type: "read_anew" }]);
    const fresh = await hotel.agent().follow();
    await guest.texts("I am back");
    await fresh.caughtUp(await headOf());
  });

  test("that stands at the end hears nothing, and then the next thing only", async () => {
    const guest = hotel.guest();
    await guest.texts("Hello there");
    const following = await hotel.agent().follow(await idOf(guest));
    await following.until(({ type }) => type === "presence");
    assert.equal(following.events.length, 1);
    await guest.texts("Is the pool open?");
    await following.caughtUp(await headOf());
    const [, changed] = following.events;
    assert.equal(changed?.type, "conversation.changed");
    assert.deepEqual(
      changed.entries.map((entry) => entry.kind === "message" && entry.text),
      ["Is the pool open?"],
    );
  });

  test("shows entries of the conversations that are open, and of no others", async () => {
    const [open, other] = [hotel.guest(), hotel.guest()];
    for (const guest of [open, other]) await guest.texts("Hello there");
    const id = await idOf(open);
    const following = await hotel.agent().follow(id);
    for (const guest of [open, other]) await guest.texts("Is the pool open?");
    await following.caughtUp(await headOf());
    const changes = following.events.filter((event) => event.type === "conversation.changed");
    for (const { conversation, entries } of changes) {
      assert.equal(entries.length > 0, conversation.id === id);
    }
    assert.equal(new Set(changes.map(({ conversation }) => conversation.id)).size, 2);
  });

  /** Cuts a stream after each of its events, opens it again, and looks at what is known then. */
  async function assertBearsCuts(
    whole: readonly Followed[],
    cursor: string,
    ids: readonly ConversationId[],
  ): Promise<void> {
    const truth = await whatStands(ids);
    for (let cutAfter = 0; cutAfter <= whole.length; cutAfter += 1) {
      const screen = new Screen(cursor);
      for (const followed of whole.slice(0, cutAfter)) screen.take(followed);
      const isBehind = screen.cursor !== (await headOf());
      const resumed = await resume(screen, ids, isBehind);
      assertKnows(screen, truth, `cut after event ${cutAfter}`);
      const isPageOver = whole[cutAfter - 1]?.event.type === "caught_up";
      if (isPageOver) assertNew(whole.slice(0, cutAfter), resumed);
    }
  }

  /** Lives through acts with a screen that is cut off now and then; it must know all in the end. */
  async function live(acts: readonly Act[]): Promise<void> {
    const guests = [hotel.guest(), hotel.guest()];
    for (const guest of guests) await guest.texts("Hello there");
    const ids = await Promise.all(guests.map((guest) => idOf(guest)));
    const screen = new Screen(await headOf());
    let following = await hotel.agent().followFrom(screen.cursor, ...ids);
    const cutOff = async () => {
      await following.cut();
      for (const followed of following.followed) screen.take(followed);
    };
    for (const { who, what, isCutBefore, isSettled } of acts) {
      if (isCutBefore) {
        await cutOff();
        following = await hotel.agent().followFrom(screen.cursor, ...ids);
      }
      await happen(what, guests[who] ?? hotel.guest(), ids[who] ?? "");
      if (isSettled) await world.settle();
    }
    await world.settle();
    await cutOff();
    if (screen.cursor !== (await headOf())) await resume(screen, ids, true);
    const touched = acts.map(({ who }) => ids[who]);
    assertKnows(screen, only(await whatStands(ids), touched), "after all");
  }

  async function wholeStream(cursor: string): Promise<readonly StreamEvent[]> {
    const following = await hotel.agent().followFrom(cursor);
    await following.ended();
    return following.events;
  }

  async function headOf(): Promise<string> {
    const { cursor } = await client.countConversations({ propertyId: hotel.propertyId });
    return cursor;
  }

  async function idOf(guest: Guest): Promise<ConversationId> {
    return (await hotel.conversationWith(guest, hotel.agent())).id;
  }

  /** Opens the stream again where a screen stands, and lets it read to the end. */
  async function resume(screen: Screen, ids: readonly ConversationId[], isBehind: boolean) {
    const following = await hotel.agent().followFrom(screen.cursor, ...ids);
    if (isBehind) await following.caughtUp(await headOf());
    else await following.until(({ type }) => type === "presence");
    await following.cut();
    for (const followed of following.followed) screen.take(followed);
    return following.followed;
  }

  async function happen(what: string, guest: Guest, conversationId: string): Promise<void> {
    if (what === "texts") return guest.sends("Is the pool open?");
    if (what === "reply") {
      await client.reply({ conversationId, messageId: randomUUID(), text: "Until ten tonight." });
    } else if (what === "note") {
      await client.addNote({ conversationId, noteId: randomUUID(), text: "Pool closes at ten" });
    } else if (what === "close") await client.close({ conversationId });
    else await client.assign({ conversationId, assignee: { teamId: hotel.teamId } });
  }

  async function whatStands(ids: readonly ConversationId[]) {
    const conversations: Conversation[] = [];
    const entries: TimelineEntry[] = [];
    for (const conversationId of ids) {
      conversations.push((await client.getConversation({ conversationId })).conversation);
      const timeline = await client.getTimeline({ conversationId, limit: 100 });
      entries.push(...timeline.items.slice(1));
    }
    return { conversations, entries };
  }
});
