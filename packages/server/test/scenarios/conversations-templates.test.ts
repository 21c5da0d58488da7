import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { FieldPurpose } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { guestWhoAsked } from "./answers.ts";
import { refuses } from "./refuses.ts";

for (const engine of primaryStores()) {
  describe(`a template's text for a guest, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      const tenant = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] });
      ({ hotel } = tenant);
    });
    after(() => world.close());

    test("holds what the house knows of them, the stay, the hotel and who answers", async () => {
      const guest = await knownGuest("Ada Maria Nguyen", null);
      await hold(guest, "room", "412");
      await hold(guest, "arrival", "2027-01-16");
      const templateId = await template([
        ["en", "{first_name} {last_name}|{name}|{room}|{arrival}|{property}|{agent}"],
      ]);
      const { text, unfilled, language } = await preview(guest, { templateId });
      const { name } = hotel.agent().account;
      const shown = `Ada Maria Nguyen|Ada Maria Nguyen|412|January 16, 2027|Aurora Grand|${name}`;
      assert.deepEqual([text, unfilled, language], [shown, [], "en"]);
    });

    test("leaves in its braces what nobody knows, and says what that is", async () => {
      const guest = await guestWhoAsked(hotel);
      const templateId = await template([["en", "Room {room} is ready, {first_name}."]]);
      const { text, unfilled } = await preview(guest, { templateId });
      assert.equal(text, "Room {room} is ready, {first_name}.");
      assert.deepEqual(unfilled, ["room", "first_name"]);
    });

    test("is in the guest's language, or in the one that is asked for, with its dates", async () => {
      const guest = await knownGuest("Ada Nguyen", "de-AT");
      await hold(guest, "departure", "2027-01-20");
      const templateId = await template([
        ["en", "Until {departure}"],
        ["de", "Bis {departure}"],
      ]);
      assert.equal((await preview(guest, { templateId })).text, "Bis 20. Januar 2027");
      const asked = await preview(guest, { templateId, language: "en" });
      assert.equal(asked.text, "Until January 20, 2027");
      const unknown = await preview(guest, { templateId, language: "fr" });
      assert.equal(unknown.language, "en");
    });

    test("holds what the property's own fields hold of the guest", async () => {
      const { propertyId } = hotel;
      const owner = await hotel.agent("owner").client();
      const fieldId = randomUUID();
      await owner.createField({ propertyId, fieldId, name: "Pillow menu", kind: "text" });
      const guest = await knownGuest("Ada Nguyen", null);
      const { contactId } = await hotel.conversationWith(guest);
      await owner.setContactField({ propertyId, contactId, fieldId, value: "Spelt" });
      const templateId = await template([["en", "A {pillow_menu} pillow awaits you."]]);
      assert.equal((await preview(guest, { templateId })).text, "A Spelt pillow awaits you.");
    });

    test("is that of a template which is in use here, and of no other", async () => {
      const guest = await guestWhoAsked(hotel);
      const elsewhere = hotel.tenant.hotels[1] ?? hotel;
      const theirs = await template([["en", "Hello"]], elsewhere);
      for (const templateId of [theirs, randomUUID()]) {
        await assert.rejects(preview(guest, { templateId }), refuses("resource.not_found"));
      }
    });

    async function template(texts: [string, string][], at = hotel): Promise<string> {
      const templateId = randomUUID();
      const shortcut = `t-${templateId.slice(0, 8)}`;
      await (await at.agent("supervisor").client()).createTemplate({
        propertyId: at.propertyId,
        templateId,
        name: shortcut,
        shortcut,
        texts: texts.map(([language, text]) => ({ language, text })),
      });
      return templateId;
    }

    async function preview(guest: Guest, given: { templateId: string; language?: string }) {
      const { id: conversationId } = await hotel.conversationWith(guest);
      return (await hotel.agent().client()).previewTemplate({ conversationId, ...given });
    }

    async function knownGuest(name: string, language: string | null): Promise<Guest> {
      const guest = await guestWhoAsked(hotel);
      const { contactId } = await hotel.conversationWith(guest);
      const { propertyId } = hotel;
      const client = await hotel.agent().client();
      const { contact } = await client.getContact({ propertyId, contactId });
      const { version } = contact;
      await client.updateContact({ propertyId, contactId, version, name, language });
      return guest;
    }

    async function hold(guest: Guest, purpose: FieldPurpose, value: string): Promise<void> {
      const { contactId } = await hotel.conversationWith(guest);
      const { propertyId } = hotel;
      const client = await hotel.agent().client();
      const { items } = await client.listFields({ propertyId });
      const field = items.find((one) => one.purpose === purpose);
      await client.setContactField({ propertyId, contactId, fieldId: field?.id ?? "", value });
    }
  });
}
