import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import { type Field, limits, type PropertyId } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

for (const engine of primaryStores()) {
  describe(`what a house keeps of its guests, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;
    let owner: Client;
    let propertyId: PropertyId;

    before(async () => {
      world = await World.open({ engine });
    });
    after(() => world.close());

    async function newHouse(): Promise<void> {
      ({ hotel } = await world.tenant(`House ${randomUUID().slice(0, 8)}`));
      ({ propertyId } = hotel);
      owner = await hotel.agent("owner").client();
    }

    test("begins with room, arrival, departure, VIP and title, and keeps these five", async () => {
      await newHouse();
      const fields = await listed();
      assert.deepEqual(
        fields.map(({ name, kind, purpose, position }) => [name, kind, purpose, position]),
        [
          ["Room", "text", "room", 0],
          ["Arrival", "date", "arrival", 1],
          ["Departure", "date", "departure", 2],
          ["VIP", "yes_no", "vip", 3],
          ["Title", "text", "title", 4],
        ],
      );
      for (const { id: fieldId } of fields) {
        await assert.rejects(owner.endField({ propertyId, fieldId }), /field.needed/);
      }
    });

    test("gets a field once, however often it is asked for, under a name of its own", async () => {
      await newHouse();
      const given = field("Pillow", { kind: "choice", options: ["Soft", "Hard"] });
      const made = await Promise.all(Array.from({ length: 3 }, () => owner.createField(given)));
      for (const { field: one } of made) assert.deepEqual(one, made[0]?.field);
      assert.equal(made[0]?.field.position, 5);
      await assert.rejects(owner.createField({ ...given, name: "Bed" }), /entry.id_taken/);
      for (const name of ["Pillow", " pillow", "ROOM"]) {
        await assert.rejects(owner.createField(field(name)), /name.taken/);
      }
      const twins = [field("Diet"), field("diet")].map((one) => owner.createField(one));
      const outcomes = await Promise.allSettled(twins);
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    });

    test("gives options to choices, and to nothing else", async () => {
      await newHouse();
      const wrong = [
        field("One", { kind: "choice", options: [] }),
        field("Two", { kind: "choice", options: ["Same", "Same"] }),
        field("Three", { kind: "text", options: ["What for?"] }),
      ];
      for (const one of wrong) {
        await assert.rejects(owner.createField(one), /field.options_invalid/);
      }
      const { field: made } = await owner.createField(
        field("Pillow", { kind: "choice", options: ["Soft"] }),
      );
      const at = { propertyId, fieldId: made.id, version: made.version };
      await assert.rejects(owner.updateField({ ...at, options: [] }), /field.options_invalid/);
      const { field: wider } = await owner.updateField({ ...at, options: ["Soft", "Hard"] });
      assert.deepEqual([wider.options, wider.kind], [["Soft", "Hard"], "choice"]);
    });

    test("moves a field to its place, and every other follows", async () => {
      await newHouse();
      const [room, ...others] = await listed();
      assert.ok(room);
      const at = { propertyId, fieldId: room.id, version: room.version };
      const { field: moved } = await owner.updateField({ ...at, position: 3 });
      assert.equal(moved.position, 3);
      const names = (await listed()).map(({ name, position }) => `${position} ${name}`);
      assert.deepEqual(names, ["0 Arrival", "1 Departure", "2 VIP", "3 Room", "4 Title"]);
      assert.equal(others.length, 4);
      await assert.rejects(owner.updateField({ ...at, position: 0 }), /version.conflict/);
    });

    test("shows no more what a field held that was retired, and its name is free", async () => {
      await newHouse();
      const { field: one } = await owner.createField(field("Pillow"));
      const contactId = randomUUID();
      await owner.createContact({ propertyId, contactId, name: "Ada", addresses: [] });
      const at = { propertyId, fieldId: one.id };
      await owner.setContactField({ ...at, contactId, value: "Soft" });
      await owner.endField(at);
      await owner.endField(at);
      const { contact } = await owner.getContact({ propertyId, contactId });
      assert.deepEqual(contact.fields, []);
      const late = owner.setContactField({ ...at, contactId, value: "Hard" });
      await assert.rejects(late, /not_found/);
      const { field: two } = await owner.createField(field("Pillow"));
      assert.deepEqual(
        (await listed()).map(({ position }) => position),
        [0, 1, 2, 3, 4, 5],
      );
      const filled = await owner.setContactField({
        propertyId,
        contactId,
        fieldId: two.id,
        value: "Hard",
      });
      assert.deepEqual(filled.contact.fields, [{ fieldId: two.id, value: "Hard" }]);
    });

    test("takes so many fields and labels, and no more", async () => {
      await newHouse();
      const { length } = await listed();
      for (let number = length; number < limits.fieldsPerPropertyMax; number += 1) {
        await owner.createField(field(`Field ${number}`));
      }
      await assert.rejects(owner.createField(field("One more")), /settings.too_many/);
      for (let number = 0; number < limits.labelsPerPropertyMax; number += 1) {
        await owner.createLabel(label(`Label ${number}`));
      }
      await assert.rejects(owner.createLabel(label("One more")), /settings.too_many/);
      const { items } = await owner.listLabels({ propertyId });
      await owner.endLabel({ propertyId, labelId: items[0]?.id ?? "" });
      await owner.createLabel(label("One more"));
    });

    test("gets a label once, under a name of its own, and changes it for who saw the newest", async () => {
      await newHouse();
      const given = label("Anniversary");
      const made = await Promise.all(Array.from({ length: 3 }, () => owner.createLabel(given)));
      for (const { label: one } of made) assert.deepEqual(one, made[0]?.label);
      await assert.rejects(owner.createLabel({ ...given, colour: "red" }), /entry.id_taken/);
      await assert.rejects(owner.createLabel(label("ANNIVERSARY ")), /name.taken/);
      const twins = [label("Regular"), label("regular")].map((one) => owner.createLabel(one));
      const outcomes = await Promise.allSettled(twins);
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
      const { labelId } = given;
      const at = { propertyId, labelId, version: 1 };
      await assert.rejects(owner.updateLabel({ ...at, name: "Regular" }), /name.taken/);
      const { label: red } = await owner.updateLabel({ ...at, colour: "red" });
      assert.deepEqual([red.name, red.colour, red.version], ["Anniversary", "red", 2]);
      await assert.rejects(owner.updateLabel({ ...at, colour: "blue" }), /version.conflict/);
    });

    test("takes a retired label off everybody, and leaves what happened with it readable", async () => {
      await newHouse();
      const guest = hotel.guest();
      await guest.texts("Hello");
      const { contactId } = await hotel.conversationWith(guest);
      const { label: one } = await owner.createLabel(label("Anniversary"));
      const at = { propertyId, labelId: one.id };
      await owner.addContactLabel({ ...at, contactId });
      await owner.endLabel(at);
      await owner.endLabel(at);
      assert.deepEqual((await owner.getContact({ propertyId, contactId })).contact.labelIds, []);
      assert.deepEqual((await owner.listContacts(at)).items, []);
      assert.deepEqual((await owner.listLabels({ propertyId })).items, []);
      await assert.rejects(owner.addContactLabel({ ...at, contactId }), /not_found/);
      const events = (await hotel.timelineWith(guest)).flatMap((entry) =>
        entry.kind === "event" && entry.labelId !== null ? [[entry.event, entry.labelId]] : [],
      );
      assert.deepEqual(events, [["label_added", one.id]]);
      await owner.createLabel(label("Anniversary"));
    });

    test("tells every screen that something is set up differently now", async () => {
      await newHouse();
      const following = await hotel.agent().follow();
      const { label: one } = await owner.createLabel(label("Anniversary"));
      const { field: two } = await owner.createField(field("Pillow"));
      await owner.endLabel({ propertyId, labelId: one.id });
      await owner.endField({ propertyId, fieldId: two.id });
      await world.settle();
      const event = await following.until(({ type }) => type === "settings.changed");
      assert.ok(event);
    });

    async function listed(): Promise<Field[]> {
      return (await owner.listFields({ propertyId })).items;
    }

    function field(name: string, more: Partial<Pick<Field, "kind" | "options">> = {}) {
      const { kind = "text", options = [] } = more;
      return { propertyId, fieldId: randomUUID(), name, kind, options };
    }

    function label(name: string) {
      return { propertyId, labelId: randomUUID(), name, colour: "violet" } as const;
    }
  });
}
