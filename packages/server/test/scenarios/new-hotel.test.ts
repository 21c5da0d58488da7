import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operations } from "@foyer/contract";
import { demoMark } from "../../src/modules/demo/index.ts";
import { primaryStores } from "../engines.ts";
import { Browser } from "../world/browser.ts";
import { World, type WorldOptions } from "../world/world.ts";
import { refuses } from "./refuses.ts";
import { overlap, performOpenIn } from "./two-processes.ts";

const minuteMs = 60_000;

const mine = {
  organization: "Aurora Hotels",
  hotel: "Aurora Grand",
  timeZone: "Europe/Lisbon",
  country: "PT",
  ownerName: "Ada Nguyen",
  email: "ada@aurora.example",
  password: "five words make a password",
};

for (const engine of primaryStores()) {
  describe(`a hotel of one's own, on ${engine.name}`, () => {
    /** A house that shows a demo; what is told before a hotel is made is counted. */
    async function openDemo(options: WorldOptions = {}) {
      const told = { times: 0 };
      const beforeHotel = () => {
        told.times += 1;
      };
      const wayOut = { beforeHotel };
      const world = await World.open({ engine, wayOut, ...options });
      world.log.keepOut(mine.password, mine.email);
      const { assembly } = world;
      const scope = await assembly.provisionTenant({ name: "The demo", kind: "demo" });
      const mark = () =>
        scope.transact((unit) => assembly.directory.add(unit, "demo", demoMark, scope.tenantId));
      return { world, told, mark, client: new Browser(world.url).client };
    }

    async function realTenants(world: World): Promise<number> {
      const [row] = await world.peek("select count(*) as n from tenant where kind = 'real'");
      return Number(row?.["n"]);
    }

    async function signIn(world: World, { email, password } = mine) {
      const browser = new Browser(world.url);
      const answer = await browser.client.signIn({ email, password });
      assert.equal(answer.result, "signed_in");
      browser.hold(answer.session);
      return { session: answer.session, client: browser.client };
    }

    test("begins beside the demo: its owner signs in to an empty house", async () => {
      const { world, told, mark, client } = await openDemo();
      await using _ = world;
      await mark();
      assert.equal((await client.getInstallation({})).mayStartHotel, true);
      assert.deepEqual(await client.startHotel({ ...mine, email: " Ada@Aurora.example " }), {
        email: mine.email,
      });
      assert.equal(told.times, 1);
      const { session, client: owner } = await signIn(world);
      assert.partialDeepStrictEqual(session, {
        tenant: { name: mine.organization, isDemo: false },
        agent: { name: mine.ownerName, role: "owner", isActive: true },
        properties: [{ name: mine.hotel, timeZone: mine.timeZone, country: mine.country }],
      });
      const [property] = session.properties;
      const propertyId = property?.id ?? "";
      const { items } = await owner.listAgents({});
      assert.deepEqual(
        items.map(({ email }) => email),
        [mine.email],
      );
      assert.deepEqual((await owner.listTemplates({ propertyId })).items, []);
    });

    test("begins once: whoever comes after is sent to the operator", async () => {
      const { world, told, mark, client } = await openDemo();
      await using _ = world;
      await mark();
      await client.startHotel(mine);
      assert.equal((await client.getInstallation({})).mayStartHotel, false);
      const again = client.startHotel({ ...mine, email: "second@aurora.example" });
      await assert.rejects(again, refuses("installation.has_hotel"));
      assert.deepEqual([await realTenants(world), told.times], [1, 1]);
    });

    test("begins nowhere but beside a whole demo in an installation without a hotel", async () => {
      const none = refuses("installation.has_hotel");
      {
        const { world, client, told } = await openDemo();
        await using _ = world;
        assert.equal((await client.getInstallation({})).mayStartHotel, false);
        await assert.rejects(client.startHotel(mine), none, "the demo is not whole");
        assert.equal(told.times, 0);
      }
      {
        const { world, client, mark } = await openDemo();
        await using _ = world;
        await mark();
        await world.tenant("Borealis");
        await assert.rejects(client.startHotel(mine), none, "there is a hotel");
      }
      await using world = await World.open({ engine });
      const { client } = new Browser(world.url);
      await assert.rejects(client.startHotel(mine), none, "no demo is shown");
      assert.equal(await realTenants(world), 0);
    });

    test("is one, of however many are begun at once", async () => {
      const { world, mark, client } = await openDemo();
      await using _ = world;
      await mark();
      const calls = [0, 1, 2, 3].map((number) =>
        client.startHotel({ ...mine, email: `owner${number}@aurora.example` }),
      );
      const settled = await Promise.allSettled(calls);
      assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 1);
      for (const result of settled) {
        if (result.status === "rejected") refuses("installation.has_hotel")(result.reason);
      }
      assert.equal(await realTenants(world), 1);
    });

    if (engine.name !== "SQLite") {
      test("is one, also when two processes begin it at once", async () => {
        const { world, mark } = await openDemo();
        await using _ = world;
        await mark();
        const other = await world.anotherProcess();
        const begin = (assembly: typeof other, email: string) => () =>
          performOpenIn(assembly, operations.startHotel, { ...mine, email });
        const [one, two] = await overlap(world, {
          first: begin(world.assembly, "one@aurora.example"),
          pausedAt: "tenant.insert",
          second: begin(other, "two@aurora.example"),
          reaches: "directory.hold",
        });
        assert.deepEqual([one?.status, two?.status], ["fulfilled", "rejected"]);
        assert.equal(await realTenants(world), 1);
      });
    }

    test("is not begun with what cannot be, and nothing is left of the attempt", async () => {
      const { world, mark, client, told } = await openDemo();
      await using _ = world;
      await mark();
      const broken = [
        [{ email: "ada at aurora" }, "agent.email_invalid"],
        [{ timeZone: "Europe/Atlantis" }, "property.time_zone_unknown"],
        [{ country: "ZZ" }, "request.invalid"],
        [{ password: "too short" }, "request.invalid"],
        [{ organization: "  " }, "request.invalid"],
      ] as const;
      for (const [change, code] of broken) {
        await assert.rejects(client.startHotel({ ...mine, ...change }), refuses(code));
      }
      assert.deepEqual([await realTenants(world), told.times], [0, 0]);
      assert.equal((await client.getInstallation({})).mayStartHotel, true);
    });

    test("is made whole or not at all", async () => {
      const { world, mark, client } = await openDemo();
      await using _ = world;
      await mark();
      world.intercept(async (statement, run) => {
        if (statement === "agent.insert") throw new Error("the process ends here");
        return run();
      });
      await assert.rejects(client.startHotel(mine), refuses("service.failed"));
      world.intercept(undefined);
      world.log.takeErrors("request.failed");
      assert.equal(await realTenants(world), 0);
      assert.equal((await client.getInstallation({})).mayStartHotel, true);
      await client.startHotel(mine);
      await signIn(world);
    });

    test("is not begun again and again from one address", async () => {
      const { world, mark, client } = await openDemo();
      await using _ = world;
      await mark();
      const slip = { ...mine, email: "ada at aurora" };
      for (let attempt = 0; attempt < 10; attempt += 1) {
        await assert.rejects(client.startHotel(slip), refuses("agent.email_invalid"));
      }
      await assert.rejects(client.startHotel(mine), refuses("session.too_many_attempts"));
      await world.advance(15 * minuteMs);
      await client.startHotel(mine);
    });

    test("is made by the operator wherever and as often as they like", async () => {
      await using world = await World.open({ engine });
      world.log.keepOut(mine.password, mine.email);
      await world.assembly.makeHotel(mine);
      await world.assembly.makeHotel({ ...mine, email: "second@aurora.example" });
      assert.equal(await realTenants(world), 2);
      assert.equal((await signIn(world)).session.properties.length, 1);
    });
  });
}
