import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import { type Contact, operations } from "@foyer/contract";
import type { Assembly } from "../../src/main/assemble.ts";
import { mayText, recordGuestWord } from "../../src/modules/contacts/index.ts";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { overlap, performIn } from "./two-processes.ts";

/** SQLite has one writer: no two of its transactions are ever under way at once. */
for (const engine of primaryStores().filter(({ name }) => name !== "SQLite")) {
  describe(`a guest whom two processes change at once, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;
    let other: Assembly;
    let client: Client;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
      other = await world.anotherProcess();
      client = await hotel.agent("owner").client();
    });
    after(() => world.close());

    test("keeps what both of them noted", async () => {
      const { propertyId } = hotel;
      const { id: contactId } = await someone();
      const { items } = await client.listFields({ propertyId });
      const [room, , , , title] = items.map(({ id }) => id);
      assert.ok(room && title);
      const by = hotel.agent().account;
      const set = operations.setContactField;
      const outcomes = await overlap(world, {
        first: () =>
          performIn(world.assembly, set, by, {
            propertyId,
            contactId,
            fieldId: room,
            value: "412",
          }),
        pausedAt: "guest.updateFieldValues",
        second: () =>
          performIn(other, set, by, { propertyId, contactId, fieldId: title, value: "Dr." }),
        reaches: "contact.lock",
      });
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ["fulfilled", "fulfilled"],
      );
      const { contact } = await client.getContact({ propertyId, contactId });
      assert.deepEqual(
        contact.fields.map(({ value }) => value),
        ["412", "Dr."],
      );
    });

    test("is not texted once they said STOP, though an agent was recording a yes", async () => {
      const { propertyId } = hotel;
      const { id: contactId, addresses } = await someone();
      const addressId = addresses[0]?.id;
      assert.ok(addressId);
      const scope = await other.openScope(hotel.tenant.id);
      const at = { propertyId, contactId, addressId };
      const yes = { ...at, state: "opted_in", ground: "booking_form" } as const;
      await overlap(world, {
        first: () => performIn(world.assembly, operations.setConsent, hotel.agent().account, yes),
        pausedAt: "consent.insert",
        second: () => scope.transact((unit) => recordGuestWord(unit, { ...at, word: "stop" })),
        reaches: "contact.lock",
      });
      const { isOptedOut } = await mayText(scope, propertyId, contactId, addressId);
      assert.equal(isOptedOut, true);
    });

    test("wears one label of a name, though two were about to make it", async () => {
      const { propertyId } = hotel;
      const label = (name: string) =>
        ({ propertyId, labelId: randomUUID(), name, colour: "red" }) as const;
      const by = hotel.agent("supervisor").account;
      const outcomes = await overlap(world, {
        first: () => performIn(world.assembly, operations.createLabel, by, label("Honeymoon")),
        pausedAt: "label.insert",
        second: () => performIn(other, operations.createLabel, by, label("honeymoon")),
        reaches: "property.hold",
      });
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ["fulfilled", "rejected"],
      );
    });

    async function someone(): Promise<Contact> {
      const addresses = [{ kind: "phone" as const, value: world.freeNumber() }];
      const { propertyId } = hotel;
      const given = { propertyId, contactId: randomUUID(), name: null, addresses };
      return (await client.createContact(given)).contact;
    }
  });
}
