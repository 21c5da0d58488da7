import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Client, Refused } from "@foyer/client";
import type { Contact, FieldPurpose, FieldValue } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import type { Tenant } from "../world/tenant.ts";
import { World } from "../world/world.ts";

for (const engine of primaryStores()) {
  describe(`a guest in the house's memory, on ${engine.name}`, () => {
    let world: World;
    let tenant: Tenant;
    let hotel: Hotel;
    let sister: Hotel;

    before(async () => {
      world = await World.open({ engine });
      tenant = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] });
      [hotel, sister] = tenant.hotels as [Hotel, Hotel];
    });
    after(() => world.close());

    test("is known from the first text on, by the number, where they wrote", async () => {
      const guest = hotel.guest();
      await guest.texts("Is there a late checkout?");
      const client = await hotel.agent().client();
      const { propertyId } = hotel;
      const { items } = await client.listContacts({ propertyId });
      const known = items.find((one) => one.addresses[0]?.value === guest.number);
      assert.ok(known);
      const { name, labelIds, fields, blockedAt } = known;
      assert.deepEqual([name, labelIds, fields, blockedAt], [null, [], [], null]);
      const [address] = known.addresses;
      assert.partialDeepStrictEqual(address, { kind: "phone", until: null });
      assert.partialDeepStrictEqual(address?.consent, {
        state: "opted_in",
        ground: "guest_wrote",
        agentId: null,
      });
      assert.deepEqual((await namesAt(sister)).includes(known.id), false);
    });

    test("is nobody at a house that never met them, until that house texts their number", async () => {
      const guest = await known(hotel);
      const [address] = guest.addresses;
      assert.ok(address);
      const client = await sister.agent("supervisor").client();
      const { propertyId } = sister;
      const at = { propertyId, contactId: guest.id };
      const addressed = { ...at, addressId: address.id };
      const [field] = (await client.listFields({ propertyId })).items;
      const labelId = await label(sister, "Beach towel");
      const value = world.freeNumber();
      const calls = {
        get: () => client.getContact(at),
        rename: () => client.updateContact({ ...at, name: "Eve", version: guest.version }),
        field: () => client.setContactField({ ...at, fieldId: field?.id ?? "", value: "1" }),
        label: () => client.addContactLabel({ ...at, labelId }),
        unlabel: () => client.removeContactLabel({ ...at, labelId }),
        add: () => client.addContactAddress({ ...at, kind: "phone", value }),
        end: () => client.endContactAddress(addressed),
        reassign: () =>
          client.reassignContactAddress({ ...addressed, newContactId: randomUUID(), name: null }),
        consent: () =>
          client.setConsent({ ...addressed, state: "opted_in", ground: "booking_form" }),
        block: () => client.blockContact(at),
        unblock: () => client.unblockContact(at),
        start: () => startAt(sister, { contactId: guest.id, addressId: address.id }),
      };
      for (const [name, call] of Object.entries(calls)) {
        await assert.rejects(call(), /resource.not_found/, name);
      }
      const number = { kind: "phone", value: address.value } as const;
      const again = client.createContact({ ...at, name: guest.name, addresses: [number] });
      await assert.rejects(again, /entry.id_taken/);
      const lookUp = () => client.lookUpContact({ propertyId, ...number });
      assert.deepEqual(await lookUp(), { contact: null });
      const { conversation } = await startAt(sister, { address: number, name: null });
      assert.equal(conversation.contactId, guest.id, "a tenant's contact is one contact");
      assert.equal((await lookUp()).contact?.id, guest.id);
      const { contact } = await calls.block();
      assert.notEqual(contact.blockedAt, null);
    });

    test("is made once, however often the same call comes", async () => {
      const client = await hotel.agent().client();
      const given = {
        propertyId: hotel.propertyId,
        contactId: randomUUID(),
        name: "Ada Nguyen",
        language: "fr",
        addresses: [
          { kind: "phone" as const, value: world.freeNumber() },
          { kind: "email" as const, value: "Ada.Nguyen@Example.com" },
        ],
      };
      const made = await Promise.all(Array.from({ length: 4 }, () => client.createContact(given)));
      for (const { contact } of made) assert.deepEqual(contact, made[0]?.contact);
      assert.equal(made[0]?.contact.addresses.length, 2);
      assert.deepEqual((await client.createContact(given)).contact, made[0]?.contact);
    });

    test("has an id that stands for nobody else: another name or address under it is refused", async () => {
      const client = await hotel.agent().client();
      const { propertyId } = hotel;
      const address = { kind: "phone", value: world.freeNumber() } as const;
      const given = { propertyId, contactId: randomUUID(), name: "Ada", addresses: [address] };
      const { contact } = await client.createContact(given);
      const others = [
        { ...given, name: "Eve" },
        { ...given, name: null },
        { ...given, language: "de" },
        { ...given, addresses: [] },
        { ...given, addresses: [address, { kind: "email", value: "ada@example.com" } as const] },
      ];
      for (const other of others) {
        await assert.rejects(client.createContact(other), /entry.id_taken/);
      }
      assert.deepEqual((await client.getContact(given)).contact, contact);
    });

    test("has addresses that can exist, as dialled at the property, and nobody else's", async () => {
      const client = await hotel.agent().client();
      const { propertyId } = hotel;
      const create = (...values: readonly string[]) =>
        client.createContact({
          propertyId,
          contactId: randomUUID(),
          name: null,
          addresses: values.map((value) => ({ kind: "phone", value })),
        });
      const { contact } = await create("06 39 98 01 23", "+33 6 39 98 01 23");
      assert.deepEqual(
        contact.addresses.map(({ value }) => value),
        ["+33639980123"],
      );
      await assert.rejects(create("+33639980123"), /contact.address_taken/);
      const refused = await create(world.freeNumber(), "12").catch((error: unknown) => error);
      assert.ok(refused instanceof Refused);
      assert.equal(refused.problem.code, "contact.address_invalid");
      assert.equal(refused.problem.issues?.[0]?.field, "addresses.1");
    });

    test("keeps in each field what the field is for, and is refused anything else", async () => {
      const guest = await known(hotel);
      const kinds = await fieldOfEachKind(hotel);
      const wrong: Readonly<Record<string, FieldValue>> = {
        text: 412,
        number: "4",
        yes_no: "yes",
        date: "2026-02-30",
        choice: "Sea",
      };
      const client = await hotel.agent().client();
      const { propertyId } = hotel;
      const contactId = guest.id;
      const right = { text: "412", number: 4.5, yes_no: false, date: "2028-02-29", choice: "Loud" };
      for (const [kind, fieldId] of kinds) {
        const at = { propertyId, contactId, fieldId };
        const value = wrong[kind] ?? null;
        const refused = await client.setContactField({ ...at, value }).catch((no: unknown) => no);
        assert.ok(refused instanceof Refused, kind);
        assert.equal(refused.problem.code, "field.value_invalid");
        assert.match(refused.problem.issues?.[0]?.issue ?? "", /^must be /);
        const wanted = right[kind as keyof typeof right];
        const { contact } = await client.setContactField({ ...at, value: wanted });
        assert.deepEqual(held(contact, fieldId), wanted);
        const again = await client.setContactField({ ...at, value: wanted });
        assert.equal(again.contact.version, contact.version, "nothing changed");
      }
      const [, fieldId] = kinds[0] ?? [];
      assert.ok(fieldId);
      const emptied = await client.setContactField({ propertyId, contactId, fieldId, value: null });
      assert.equal(held(emptied.contact, fieldId), undefined);
      assert.equal(emptied.contact.fields.length, kinds.length - 1);
    });

    test("shows their stay in the list, and at another house nothing of it", async () => {
      const guest = hotel.guest();
      await guest.texts("Good evening");
      const { contactId } = await hotel.conversationWith(guest);
      const stay = {
        room: "412",
        arrivalOn: "2026-11-22",
        departureOn: "2026-11-24",
        isVip: true,
        title: "Dr.",
      };
      await hold(hotel, contactId, "room", stay.room);
      await hold(hotel, contactId, "arrival", stay.arrivalOn);
      await hold(hotel, contactId, "departure", stay.departureOn);
      await hold(hotel, contactId, "vip", stay.isVip);
      await hold(hotel, contactId, "title", stay.title);
      assert.deepEqual((await hotel.conversationWith(guest)).stay, stay);
      const owner = await hotel.agent("owner").client();
      await startAt(sister, { address: { kind: "phone", value: guest.number }, name: null });
      const { contact } = await owner.getContact({ propertyId: sister.propertyId, contactId });
      assert.deepEqual([contact.fields, contact.labelIds], [[], []]);
      assert.equal(contact.addresses[0]?.consent.ground, "booking_form", "it has one of its own");
    });

    test("loses nothing when several people write about them at once", async () => {
      const guest = await known(hotel);
      const writers = [
        () => hold(hotel, guest.id, "room", "101"),
        () => hold(hotel, guest.id, "title", "Ms."),
        () => hold(hotel, guest.id, "vip", true),
        () => hold(hotel, guest.id, "departure", "2026-12-01"),
      ];
      await Promise.all(writers.map((write) => write()));
      const client = await hotel.agent().client();
      const { propertyId } = hotel;
      const { contact } = await client.getContact({ propertyId, contactId: guest.id });
      assert.equal(contact.fields.length, writers.length);
      assert.equal(contact.version, guest.version + writers.length);
    });

    test("is renamed by who has seen the newest, and nobody else", async () => {
      const guest = await known(hotel);
      const client = await hotel.agent().client();
      const at = { propertyId: hotel.propertyId, contactId: guest.id, version: guest.version };
      const { contact } = await client.updateContact({ ...at, name: "Ada Nguyen" });
      assert.deepEqual([contact.name, contact.language], ["Ada Nguyen", guest.language]);
      await assert.rejects(client.updateContact({ ...at, name: "Eve" }), /version.conflict/);
      const { version } = contact;
      const { contact: speaking } = await client.updateContact({
        ...at,
        language: "pt-BR",
        version,
      });
      assert.deepEqual([speaking.name, speaking.language], ["Ada Nguyen", "pt-BR"]);
    });

    test("wears a label once, is listed by it, and the thread says who put it on", async () => {
      const guest = hotel.guest();
      await guest.texts("Good evening");
      const { contactId } = await hotel.conversationWith(guest);
      const labelId = await label(hotel, "Anniversary");
      const client = await hotel.agent().client();
      const at = { propertyId: hotel.propertyId, contactId, labelId };
      const { contact } = await client.addContactLabel(at);
      assert.deepEqual(contact.labelIds, [labelId]);
      const again = await client.addContactLabel(at);
      assert.equal(again.contact.version, contact.version);
      assert.deepEqual((await hotel.conversationWith(guest)).labelIds, [labelId]);
      const { items } = await client.listContacts(at);
      assert.deepEqual(
        items.map(({ id }) => id),
        [contactId],
      );
      const off = await client.removeContactLabel(at);
      assert.deepEqual(off.contact.labelIds, []);
      await client.removeContactLabel(at);
      assert.deepEqual(await eventsWith(guest), [
        ["label_added", labelId, hotel.agent().id],
        ["label_removed", labelId, hotel.agent().id],
      ]);
    });

    test("wears no label and fills no field of another house", async () => {
      const guest = await known(hotel);
      const owner = await hotel.agent("owner").client();
      const theirs = await label(sister, "Beach club");
      const { items } = await owner.listFields({ propertyId: sister.propertyId });
      const at = { propertyId: hotel.propertyId, contactId: guest.id };
      await assert.rejects(owner.addContactLabel({ ...at, labelId: theirs }), /not_found/);
      const fieldId = items[0]?.id ?? "";
      await assert.rejects(owner.setContactField({ ...at, fieldId, value: "1" }), /not_found/);
    });

    test("is blocked and unblocked by who leads, everywhere, once each", async () => {
      const guest = hotel.guest();
      await guest.texts("Rude words");
      const { contactId } = await hotel.conversationWith(guest);
      const supervisor = await hotel.agent("supervisor").client();
      const at = { propertyId: hotel.propertyId, contactId };
      const { contact } = await supervisor.blockContact(at);
      assert.equal(contact.blockedAt, new Date(world.clock.now()).toISOString());
      await world.advance(1_000);
      assert.deepEqual((await supervisor.blockContact(at)).contact, contact);
      assert.equal((await hotel.conversationWith(guest)).isBlocked, true);
      assert.equal((await supervisor.unblockContact(at)).contact.blockedAt, null);
      await supervisor.unblockContact(at);
      const { id: agentId } = hotel.agent("supervisor");
      const expected = [
        ["blocked", null, agentId],
        ["unblocked", null, agentId],
      ];
      assert.deepEqual(await eventsWith(guest), expected);
    });

    test("is listed page by page, the newest first, each once, in as many statements", async () => {
      const house = (await world.tenant(`House ${randomUUID().slice(0, 8)}`)).hotel;
      const client = await house.agent().client();
      const { propertyId } = house;
      const made: string[] = [];
      for (let number = 0; number < 7; number += 1) {
        const contactId = randomUUID();
        await client.createContact({
          propertyId,
          contactId,
          name: `Guest ${number}`,
          addresses: [],
        });
        made.unshift(contactId);
        if (number % 2 === 0) await world.advance(1_000);
      }
      const listed: string[] = [];
      let page = await client.listContacts({ propertyId, limit: 3 });
      while (page.items.length > 0) {
        listed.push(...page.items.map(({ id }) => id));
        if (page.next === null) break;
        page = await client.listContacts({ propertyId, limit: 3, after: page.next });
      }
      assert.deepEqual(listed.toSorted(), made.toSorted());
      assert.equal(listed[0], made[0]);
      assert.deepEqual(new Set(listed.slice(-1)), new Set(made.slice(-1)));
      const cost = (limit: number) =>
        world.statementsOf(() => client.listContacts({ propertyId, limit }));
      assert.deepEqual((await cost(1)).toSorted(), (await cost(7)).toSorted());
    });

    async function known(at: Hotel): Promise<Contact> {
      const client = await at.agent().client();
      const addresses = [{ kind: "phone", value: world.freeNumber() } as const];
      const given = { propertyId: at.propertyId, contactId: randomUUID(), name: null, addresses };
      return (await client.createContact(given)).contact;
    }

    async function namesAt({ propertyId }: Hotel): Promise<readonly string[]> {
      const client = await hotel.agent("owner").client();
      return (await client.listContacts({ propertyId })).items.map(({ id }) => id);
    }

    async function hold(at: Hotel, contactId: string, purpose: FieldPurpose, value: FieldValue) {
      const client = await at.agent().client();
      const { propertyId } = at;
      const { items } = await client.listFields({ propertyId });
      const fieldId = items.find((field) => field.purpose === purpose)?.id;
      assert.ok(fieldId);
      await client.setContactField({ propertyId, contactId, fieldId, value });
      await world.settle();
    }

    async function startAt(at: Hotel, to: Parameters<Client["start"]>[0]["to"]) {
      const { propertyId, channelId } = at;
      const client = await at.agent("supervisor").client();
      const said = { messageId: randomUUID(), text: "Hello", consent: "booking_form" } as const;
      return client.start({ propertyId, channelId, to, ...said });
    }

    async function label(at: Hotel, name: string) {
      const owner = await at.agent("owner").client();
      const { propertyId } = at;
      const given = { propertyId, labelId: randomUUID(), name, colour: "violet" } as const;
      return (await owner.createLabel(given)).label.id;
    }

    async function fieldOfEachKind({ propertyId }: Hotel) {
      const owner = await hotel.agent("owner").client();
      const kinds = ["text", "number", "yes_no", "date", "choice"] as const;
      const made: (readonly [string, string])[] = [];
      for (const kind of kinds) {
        const options = kind === "choice" ? ["Quiet", "Loud"] : [];
        const given = { propertyId, fieldId: randomUUID(), name: `A ${kind}`, kind, options };
        made.push([kind, (await owner.createField(given)).field.id]);
      }
      return made;
    }

    async function eventsWith(guest: Parameters<Hotel["timelineWith"]>[0]) {
      const entries = await hotel.timelineWith(guest);
      return entries.flatMap((entry) =>
        entry.kind === "event" && entry.event !== "opened"
          ? [[entry.event, entry.labelId, entry.agentId]]
          : [],
      );
    }
  });
}

function held({ fields }: Contact, id: string): FieldValue | undefined {
  return fields.find(({ fieldId }) => fieldId === id)?.value;
}
