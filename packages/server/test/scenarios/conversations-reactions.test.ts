import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { primaryStores } from "../engines.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { answersTo, guestWhoAsked, storyOf, waitOf } from "./answers.ts";

for (const engine of primaryStores()) {
  describe(`a reaction that a phone says in words, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
    });
    after(() => world.close());

    test("is put on the message that it quotes, and nobody waits for it", async () => {
      const guest = await answeredGuest("Until ten tonight.", "The sauna, too.");
      const before = await hotel.conversationWith(guest);
      await guest.texts("Liked “Until ten tonight.”");
      assert.deepEqual(await reactionsTo(guest), ["👍", null]);
      const after = await hotel.conversationWith(guest);
      assert.equal(after.waitingSince, null);
      assert.equal(after.lastPosition, before.lastPosition);
      assert.equal(after.preview?.text, "The sauna, too.");
    });

    test("is another with the next one, and none once it was taken off", async () => {
      const guest = await answeredGuest("Until ten tonight.");
      await guest.texts("Loved “Until ten tonight.”");
      assert.deepEqual(await reactionsTo(guest), ["❤️"]);
      await guest.texts("Reacted 🎉 to “Until ten tonight.”");
      assert.deepEqual(await reactionsTo(guest), ["🎉"]);
      await guest.texts("Removed 🎉 from “Until ten tonight.”");
      assert.deepEqual(await reactionsTo(guest), [null]);
    });

    test("opens no closed conversation", async () => {
      const guest = await answeredGuest("Until ten tonight.");
      const { id: conversationId } = await hotel.conversationWith(guest);
      await (await hotel.agent().client()).close({ conversationId });
      await guest.texts("👍 to “Until ten tonight.”");
      assert.equal((await hotel.conversationWith(guest)).state, "closed");
      assert.deepEqual(await reactionsTo(guest), ["👍"]);
    });

    test("is on the newest message that says so, whole or cut", async () => {
      const long = "The pool is open until ten tonight, and the sauna until eleven.";
      const guest = await answeredGuest("Yes.", long, "Yes.");
      await guest.texts("Laughed at “Yes.”");
      await guest.texts("Emphasized “The pool is open until…”");
      assert.deepEqual(await reactionsTo(guest), [null, "‼️", "😂"]);
    });

    test("to what was never said here is a text like any other", async () => {
      const guest = await answeredGuest("Until ten tonight.");
      await guest.texts("Liked “Until eleven tonight.”");
      assert.deepEqual(await reactionsTo(guest), [null]);
      assert.notEqual(await waitOf(guest), null);
      assert.equal((await storyOf(guest)).at(-1), "inbound message");
    });

    test("to what the guest said themselves is a text like any other", async () => {
      const guest = await guestWhoAsked(hotel);
      await guest.texts("Questioned “Is the pool still open tonight?”");
      assert.deepEqual(await storyOf(guest), ["inbound message", "inbound message"]);
    });

    test("to a picture is a text where no picture was sent", async () => {
      const guest = await answeredGuest("Until ten tonight.");
      await guest.texts("Liked an image");
      assert.deepEqual(await reactionsTo(guest), [null]);
      assert.notEqual(await waitOf(guest), null);
    });

    test("is told to whoever has the conversation open", async () => {
      const guest = await answeredGuest("Until ten tonight.");
      const { id } = await hotel.conversationWith(guest);
      const following = await hotel.agent().follow(id);
      await guest.texts("Liked “Until ten tonight.”");
      await following.until(
        (event) =>
          event.type === "conversation.changed" &&
          event.entries.some((entry) => entry.kind === "message" && entry.reaction === "👍"),
      );
    });

    async function answeredGuest(...texts: readonly string[]): Promise<Guest> {
      const guest = await guestWhoAsked(hotel);
      for (const text of texts) await hotel.reply(guest, text);
      await world.settle();
      return guest;
    }

    async function reactionsTo(guest: Guest) {
      return (await answersTo(guest)).map(({ reaction }) => reaction);
    }
  });
}
