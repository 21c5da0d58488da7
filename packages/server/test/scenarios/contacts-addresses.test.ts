import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import type { Address, Contact, ContactId } from "@foyer/contract";
import { limits } from "@foyer/contract";
import fc from "fast-check";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

for (const engine of primaryStores()) {
  describe(`an address, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;
    let client: Client;
    let propertyId: Hotel["propertyId"];

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
      ({ propertyId } = hotel);
      client = await hotel.agent().client();
    });
    after(() => world.close());

    test("is one more way to reach somebody, and their own already changes nothing", async () => {
      const { contact } = await make([]);
      const value = world.freeNumber();
      const at = { propertyId, contactId: contact.id, kind: "phone", value } as const;
      const added = await client.addContactAddress(at);
      assert.deepEqual(valuesOf(added.contact), [value]);
      assert.deepEqual((await client.addContactAddress(at)).contact, added.contact);
      const other = await make([]);
      const theirs = client.addContactAddress({ ...at, contactId: other.contact.id });
      await assert.rejects(theirs, /contact.address_taken/);
    });

    test("that has left is nobody's, and that it was theirs stays known", async () => {
      const value = world.freeNumber();
      const { contact } = await make([value]);
      const at = { propertyId, contactId: contact.id, addressId: theAddress(contact).id };
      await world.advance(1_000);
      const { contact: after } = await client.endContactAddress(at);
      const left = theAddress(after);
      assert.equal(left.until, new Date(world.clock.now()).toISOString());
      assert.equal(left.value, value);
      assert.deepEqual((await client.endContactAddress(at)).contact, after);
      assert.deepEqual(await client.lookUpContact({ propertyId, kind: "phone", value }), {
        contact: null,
      });
      const { contact: next } = await make([value]);
      assert.deepEqual(valuesOf(next), [value]);
    });

    test("is somebody else's now: what they write begins anew, and what was said stays", async () => {
      const guest = hotel.guest();
      await guest.texts("This was me");
      const { contactId, id: conversationId } = await hotel.conversationWith(guest);
      const before = (await client.getContact({ propertyId, contactId })).contact;
      const given = {
        propertyId,
        contactId,
        addressId: theAddress(before).id,
        newContactId: randomUUID(),
        name: "Somebody else",
      };
      const made = await client.reassignContactAddress(given);
      assert.equal(made.contact.id, given.newContactId);
      assert.equal(theAddress(made.contact).consent.state, "unknown");
      assert.deepEqual((await client.reassignContactAddress(given)).contact, made.contact);
      await guest.texts("This is me");
      const conversation = await hotel.conversationWith(guest);
      assert.equal(conversation.contactId, given.newContactId);
      assert.notEqual(conversation.id, conversationId);
      const { items } = await client.getTimeline({ conversationId });
      const said = items.flatMap((entry) => {
        if (entry.kind === "message") return [entry.text];
        return entry.kind === "event" && entry.event !== "opened" ? [entry.event] : [];
      });
      assert.deepEqual(said, ["This was me", "address_left"]);
      const late = { conversationId, messageId: randomUUID(), text: "For your eyes only" };
      await assert.rejects(client.reply(late), "nothing for the one reaches the other");
    });

    test("is given to a new contact, never to one who is known under that id", async () => {
      const { contact } = await make([world.freeNumber()]);
      const { contact: known } = await make([]);
      const at = { propertyId, contactId: contact.id, addressId: theAddress(contact).id };
      for (const newContactId of [known.id, contact.id]) {
        const given = { ...at, newContactId, name: null };
        await assert.rejects(client.reassignContactAddress(given), /entry.id_taken/);
      }
      assert.equal(theAddress((await get(contact.id)) as Contact).until, null);
    });

    test("of somebody else is not theirs to end", async () => {
      const { contact } = await make([world.freeNumber()]);
      const { contact: other } = await make([]);
      const at = { propertyId, contactId: other.id, addressId: theAddress(contact).id };
      await assert.rejects(client.endContactAddress(at), /not_found/);
      const given = { ...at, newContactId: randomUUID(), name: null };
      await assert.rejects(client.reassignContactAddress(given), /not_found/);
      assert.equal(theAddress((await get(contact.id)) as Contact).until, null);
    });

    test("of who is blocked leaves them by the word of who may unblock, and of nobody else", async () => {
      const lead = await hotel.agent("supervisor").client();
      const [one, two] = [await make([world.freeNumber()]), await make([world.freeNumber()])];
      for (const { contact } of [one, two]) {
        await lead.blockContact({ propertyId, contactId: contact.id });
      }
      const at = { propertyId, contactId: one.contact.id, addressId: theAddress(one.contact).id };
      const given = { ...at, newContactId: randomUUID(), name: null };
      await assert.rejects(client.reassignContactAddress(given), /right.missing/);
      await assert.rejects(client.endContactAddress(at), /right.missing/);
      assert.equal(theAddress(await get(one.contact.id)).until, null);
      const { contact: next } = await lead.reassignContactAddress(given);
      assert.equal(next.blockedAt, null);
      const { contact } = two;
      const other = { propertyId, contactId: contact.id, addressId: theAddress(contact).id };
      await lead.endContactAddress(other);
      assert.notEqual(theAddress(await get(contact.id)).until, null);
    });

    test("that left by mistake and is given back is answered in the same thread", async () => {
      const guest = hotel.guest();
      await guest.texts("Where is my key?");
      const { contactId, id: conversationId } = await hotel.conversationWith(guest);
      const addressId = theAddress(await get(contactId)).id;
      await client.endContactAddress({ propertyId, contactId, addressId });
      const answer = () =>
        client.reply({ conversationId, messageId: randomUUID(), text: "At the desk." });
      await assert.rejects(answer(), /contact.address_left/);
      await world.advance(1_000);
      const added = { propertyId, contactId, kind: "phone", value: guest.number } as const;
      const { contact } = await client.addContactAddress(added);
      const { id, until, since } = theAddress(contact);
      const now = new Date(world.clock.now()).toISOString();
      assert.deepEqual([id, until, since], [addressId, null, now]);
      await answer();
      await world.settle();
      assert.deepEqual(guest.received, ["At the desk."]);
    });

    test("that somebody else has by now is not given back", async () => {
      const value = world.freeNumber();
      const { contact } = await make([value]);
      const at = { propertyId, contactId: contact.id };
      await client.endContactAddress({ ...at, addressId: theAddress(contact).id });
      await make([value]);
      const back = client.addContactAddress({ ...at, kind: "phone", value });
      await assert.rejects(back, /contact.address_taken/);
    });

    test("counts for good: a contact has had so many at most", async () => {
      const { contact } = await make([]);
      const contactId = contact.id;
      for (let number = 0; number < limits.contactAddressesMax; number += 1) {
        const value = `guest${number}@example.com`;
        const at = { propertyId, contactId, kind: "email", value } as const;
        const { contact: now } = await client.addContactAddress(at);
        if (number > 0) continue;
        await client.endContactAddress({ propertyId, contactId, addressId: theAddress(now).id });
      }
      const value = "one.more@example.com";
      const more = client.addContactAddress({ propertyId, contactId, kind: "email", value });
      await assert.rejects(more, /contact.too_many_addresses/);
      const first = { propertyId, contactId, kind: "email", value: "guest0@example.com" } as const;
      assert.equal((await client.addContactAddress(first)).contact.addresses.length, 20);
    });

    test("that many want at once is given to one of them", async () => {
      const value = world.freeNumber();
      const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => make([value])));
      assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") assert.match(String(outcome.reason), /address_taken/);
      }
    });

    test("has one owner at any instant, whatever is done with it and in whatever order", async () => {
      const act = fc.record({
        verb: fc.constantFrom("add", "end", "reassign"),
        who: fc.nat(2),
        value: fc.nat(1),
        waitsMs: fc.constantFrom(0, 1, 1_000),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
          const owners = await Promise.all([make([]), make([]), make([])]);
          const people = owners.map(({ contact }) => contact.id);
          const values = [world.freeNumber(), world.freeNumber()];
          for (const { verb, who, value, waitsMs } of acts) {
            world.clock.moveTo(world.clock.now() + waitsMs);
            const contactId = people[who % people.length] as ContactId;
            await perform(verb, contactId, values[value] ?? "", people);
          }
          for (const value of values) await assertOneOwner(people, value);
        }),
        { numRuns: 12 },
      );
    });

    async function perform(verb: string, contactId: ContactId, value: string, all: ContactId[]) {
      if (verb === "add") {
        const at = { propertyId, contactId, kind: "phone", value } as const;
        return client.addContactAddress(at).catch(expectTaken);
      }
      const contact = await get(contactId);
      const address = contact.addresses.find((one) => one.value === value && one.until === null);
      if (!address) return;
      const at = { propertyId, contactId, addressId: address.id };
      if (verb === "end") return client.endContactAddress(at);
      const newContactId = randomUUID() as ContactId;
      all.push(newContactId);
      return client.reassignContactAddress({ ...at, newContactId, name: null });
    }

    async function assertOneOwner(people: readonly ContactId[], value: string): Promise<void> {
      const contacts = await Promise.all(people.map(get));
      const held = contacts
        .flatMap(({ id, addresses }) => addresses.map((address) => ({ ...address, id })))
        .filter((one) => one.value === value)
        .toSorted((one, other) => fromOf(one) - fromOf(other) || untilOf(one) - untilOf(other));
      for (const [at, one] of held.entries()) {
        const next = held[at + 1];
        if (next) assert.ok(untilOf(one) <= fromOf(next), "two have it at once");
      }
      const current = held.filter(({ until }) => until === null);
      const { contact } = await client.lookUpContact({ propertyId, kind: "phone", value });
      assert.deepEqual(
        current.map(({ id }) => id),
        contact ? [contact.id] : [],
      );
    }

    function make(values: readonly string[]) {
      const addresses = values.map((value) => ({ kind: "phone", value }) as const);
      return client.createContact({ propertyId, contactId: randomUUID(), name: null, addresses });
    }

    async function get(contactId: ContactId): Promise<Contact> {
      return (await client.getContact({ propertyId, contactId })).contact;
    }
  });
}

function theAddress({ addresses }: Contact): Address {
  const [address] = addresses;
  assert.ok(address);
  return address;
}

type Held = Pick<Address, "since" | "until">;

const valuesOf = ({ addresses }: Contact) => addresses.map(({ value }) => value);
const fromOf = ({ since }: Held) => Date.parse(since);
const untilOf = ({ until }: Held) => (until === null ? Infinity : Date.parse(until));

function expectTaken(error: unknown): void {
  assert.match(String(error), /contact.address_taken|contact.too_many_addresses/);
}
