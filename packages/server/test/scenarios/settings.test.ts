import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import { limits } from "@foyer/contract";
import { createTeam } from "../../src/modules/tenancy/index.ts";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import type { Tenant } from "../world/tenant.ts";
import { World } from "../world/world.ts";
import { refuses } from "./refuses.ts";

for (const engine of primaryStores()) {
  describe(`a property and its teams, on ${engine.name}`, () => {
    let world: World;
    let tenant: Tenant;
    let hotel: Hotel;
    let sister: Hotel;
    let owner: Client;

    before(async () => {
      world = await World.open({ engine });
      tenant = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] });
      [hotel, sister] = tenant.hotels as [Hotel, Hotel];
      owner = await hotel.agent("owner").client();
    });
    after(() => world.close());

    async function property({ propertyId }: Hotel) {
      const { properties } = await owner.getSession({});
      const found = properties.find(({ id }) => id === propertyId);
      assert.ok(found);
      return found;
    }

    async function teams({ propertyId }: Hotel) {
      return (await owner.getPropertyPeople({ propertyId })).teams;
    }

    function newTeam(name: string, ...agents: readonly { readonly id: string }[]) {
      const { propertyId } = hotel;
      const agentIds = agents.map(({ id }) => id);
      return { propertyId, teamId: randomUUID(), name, colour: "amber", agentIds } as const;
    }

    test("a property changes its name, its zone and its country, and no other does", async () => {
      const before = await property(sister);
      const { propertyId } = hotel;
      const { version } = await property(hotel);
      const place = { name: "Aurora Garden", timeZone: "America/Chicago", country: "US" };
      const changed = await owner.updateProperty({ propertyId, ...place, version });
      assert.deepEqual(changed.property, { id: propertyId, ...place, version: version + 1 });
      const renamed = { propertyId, name: "Aurora Grand", version: version + 1 };
      await owner.updateProperty(renamed);
      assert.partialDeepStrictEqual(await property(hotel), { ...place, name: "Aurora Grand" });
      assert.deepEqual(await property(sister), before);
    });

    test("of two who change a property at once, one is told that it is another now", async () => {
      const { propertyId } = hotel;
      const { version } = await property(hotel);
      const rename = (name: string) => owner.updateProperty({ propertyId, name, version });
      const settled = await Promise.allSettled([rename("One"), rename("Other")]);
      assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 1);
      const late = refuses("version.conflict", { version: version + 1 });
      await assert.rejects(rename("Third"), late);
    });

    test("a zone and a country are ones that there are", async () => {
      const { propertyId } = hotel;
      const { version } = await property(hotel);
      for (const timeZone of ["Europe/Atlantis", "+02:00", "", "2", "Europe/Paris; drop"]) {
        const change = owner.updateProperty({ propertyId, timeZone, version });
        await assert.rejects(change, refuses("property.time_zone_unknown"), timeZone);
      }
      for (const country of ["ZZ", "XX", "us", "USA"]) {
        const change = owner.updateProperty({ propertyId, country, version });
        await assert.rejects(change, refuses("request.invalid"), country);
      }
      for (const timeZone of ["UTC", "Asia/Kolkata", "Asia/Calcutta"]) {
        const { version: now } = await property(hotel);
        const changed = await owner.updateProperty({ propertyId, timeZone, version: now });
        assert.equal(changed.property.timeZone, timeZone);
      }
    });

    test("a team is made once, however often the call is made", async () => {
      const given = newTeam("Housekeeping", hotel.agent(), hotel.agent("supervisor"));
      const [one, other] = await Promise.all([owner.createTeam(given), owner.createTeam(given)]);
      assert.deepEqual(one, other);
      assert.deepEqual(new Set(one.team.agentIds), new Set(given.agentIds));
      assert.deepEqual(await owner.createTeam(given), one);
      const taken = refuses("entry.id_taken");
      await assert.rejects(owner.createTeam({ ...given, name: "Something else" }), taken);
      await assert.rejects(owner.createTeam({ ...given, agentIds: [] }), taken);
      const elsewhere = { ...given, propertyId: sister.propertyId, agentIds: [] };
      await assert.rejects(owner.createTeam(elsewhere), taken);
    });

    test("no two teams of a property have one name, also when both are made at once", async () => {
      const names = ["Spa", " spa ", "ＳＰＡ"];
      const calls = names.map((name) => owner.createTeam(newTeam(name)));
      const settled = await Promise.allSettled(calls);
      assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 1);
      for (const result of settled) {
        if (result.status === "rejected") refuses("name.taken")(result.reason);
      }
      const { team } = await owner.createTeam(newTeam("Bar"));
      const { propertyId } = hotel;
      const rename = { propertyId, teamId: team.id, name: "SPA", version: team.version };
      await assert.rejects(owner.updateTeam(rename), refuses("name.taken"));
      await owner.updateTeam({ ...rename, name: "BAR" });
      await owner.createTeam({ ...newTeam("Spa"), propertyId: sister.propertyId });
    });

    test("a team takes in who works here, and keeps who has left since", async () => {
      const impossible = refuses("assignment.impossible");
      const stranger = await world.tenant(`Borealis ${engine.name}`);
      for (const agent of [sister.agent(), stranger.hotel.agent(), { id: randomUUID() }]) {
        await assert.rejects(owner.createTeam(newTeam("Night", agent)), impossible);
      }
      const { propertyId } = hotel;
      const leaving = { agentId: randomUUID(), name: "Leaving", role: "agent" } as const;
      const account = { email: "leaving@aurora.example", password: "five words make a password" };
      await owner.createAgent({ ...leaving, ...account, propertyIds: [propertyId] });
      const { team } = await owner.createTeam(newTeam("Night", { id: leaving.agentId }));
      await owner.deactivateAgent({ agentId: leaving.agentId });
      const { id: teamId, version } = team;
      const agentIds = [leaving.agentId, hotel.agent().id];
      const changed = await owner.updateTeam({ propertyId, teamId, agentIds, version });
      assert.deepEqual(new Set(changed.team.agentIds), new Set(agentIds));
      const others = { propertyId, teamId, agentIds: [], version: version + 1 };
      assert.deepEqual((await owner.updateTeam(others)).team.agentIds, []);
      const back = { ...others, agentIds: [leaving.agentId], version: version + 2 };
      await assert.rejects(owner.updateTeam(back), impossible);
      await assert.rejects(owner.updateTeam(others), refuses("version.conflict"));
    });

    test("a team that has ended is gone, its name is free, and ending it again is no matter", async () => {
      const { propertyId } = hotel;
      const { team } = await owner.createTeam(newTeam("Valet", hotel.agent()));
      const teamId = team.id;
      await owner.endTeam({ propertyId, teamId });
      await owner.endTeam({ propertyId, teamId });
      assert.ok(!(await teams(hotel)).some(({ id }) => id === teamId));
      const revive = owner.updateTeam({ propertyId, teamId, name: "Again", version: 2 });
      await assert.rejects(revive, refuses("resource.not_found"));
      await owner.createTeam(newTeam("Valet"));
      const elsewhere = owner.endTeam({ propertyId: sister.propertyId, teamId });
      await assert.rejects(elsewhere, refuses("resource.not_found"));
    });

    test("what a team holds is nobody's once it has ended", async () => {
      const { propertyId } = hotel;
      const { team } = await owner.createTeam(newTeam("Bell desk", hotel.agent()));
      const guest = hotel.guest();
      await guest.texts("Could somebody take our bags?");
      const { id: conversationId } = await hotel.conversationWith(guest);
      await owner.assign({ conversationId, assignee: { teamId: team.id } });
      await owner.endTeam({ propertyId, teamId: team.id });
      await world.settle();
      assert.equal((await hotel.conversationWith(guest)).assignee, null);
      const back = owner.assign({ conversationId, assignee: { teamId: team.id } });
      await assert.rejects(back, refuses("assignment.impossible"));
    });

    test("a property has so many teams at most", async () => {
      const scope = await tenant.scope();
      const { propertyId } = sister;
      const missing = limits.teamsPerPropertyMax - (await teams(sister)).length;
      await scope.transact(async (unit) => {
        for (let number = 0; number < missing; number += 1) {
          const team = { propertyId, name: `Team ${number}`, colour: "red", agentIds: [] } as const;
          await createTeam(unit, team);
        }
      });
      const further = { ...newTeam("One more"), propertyId };
      await assert.rejects(owner.createTeam(further), refuses("settings.too_many"));
    });
  });
}
