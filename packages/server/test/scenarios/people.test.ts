import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import { type AgentId, operations, type Role } from "@foyer/contract";
import { idToBytes } from "../../src/platform/ids.ts";
import { primaryStores } from "../engines.ts";
import { Browser } from "../world/browser.ts";
import type { Hotel } from "../world/hotel.ts";
import type { Tenant } from "../world/tenant.ts";
import { World } from "../world/world.ts";
import { refuses } from "./refuses.ts";
import { overlap, performIn } from "./two-processes.ts";

const password = "five words make a password";

for (const engine of primaryStores()) {
  describe(`who may sign in, on ${engine.name}`, () => {
    let world: World;
    let tenant: Tenant;
    let grand: Hotel;
    let beach: Hotel;
    let owner: Client;
    let administrator: Client;
    let people = 0;

    before(async () => {
      world = await World.open({ engine });
      tenant = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] });
      [grand, beach] = tenant.hotels as [Hotel, Hotel];
      owner = await grand.agent("owner").client();
      administrator = await grand.agent("administrator").client();
    });
    after(() => world.close());

    function colleague(role: Role = "agent", ...hotels: Hotel[]) {
      people += 1;
      const email = `colleague${people}@aurora.example`;
      const propertyIds = hotels.map(({ propertyId }) => propertyId);
      world.log.keepOut(email, password);
      return { agentId: randomUUID(), name: `Ada ${people}`, email, password, role, propertyIds };
    }

    async function signIn(email: string, typed = password) {
      const browser = new Browser(world.url);
      const tenantId = tenant.id;
      const answer = await browser.client.signIn({ email, password: typed, tenantId });
      assert.equal(answer.result, "signed_in");
      browser.hold(answer.session);
      return { browser, session: answer.session, client: browser.client };
    }

    async function managed(agentId: string) {
      const { items } = await owner.listAgents({});
      const found = items.find(({ id }) => id === agentId);
      assert.ok(found);
      return found;
    }

    /** How many changes of settings each property was told while something was done. */
    async function toldOf(work: () => Promise<unknown>): Promise<readonly number[]> {
      const counts = async () =>
        Promise.all(
          [grand, beach].map(async ({ propertyId }) => {
            const sql = `select count(*) as n from change_event
              where kind = 'settings.changed' and property_id = ?`;
            const [row] = await world.peek(sql, [idToBytes(propertyId)]);
            return Number(row?.["n"]);
          }),
        );
      const before = await counts();
      await work();
      const after = await counts();
      return after.map((count, index) => count - (before[index] ?? 0));
    }

    test("a colleague signs in with what they were told, and works where they were placed", async () => {
      const given = colleague("agent", beach);
      const { agent } = await administrator.createAgent(given);
      const { password: _, agentId: id, ...shown } = given;
      assert.deepEqual(agent, { ...shown, id, isActive: true, version: 1 });
      const { session } = await signIn(given.email.toUpperCase());
      assert.deepEqual(
        session.properties.map((property) => property.id),
        [beach.propertyId],
      );
      assert.equal(session.agent.name, given.name);
    });

    test("a call that is made again, or twice at once, lets one colleague in", async () => {
      const given = colleague("agent", grand);
      const [one, other] = await Promise.all([owner.createAgent(given), owner.createAgent(given)]);
      assert.deepEqual(one, other);
      assert.deepEqual(await owner.createAgent(given), one);
      for (const change of [
        { name: "Somebody else" },
        { password: "another password for them" },
        { role: "supervisor" as const },
        { propertyIds: [] },
        { email: "elsewhere@aurora.example" },
      ]) {
        await assert.rejects(owner.createAgent({ ...given, ...change }), refuses("entry.id_taken"));
      }
    });

    test("an e-mail signs in one colleague, and is one that can exist", async () => {
      const { email } = colleague();
      await owner.createAgent({ ...colleague(), email });
      const again = { ...colleague(), email: `  ${email.toUpperCase()} ` };
      await assert.rejects(owner.createAgent(again), refuses("agent.email_taken"));
      for (const broken of ["ada", "ada@", "ada@aurora", "a b@aurora.example"]) {
        const given = { ...colleague(), email: broken };
        await assert.rejects(owner.createAgent(given), refuses("agent.email_invalid"), broken);
      }
    });

    test("a password has its length", async () => {
      const short = { ...colleague(), password: "eleven char" };
      await assert.rejects(owner.createAgent(short), refuses("request.invalid"));
      const long = { ...colleague(), password: "x".repeat(257) };
      await assert.rejects(owner.createAgent(long), refuses("request.invalid"));
    });

    test("nobody grants what they do not have", async () => {
      const ownerId = grand.agent("owner").id;
      const self = grand.agent("administrator").id;
      const { version } = await managed(ownerId);
      const stranger = await world.tenant("Borealis");
      const attempts = [
        () => administrator.createAgent(colleague("owner")),
        () => administrator.updateAgent({ agentId: ownerId, name: "Nobody", version }),
        () => administrator.updateAgent({ agentId: self, role: "owner", version: 1 }),
        () => administrator.deactivateAgent({ agentId: ownerId }),
        () => administrator.reactivateAgent({ agentId: ownerId }),
        () => owner.createAgent(colleague("agent", stranger.hotel)),
        () => owner.createAgent({ ...colleague(), propertyIds: [randomUUID()] }),
      ];
      for (const attempt of attempts) await assert.rejects(attempt, refuses("agent.beyond_own"));
      assert.equal((await managed(ownerId)).version, version);
      const { agent } = await administrator.createAgent(colleague("administrator"));
      const demoted = { agentId: agent.id, role: "read_only", version: 1 } as const;
      assert.equal((await administrator.updateAgent(demoted)).agent.role, "read_only");
    });

    test("another role and other places hold from the next request on", async () => {
      const given = colleague("agent", grand);
      await owner.createAgent(given);
      const { client } = await signIn(given.email);
      const { agentId } = given;
      const propertyIds = [beach.propertyId];
      const change = { agentId, role: "supervisor" as const, propertyIds };
      const { agent } = await owner.updateAgent({ ...change, version: 1 });
      assert.deepEqual(
        [agent.role, agent.propertyIds, agent.version],
        ["supervisor", [beach.propertyId], 2],
      );
      const session = await client.getSession({});
      assert.deepEqual(
        session.properties.map(({ id }) => id),
        [beach.propertyId],
      );
      assert.ok(session.rights.includes("delivery.read"));
      const gone = client.getPropertyPeople({ propertyId: grand.propertyId });
      await assert.rejects(gone, refuses("resource.not_found"));
    });

    test("who loses a property leaves its teams, and no others", async () => {
      const given = colleague("agent", grand, beach);
      await owner.createAgent(given);
      const { agentId } = given;
      const teams = await Promise.all(
        [grand, beach].map(async ({ propertyId }) => {
          const team = { teamId: randomUUID(), name: `Night ${people}`, colour: "blue" } as const;
          await owner.createTeam({ ...team, propertyId, agentIds: [agentId] });
          return { propertyId, teamId: team.teamId };
        }),
      );
      await owner.updateAgent({ agentId, propertyIds: [beach.propertyId], version: 1 });
      const members = await Promise.all(
        teams.map(async ({ propertyId, teamId }) => {
          const found = await owner.getPropertyPeople({ propertyId });
          return found.teams.find(({ id }) => id === teamId)?.agentIds;
        }),
      );
      assert.deepEqual(members, [[], [agentId]]);
    });

    test("a change to what somebody else has changed is refused", async () => {
      const given = colleague("agent", grand);
      await owner.createAgent(given);
      const { agentId } = given;
      const rename = (name: string) => owner.updateAgent({ agentId, name, version: 1 });
      const settled = await Promise.allSettled([rename("One"), rename("Other")]);
      const failed = settled.filter(({ status }) => status === "rejected");
      assert.equal(failed.length, 1);
      await assert.rejects(rename("Third"), refuses("version.conflict", { version: 2 }));
    });

    test("every property concerned is told, and no other", async () => {
      const given = colleague("agent", grand);
      const { agentId } = given;
      assert.deepEqual(await toldOf(() => owner.createAgent(given)), [1, 0]);
      const propertyIds = [beach.propertyId];
      const moved = await toldOf(() => owner.updateAgent({ agentId, propertyIds, version: 1 }));
      assert.deepEqual(moved, [1, 1]);
      assert.deepEqual(await toldOf(() => owner.deactivateAgent({ agentId })), [0, 1]);
      assert.deepEqual(await toldOf(() => owner.deactivateAgent({ agentId })), [0, 0]);
      const everywhere = colleague("administrator");
      assert.deepEqual(await toldOf(() => owner.createAgent(everywhere)), [1, 1]);
    });

    test("who is deactivated is out at once, on every device, until they are let in again", async () => {
      const given = colleague("agent", grand);
      const { agentId, email } = given;
      await owner.createAgent(given);
      const [here, there] = [await signIn(email), await signIn(email)];
      const { agent } = await owner.deactivateAgent({ agentId });
      assert.equal(agent.isActive, false);
      for (const { client } of [here, there]) {
        await assert.rejects(client.getSession({}), refuses("session.required"));
      }
      await assert.rejects(signIn(email), refuses("session.wrong_credentials"));
      assert.deepEqual(await owner.deactivateAgent({ agentId }), { agent });

      assert.equal((await owner.reactivateAgent({ agentId })).agent.isActive, true);
      for (const { client } of [here, there]) {
        await assert.rejects(client.getSession({}), refuses("session.required"));
      }
      const { session } = await signIn(email);
      assert.deepEqual(
        session.properties.map(({ id }) => id),
        [grand.propertyId],
      );
    });

    test("the stream of who is deactivated ends, and tells nothing after", async () => {
      const given = colleague("agent", grand);
      await owner.createAgent(given);
      const { browser } = await signIn(given.email);
      const following = await browser.follow({ propertyId: grand.propertyId, conversations: "" });
      world.keep(following);
      await owner.deactivateAgent({ agentId: given.agentId });
      await following.ended();
      assert.deepEqual(following.events.at(-1), { type: "ended", reason: "session" });
    });

    test("what a colleague holds is nobody's where they leave, and stays theirs elsewhere", async () => {
      const given = colleague("agent", grand, beach);
      await owner.createAgent(given);
      const { agentId } = given;
      const guests = await Promise.all(
        [grand, beach].map(async (hotel) => {
          const guest = hotel.guest();
          await guest.texts("Is there a late checkout?");
          const { id: conversationId } = await hotel.conversationWith(guest);
          await owner.assign({ conversationId, assignee: { agentId } });
          return { hotel, guest };
        }),
      );
      const holders = async () => {
        await world.settle();
        const conversations = guests.map(({ hotel, guest }) => hotel.conversationWith(guest));
        return (await Promise.all(conversations)).map(({ assignee }) => assignee);
      };
      assert.deepEqual(await holders(), [{ agentId }, { agentId }]);
      await owner.updateAgent({ agentId, propertyIds: [beach.propertyId], version: 1 });
      assert.deepEqual(await holders(), [null, { agentId }]);
      await owner.updateAgent({ agentId, role: "read_only", version: 2 });
      assert.deepEqual(await holders(), [null, null]);
      const [{ hotel, guest } = assert.fail()] = guests;
      const last = (await hotel.timelineWith(guest)).at(-1);
      assert.partialDeepStrictEqual(last, {
        kind: "event",
        event: "unassigned",
        agentId: grand.agent("owner").id,
      });
    });

    test("the last owner stays, in role and in person", async () => {
      const agentId = grand.agent("owner").id;
      const { version } = await managed(agentId);
      const demote = { agentId, role: "administrator", version } as const;
      await assert.rejects(owner.updateAgent(demote), refuses("agent.last_owner"));
      await assert.rejects(owner.deactivateAgent({ agentId }), refuses("agent.last_owner"));
      const second = colleague("owner");
      await owner.createAgent(second);
      await owner.deactivateAgent({ agentId: second.agentId });
      await assert.rejects(owner.deactivateAgent({ agentId }), refuses("agent.last_owner"));
    });

    test("of two owners who deactivate each other at once, one stays", async () => {
      const brand = await world.tenant(`Duel ${engine.name}`);
      const first = brand.hotel.agent("owner");
      let one = await first.client();
      const given = { ...colleague("owner"), email: "second@duel.example" };
      for (let round = 0; round < 5; round += 1) {
        const agentId = randomUUID() as AgentId;
        const email = `second${round}@duel.example`;
        await one.createAgent({ ...given, agentId, email });
        const browser = new Browser(world.url);
        const tenantId = brand.id;
        const answer = await browser.client.signIn({ email, password, tenantId });
        assert.equal(answer.result, "signed_in");
        browser.hold(answer.session);
        const settled = await Promise.allSettled([
          one.deactivateAgent({ agentId }),
          browser.client.deactivateAgent({ agentId: first.id }),
        ]);
        const done = settled.filter(({ status }) => status === "fulfilled");
        assert.equal(done.length, 1, "both went, or both stayed");
        const sql = `select count(*) as n from agent
          where tenant_id = ? and role = 'owner' and ended_at is null`;
        const [row] = await world.peek(sql, [idToBytes(brand.id)]);
        assert.equal(Number(row?.["n"]), 1);
        if (settled[0]?.status === "fulfilled") continue;
        await browser.client.reactivateAgent({ agentId: first.id });
        one = await first.signIn();
        await one.deactivateAgent({ agentId });
      }
    });

    if (engine.name !== "SQLite") {
      test("of two owners who deactivate each other in two processes, one stays", async () => {
        const other = await world.anotherProcess();
        const brand = await world.tenant("Two processes");
        const first = brand.hotel.agent("owner").account;
        const client = await brand.hotel.agent("owner").client();
        const given = { ...colleague("owner"), email: "second@two.example" };
        const { agent } = await client.createAgent(given);
        const second = { id: agent.id, role: agent.role, tenantId: brand.id };
        const { deactivateAgent } = operations;
        const [one, two] = await overlap(world, {
          first: () => performIn(world.assembly, deactivateAgent, first, { agentId: second.id }),
          pausedAt: "agent.update",
          second: () => performIn(other, deactivateAgent, second, { agentId: first.id }),
          reaches: "tenant.hold",
        });
        assert.deepEqual([one?.status, two?.status], ["fulfilled", "rejected"]);
      });
    }

    test("what somebody does is refused once they may no longer, though it was under way", async () => {
      const { deactivateAgent } = operations;
      const one = colleague("agent", grand);
      await owner.createAgent(one);
      for (const [change, code] of [
        [(agentId: string) => owner.deactivateAgent({ agentId }), "session.required"],
        [
          (agentId: string) => owner.updateAgent({ agentId, role: "supervisor", version: 1 }),
          "right.missing",
        ],
      ] as const) {
        const { agent } = await owner.createAgent(colleague("administrator"));
        const by = { id: agent.id, role: agent.role, tenantId: tenant.id };
        await change(agent.id);
        const late = performIn(world.assembly, deactivateAgent, by, { agentId: one.agentId });
        await assert.rejects(late, { code });
      }
      assert.equal((await managed(one.agentId)).isActive, true);
    });

    test("nobody manages a row that was changed behind the server's back", async () => {
      const given = colleague("agent", grand);
      await owner.createAgent(given);
      const { agentId } = given;
      const bytes = idToBytes(agentId);
      await world.tamper("update agent set role = 'owner' where id = ?", [bytes]);
      const rename = owner.updateAgent({ agentId, name: "Now genuine", version: 1 });
      await assert.rejects(rename, refuses("service.failed"));
      await assert.rejects(owner.listAgents({}), refuses("service.failed"));
      world.log.takeErrors("request.failed");
      await world.tamper("update agent set role = 'agent' where id = ?", [bytes]);
      assert.equal((await managed(agentId)).role, "agent");
    });
  });
}
