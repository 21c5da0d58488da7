import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Message, OperationInput, operations } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import { png } from "../world/files.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { answersTo, guestWhoAsked, lastAnswerTo, report, waitOf } from "./answers.ts";
import { refuses } from "./refuses.ts";

type Reply = OperationInput<typeof operations.reply>;

for (const engine of primaryStores()) {
  describe(`an answer, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
    });
    after(() => world.close());

    test("brings pictures to the guest's phone, with words or without", async () => {
      const guest = await guestWhoAsked(hotel);
      const attachmentIds = [await upload(), await upload()];
      const { message, conversation } = await reply(guest, { text: "", attachmentIds });
      assert.deepEqual(
        message.attachments.map(({ id, state }) => [id, state]),
        attachmentIds.map((id) => [id, "ready"]),
      );
      assert.deepEqual([conversation.preview?.text, conversation.preview?.attachments], ["", 2]);
      await becomes(guest, "delivered");
      assert.deepEqual(picturesOn(guest), [2]);
    });

    test("that says nothing and brings nothing is none", async () => {
      const guest = await guestWhoAsked(hotel);
      for (const text of ["", " \n\t"]) {
        await assert.rejects(reply(guest, { text }), refuses("message.empty"));
      }
      assert.notEqual(await waitOf(guest), null);
    });

    test("brings nothing that is not there, is not theirs, or was brought before", async () => {
      const guest = await guestWhoAsked(hotel);
      const used = await upload();
      await reply(guest, { attachmentIds: [used] });
      const colleagues = await upload("supervisor");
      for (const id of [randomUUID(), used, colleagues]) {
        const refused = reply(guest, { attachmentIds: [id] });
        await assert.rejects(refused, refuses("attachment.not_ready"));
      }
      assert.equal((await answersTo(guest)).length, 1);
    });

    test("that is repeated with its pictures is one; with others it is refused", async () => {
      const guest = await guestWhoAsked(hotel);
      const [messageId, attachmentIds] = [randomUUID(), [await upload()]];
      const first = await reply(guest, { messageId, attachmentIds });
      const again = await reply(guest, { messageId, attachmentIds });
      assert.equal(again.message.id, first.message.id);
      const other = reply(guest, { messageId, attachmentIds: [await upload()] });
      await assert.rejects(other, refuses("entry.id_taken"));
      await becomes(guest, "delivered");
      assert.deepEqual(picturesOn(guest), [1]);
    });

    test("that failed brings its pictures again when it is said again", async () => {
      const guest = await guestWhoAsked(hotel);
      world.carrier.failNext("blocked");
      const { message } = await reply(guest, { text: "", attachmentIds: [await upload()] });
      await world.settle();
      const retried = await reply(guest, { text: "", retryOf: message.id });
      assert.equal(retried.message.attachments.length, 1);
      await becomes(guest, "delivered");
      assert.deepEqual(picturesOn(guest), [1]);
    });

    test("with a placeholder that nobody filled in stays, and says which", async () => {
      const guest = await guestWhoAsked(hotel);
      const refused = reply(guest, { text: "Your room {room} is ready, {first_name}." });
      const facts = { placeholder: "room" };
      await assert.rejects(refused, refuses("message.placeholder_unfilled", facts));
      await reply(guest, { text: "The code is {4711}, as in {curly} braces." });
      const { propertyId } = hotel;
      const field = { propertyId, fieldId: randomUUID(), name: "Late arrival?" } as const;
      await (await hotel.agent("owner").client()).createField({ ...field, kind: "yes_no" });
      const own = reply(guest, { text: "Until then: {late_arrival}" });
      await assert.rejects(own, refuses("message.placeholder_unfilled"));
    });

    test("beyond what the channel carries stays, and says how much that is", async () => {
      const guest = await guestWhoAsked(hotel);
      const facts = { textCharactersMax: 1_600 };
      const long = reply(guest, { text: "x".repeat(1_601) });
      await assert.rejects(long, refuses("message.too_long", facts));
    });

    test("to an address that is somebody else's now goes nowhere", async () => {
      const guest = await guestWhoAsked(hotel);
      const { contactId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const { propertyId } = hotel;
      const { contact } = await client.getContact({ propertyId, contactId });
      const addressId = contact.addresses[0]?.id ?? "";
      const before = await hotel.conversationWith(guest);
      await client.endContactAddress({ propertyId, contactId, addressId });
      const given = { messageId: randomUUID(), text: "Hello?", conversationId: before.id };
      await assert.rejects(client.reply(given), refuses("contact.address_left"));
    });

    test("that the carrier refuses because of a STOP that never came tells us of it", async () => {
      const guest = await guestWhoAsked(hotel);
      world.carrier.switchPhone(guest.number, { offline: true });
      const message = await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      await report(guest, message, "failed", 1, "opted_out");
      const { isOptedOut, waitingSince } = await hotel.conversationWith(guest);
      assert.deepEqual([isOptedOut, waitingSince], [true, null]);
      const last = (await hotel.timelineWith(guest)).at(-1);
      assert.deepEqual(last?.kind === "event" && last.event, "opted_out");
      await assert.rejects(hotel.reply(guest, "Hello?"), refuses("contact.opted_out"));
    });

    test("a picture that a guest sends is there with its words, and fetched after", async () => {
      const guest = hotel.guest();
      await textsPicture(guest, "Lamp broken");
      const [entry] = await hotel.timelineWith(guest);
      assert.ok(entry?.kind === "message");
      assert.equal(entry.text, "Lamp broken");
      assert.deepEqual(
        entry.attachments.map(({ state, mediaType }) => [state, mediaType]),
        [["ready", "image/png"]],
      );
      const { preview, waitingSince } = await hotel.conversationWith(guest);
      assert.equal(preview?.attachments, 1);
      assert.notEqual(waitingSince, null);
    });

    test("a picture that comes alone has no words, and whoever looks hears of it", async () => {
      const guest = await guestWhoAsked(hotel);
      const { id } = await hotel.conversationWith(guest);
      const following = await hotel.agent().follow(id);
      await textsPicture(guest, "");
      await following.until(
        (event) =>
          event.type === "conversation.changed" &&
          event.entries.some(
            (entry) => entry.kind === "message" && entry.attachments[0]?.state === "ready",
          ),
      );
    });

    test("a phone's “Liked an image” is on the newest picture that was sent", async () => {
      const guest = await guestWhoAsked(hotel);
      await reply(guest, { text: "Here", attachmentIds: [await upload()] });
      await reply(guest, { text: "Do you see it?" });
      await world.settle();
      await guest.texts("Liked an image");
      assert.deepEqual(
        (await answersTo(guest)).map(({ reaction }) => reaction),
        ["👍", null],
      );
    });

    test("a phone's own way of saying a reaction is understood", async () => {
      const guest = await guestWhoAsked(hotel);
      await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      const id = onPhone(guest)[0]?.id ?? "";
      world.carrier.react(guest.number, hotel.number, id, "like");
      await world.settle();
      assert.equal((await lastAnswerTo(guest)).reaction, "👍");
      world.carrier.react(guest.number, hotel.number, id, null);
      await world.settle();
      assert.equal((await lastAnswerTo(guest)).reaction, null);
    });

    async function upload(role: "agent" | "supervisor" = "agent"): Promise<string> {
      const { propertyId } = hotel;
      const attachmentId = randomUUID();
      const client = await hotel.agent(role).client();
      await client.uploadAttachment({ propertyId, attachmentId, name: "Map" }, png());
      return attachmentId;
    }

    async function reply(guest: Guest, given: Partial<Reply>) {
      const { id: conversationId } = await hotel.conversationWith(guest);
      const said = { conversationId, messageId: randomUUID(), text: "Until ten tonight." };
      return (await hotel.agent().client()).reply({ ...said, ...given });
    }

    async function textsPicture(guest: Guest, text: string): Promise<void> {
      const uploads = [world.carrier.upload(png()).id];
      world.carrier.text(guest.number, hotel.number, text, { uploads });
      await world.settle();
    }

    /** The carrier fetches pictures in its own time before it hands a message on. */
    async function becomes(guest: Guest, state: Message["state"]): Promise<void> {
      for (let asked = 0; (await lastAnswerTo(guest)).state !== state; asked += 1) {
        assert.ok(asked < 1_000, `the answer did not become ${state}`);
        await world.settle();
      }
    }

    /** How many pictures each of the hotel's messages on a phone brought. */
    function picturesOn(guest: Guest): number[] {
      return onPhone(guest).map(({ media }) => media.length);
    }

    /** The hotel's messages as a phone shows them. */
    function onPhone({ number: guest }: Guest) {
      const { messages } = world.carrier.snapshot({ guest, hotel: hotel.number });
      return messages.filter(({ own }) => !own);
    }
  });
}
