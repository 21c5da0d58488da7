import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { ContactId, FieldPurpose, SearchHit } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

for (const engine of primaryStores()) {
  describe(`looking for a guest, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;
    let sister: Hotel;

    before(async () => {
      world = await World.open({ engine });
      const { hotels } = await world.tenant("Aurora", { hotels: ["Grand", "Beach"] });
      [hotel, sister] = hotels as [Hotel, Hotel];
    });
    after(() => world.close());

    test("finds who lives in the room, at the house where it is, and as long as it is theirs", async () => {
      const guest = await writing("Good evening");
      await hold(guest.contactId, "room", "412");
      assert.deepEqual(await found("412"), [guest.contactId]);
      assert.deepEqual(await found("41"), []);
      await sister.guest().texts("Good evening");
      assert.deepEqual(await found("412", sister), []);
      await hold(guest.contactId, "room", "318");
      assert.deepEqual([await found("412"), await found("318")], [[], [guest.contactId]]);
    });

    test("finds one guest at two houses, each by what that house knows", async () => {
      const guest = await writing("Good evening");
      world.carrier.text(guest.phone.number, sister.number, "Good morning");
      await world.settle();
      await hold(guest.contactId, "title", "Baroness");
      await hold(guest.contactId, "title", "Captain", sister);
      assert.deepEqual([await found("baroness"), await found("captain")], [[guest.contactId], []]);
      const there = [await found("baroness", sister), await found("captain", sister)];
      assert.deepEqual(there, [[], [guest.contactId]]);
    });

    test("finds by a label, and by its new name once it has one", async () => {
      const guest = await writing("Good evening");
      const owner = await hotel.agent("owner").client();
      const { propertyId } = hotel;
      const at = { propertyId, labelId: randomUUID() };
      const { label } = await owner.createLabel({ ...at, name: "Honeymoon", colour: "red" });
      await owner.addContactLabel({ ...at, contactId: guest.contactId });
      await world.settle();
      assert.deepEqual(await found("honeymoon"), [guest.contactId]);
      await owner.updateLabel({ ...at, name: "Silver wedding", version: label.version });
      await world.settle();
      const names = [await found("honeymoon"), await found("silver")];
      assert.deepEqual(names, [[], [guest.contactId]]);
      await owner.endLabel(at);
      assert.deepEqual(await found("silver"), []);
    });

    test("shows a number as people write it, all of it", async () => {
      const guest = await writing("Good evening");
      const digits = guest.phone.number.slice(-6);
      const [hit] = await search(digits);
      assert.equal(hit?.kind, "contact");
      assert.match(hit.excerpt, /^\+44 7700 900\d{3}$/);
      assert.deepEqual(hit.ranges, [{ from: 0, to: hit.excerpt.length }]);
    });

    test("finds a message by its guest's name and one of its words", async () => {
      const lind = await writing("Two more towels please", "Where is the sauna?");
      await rename(lind.contactId, "Ingrid Lind");
      const other = await writing("Towels, too");
      await rename(other.contactId, "Jo Mercer");
      for (const query of ["Lind towels", "towels lind", "ingrid lind tow", "lind “two more”"]) {
        assert.deepEqual(await said(query), ["Two more towels please"], query);
      }
      assert.deepEqual(await said("lind pillows"), []);
      const { number } = lind.phone;
      assert.deepEqual(await said(`${number.slice(-6)} sauna`), ["Where is the sauna?"]);
      await hold(lind.contactId, "room", "1204");
      assert.deepEqual(await said("1204 sauna"), ["Where is the sauna?"]);
    });

    test("shows a guest whom all the words find, and not all that was ever said with them", async () => {
      const guest = await writing("One", "Two", "Three");
      await rename(guest.contactId, "Zoe Quartermain");
      const hits = await search("zoe quartermain");
      assert.deepEqual(
        hits.map(({ kind, entryId }) => [kind, entryId]),
        [["contact", null]],
      );
    });

    test("says what it did not look for, and what would find more", async () => {
      const client = await hotel.agent().client();
      const { propertyId } = hotel;
      const remark = async (query: string) => {
        const { ignored, shortfall } = await client.search({ propertyId, query });
        return [ignored, shortfall];
      };
      assert.deepEqual(await remark("where is the sauna"), [["where", "is", "the"], null]);
      assert.deepEqual(await remark("the"), [[], "only_common_words"]);
      assert.deepEqual(await remark("sa"), [[], "too_short"]);
      assert.deepEqual(await remark("?!"), [[], "no_words"]);
    });

    async function writing(...texts: readonly string[]) {
      const phone: Guest = hotel.guest();
      for (const text of texts) await phone.texts(text);
      const { contactId } = await hotel.conversationWith(phone);
      return { phone, contactId };
    }

    async function hold(
      contactId: ContactId,
      purpose: FieldPurpose,
      value: string,
      { propertyId } = hotel,
    ) {
      const client = await hotel.agent("owner").client();
      const { items } = await client.listFields({ propertyId });
      const fieldId = items.find((field) => field.purpose === purpose)?.id;
      assert.ok(fieldId);
      await client.setContactField({ propertyId, contactId, fieldId, value });
      await world.settle();
    }

    async function rename(contactId: ContactId, name: string) {
      const client = await hotel.agent().client();
      const at = { propertyId: hotel.propertyId, contactId };
      const { contact } = await client.getContact(at);
      await client.updateContact({ ...at, name, version: contact.version });
      await world.settle();
    }

    async function search(query: string, { propertyId } = hotel): Promise<readonly SearchHit[]> {
      const client = await hotel.agent("owner").client();
      return (await client.search({ propertyId, query })).hits;
    }

    /** Whom it finds. */
    async function found(query: string, at = hotel): Promise<readonly ContactId[]> {
      const hits = await search(query, at);
      return hits.flatMap(({ kind, conversation }) =>
        kind === "contact" ? [conversation.contactId] : [],
      );
    }

    /** Which messages it finds. */
    async function said(query: string): Promise<readonly string[]> {
      return (await search(query)).flatMap(({ entryId, excerpt }) => (entryId ? [excerpt] : []));
    }
  });
}
