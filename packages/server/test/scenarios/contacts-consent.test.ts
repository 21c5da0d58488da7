import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { AddressId, Consent, ContactId } from "@foyer/contract";
import { mayText, recordGuestWord } from "../../src/modules/contacts/index.ts";
import { consent as consentTable } from "../../src/modules/contacts/tables.ts";
import { idToBytes } from "../../src/platform/ids.ts";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

interface Texted {
  readonly contactId: ContactId;
  readonly addressId: AddressId;
}

for (const engine of primaryStores()) {
  describe(`whether a guest may be texted, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;
    let sister: Hotel;

    before(async () => {
      world = await World.open({ engine });
      const { hotels } = await world.tenant("Aurora", { hotels: ["Grand", "Beach"] });
      [hotel, sister] = hotels as [Hotel, Hotel];
    });
    after(() => world.close());

    test("is unknown until somebody says so, and an agent says how they know", async () => {
      const guest = await someone();
      assert.deepEqual(await consentOf(guest), {
        state: "unknown",
        ground: null,
        agentId: null,
        at: null,
      });
      const known = await record(guest, "opted_in", "booking_form");
      const at = new Date(world.clock.now()).toISOString();
      const agentId = hotel.agent().id;
      assert.deepEqual(known, { state: "opted_in", ground: "booking_form", agentId, at });
      await world.advance(1_000);
      assert.deepEqual(await record(guest, "opted_in", "booking_form"), known, "once is enough");
    });

    test("is each property's own", async () => {
      const guest = await someone();
      await record(guest, "opted_out", "asked_in_person");
      assert.equal((await gate(guest)).isOptedOut, true);
      assert.equal((await gate(guest, sister)).isOptedOut, false);
    });

    test("after a guest's own STOP is for the guest alone to say", async () => {
      const guest = await someone();
      await record(guest, "opted_in", "asked_by_phone");
      await says(guest, "stop");
      const stopped = await consentOf(guest);
      assert.partialDeepStrictEqual(stopped, { state: "opted_out", ground: "keyword" });
      await assert.rejects(record(guest, "opted_in", "asked_in_person"), /consent.only_guest/);
      await record(guest, "opted_out", "asked_in_person");
      await assert.rejects(record(guest, "opted_in", "asked_in_person"), /consent.only_guest/);
      assert.deepEqual(await consentOf(guest), stopped);
      await says(guest, "start");
      const { isOptedOut } = await gate(guest);
      assert.equal(isOptedOut, false);
    });

    test("is not forgotten because the number is somebody else's now", async () => {
      const guest = await someone();
      await says(guest, "stop");
      await says(guest, "stop", sister);
      const next = await reassigned(guest);
      const stopped = await consentOf(next);
      assert.partialDeepStrictEqual(stopped, { state: "opted_out", ground: "keyword" });
      assert.equal((await gate(next, sister)).isOptedOut, true, "every property that has it");
      await assert.rejects(record(next, "opted_in", "asked_in_person"), /consent.only_guest/);
      await says(next, "start");
      assert.equal((await gate(next)).isOptedOut, false);
    });

    test("goes to nobody else with the number, but for a STOP", async () => {
      for (const state of ["opted_in", "opted_out"] as const) {
        const guest = await someone();
        await record(guest, state, "asked_by_phone");
        assert.equal((await consentOf(await reassigned(guest))).state, "unknown");
      }
    });

    test("is not forgotten because the address left and came back", async () => {
      const value = world.freeNumber();
      const guest = await someone(value);
      await says(guest, "stop");
      const client = await hotel.agent().client();
      const { propertyId } = hotel;
      const { contactId } = guest;
      await client.endContactAddress({ propertyId, ...guest });
      const added = { propertyId, contactId, kind: "phone", value } as const;
      const { contact } = await client.addContactAddress(added);
      const ids = contact.addresses.map(({ id, until }) => [id, until]);
      assert.deepEqual(ids, [[guest.addressId, null]], "the same, taken up again");
      assert.equal((await gate(guest)).isOptedOut, true);
      await assert.rejects(record(guest, "opted_in", "asked_in_person"), /consent.only_guest/);
    });

    test("is not for who had the address before", async () => {
      const guest = await someone();
      await record(guest, "opted_in", "booking_form");
      const client = await hotel.agent().client();
      await client.endContactAddress({ propertyId: hotel.propertyId, ...guest });
      assert.equal((await gate(guest)).isTheirs, false);
      await assert.rejects(record(guest, "opted_in", "asked_in_person"), /not_found/);
    });

    test("ends with the guest's STOP, whatever an agent records at the same instant", async () => {
      for (let round = 0; round < 5; round += 1) {
        const guest = await someone();
        await Promise.allSettled([
          record(guest, "opted_in", "booking_form"),
          says(guest, "stop"),
          record(guest, "opted_in", "asked_in_person"),
        ]);
        assert.equal((await gate(guest)).isOptedOut, true);
      }
    });

    test("cannot be changed by who can write the rows: no such row lets anything be sent", async () => {
      const guest = await someone();
      await says(guest, "stop");
      const key = idToBytes(guest.addressId);
      const owner = await hotel.agent("owner").client();
      const others: Readonly<Record<string, string | number | Uint8Array>> = {
        state: "opted_in",
        ground: "asked_in_person",
        agent_id: idToBytes(hotel.agent().id),
        at: world.clock.now() + 1,
        revision: 7,
        mac: new Uint8Array(49),
      };
      const keys = ["tenant_id", "property_id", "address_id"];
      const columns = Object.keys(consentTable.columns).filter((name) => !keys.includes(name));
      assert.deepEqual(Object.keys(others), columns);
      for (const [column, value] of Object.entries(others)) {
        const where = "where address_id = ?";
        const [row] = await world.peek(`select ${column} from consent ${where}`, [key]);
        const before = row?.[column] as typeof value | null;
        await world.tamper(`update consent set ${column} = ? ${where}`, [value, key]);
        await assert.rejects(gate(guest), /MAC/, column);
        const { propertyId } = hotel;
        await assert.rejects(owner.getContact({ propertyId, ...guest }), /service.failed/);
        await world.tamper(`update consent set ${column} = ? ${where}`, [before, key]);
      }
      assert.equal((await gate(guest)).isOptedOut, true);
      world.log.takeErrors("request.failed");
    });

    test("is not taken from another guest's row, nor from another property's", async () => {
      const [stopped, willing] = [await someone(), await someone()];
      await says(stopped, "stop");
      await record(willing, "opted_in", "booking_form");
      const [row] = await world.peek("select * from consent where address_id = ?", [
        idToBytes(willing.addressId),
      ]);
      assert.ok(row);
      const { state, ground, agent_id, at, revision, mac } = row;
      const values = [state, ground, idToBytes(String(agent_id)), at, revision, mac];
      const set = "state = ?, ground = ?, agent_id = ?, at = ?, revision = ?, mac = ?";
      await world.tamper(`update consent set ${set} where address_id = ?`, [
        ...(values as (string | number | Uint8Array)[]),
        idToBytes(stopped.addressId),
      ]);
      await assert.rejects(gate(stopped), /MAC/);
    });

    async function someone(value = world.freeNumber()): Promise<Texted> {
      const client = await hotel.agent().client();
      const addresses = [{ kind: "phone", value } as const];
      const { propertyId } = hotel;
      const given = { propertyId, contactId: randomUUID(), name: null, addresses };
      const { contact } = await client.createContact(given);
      const [address] = contact.addresses;
      assert.ok(address);
      return { contactId: contact.id, addressId: address.id };
    }

    async function reassigned(guest: Texted): Promise<Texted> {
      const client = await hotel.agent().client();
      const { propertyId } = hotel;
      const given = { propertyId, ...guest, newContactId: randomUUID(), name: "Somebody else" };
      const { contact } = await client.reassignContactAddress(given);
      const [address] = contact.addresses;
      assert.ok(address);
      return { contactId: contact.id, addressId: address.id };
    }

    async function record(
      guest: Texted,
      state: "opted_in" | "opted_out",
      ground: "asked_in_person" | "booking_form" | "asked_by_phone",
    ): Promise<Consent> {
      const client = await hotel.agent().client();
      await client.setConsent({ propertyId: hotel.propertyId, ...guest, state, ground });
      return consentOf(guest);
    }

    async function consentOf({ contactId, addressId }: Texted): Promise<Consent> {
      const client = await hotel.agent().client();
      const { contact } = await client.getContact({ propertyId: hotel.propertyId, contactId });
      const address = contact.addresses.find(({ id }) => id === addressId);
      assert.ok(address);
      return address.consent;
    }

    async function says(
      guest: Texted,
      word: "stop" | "start",
      { propertyId } = hotel,
    ): Promise<void> {
      const scope = await hotel.tenant.scope();
      await scope.transact((unit) => recordGuestWord(unit, { propertyId, ...guest, word }));
    }

    async function gate({ contactId, addressId }: Texted, { propertyId } = hotel) {
      return mayText(await hotel.tenant.scope(), propertyId, contactId, addressId);
    }
  });
}
