import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Client, Refused } from "@foyer/client";
import { operations } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { refuses } from "./refuses.ts";
import { overlap, performIn } from "./two-processes.ts";

for (const engine of primaryStores()) {
  describe(`the templates of a property, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;
    let sister: Hotel;
    let client: Client;

    before(async () => {
      world = await World.open({ engine });
      const tenant = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] });
      [hotel, sister] = tenant.hotels as [Hotel, Hotel];
      client = await hotel.agent("supervisor").client();
    });
    after(() => world.close());

    function newTemplate(shortcut: string, ...texts: readonly [language: string, text: string][]) {
      const given = texts.length > 0 ? texts : ([["en", "On its way up."]] as const);
      return {
        propertyId: hotel.propertyId,
        templateId: randomUUID(),
        name: `The one for ${shortcut}`,
        shortcut,
        texts: given.map(([language, text]) => ({ language, text })),
      };
    }

    async function listed() {
      return (await client.listTemplates({ propertyId: hotel.propertyId })).items;
    }

    test("a template has a text per language, and is there for everybody who answers", async () => {
      const given = newTemplate(
        "towels",
        ["en", "Two towels for {room}, {first_name}."],
        ["pt-BR", "Duas toalhas para {room} {…}"],
      );
      const { template } = await client.createTemplate(given);
      const { propertyId: _, templateId: id, ...shown } = given;
      assert.deepEqual(template, { id, ...shown, version: 1 });
      const agent = await hotel.agent().client();
      const { items } = await agent.listTemplates({ propertyId: hotel.propertyId });
      assert.deepEqual(items, [template]);
      const theirs = await sister.agent().client();
      const { items: none } = await theirs.listTemplates({ propertyId: sister.propertyId });
      assert.deepEqual(none, []);
    });

    test("a call that is made again, or twice at once, makes one template", async () => {
      const given = newTemplate("spa");
      const calls = [client.createTemplate(given), client.createTemplate(given)];
      const [one, other] = await Promise.all(calls);
      assert.deepEqual(one, other);
      assert.deepEqual(await client.createTemplate(given), one);
      const another = { ...given, texts: [{ language: "en", text: "Another text." }] };
      await assert.rejects(client.createTemplate(another), refuses("entry.id_taken"));
    });

    test("a placeholder that nothing fills is named, and so is a language that is there twice", async () => {
      const given = newTemplate(
        "bad",
        ["en", "Dear {first_name}, {colour_of_eyes}?"],
        ["EN".toLowerCase(), "Again {zimmer}"],
      );
      const refused = await client.createTemplate(given).catch((error: unknown) => error);
      assert.ok(refused instanceof Refused);
      assert.equal(refused.problem.code, "template.invalid");
      assert.deepEqual(refused.problem.issues, [
        { field: "texts.0.text", issue: "asks for {colour_of_eyes}, which nothing here fills" },
        { field: "texts.1.text", issue: "asks for {zimmer}, which nothing here fills" },
        { field: "texts.1.language", issue: "is there twice" },
      ]);
      assert.ok(!(await listed()).some(({ shortcut }) => shortcut === "bad"));
    });

    test("a field that a template asks for stays, and keeps its name while it does", async () => {
      const owner = await hotel.agent("owner").client();
      const { propertyId } = hotel;
      const fieldId = randomUUID();
      const given = { propertyId, fieldId, name: "Spa time", kind: "text" } as const;
      const { version } = (await owner.createField(given)).field;
      const { template } = await client.createTemplate(
        newTemplate("bath", ["en", "At {spa_time}"]),
      );
      const at = { propertyId, fieldId };
      const rename = (name: string) => owner.updateField({ ...at, name, version });
      for (const call of [() => rename("Spa hour"), () => owner.endField(at)]) {
        const refused = await call().catch((error: unknown) => error);
        assert.ok(refused instanceof Refused);
        assert.equal(refused.problem.code, "field.needed");
        assert.deepEqual(refused.problem.facts, { templateId: template.id });
      }
      const { field } = await rename("Spa-time?");
      assert.equal(field.name, "Spa-time?", "which is the same placeholder");
      await client.endTemplate({ propertyId, templateId: template.id });
      await owner.updateField({ ...at, name: "Spa hour", version: field.version });
      await owner.endField(at);
    });

    test("a field that the house itself reads may be called anything", async () => {
      const owner = await hotel.agent("owner").client();
      const { propertyId } = hotel;
      const { items } = await owner.listFields({ propertyId });
      const room = items.find(({ purpose }) => purpose === "room");
      assert.ok(room);
      await client.createTemplate(newTemplate("ready", ["en", "{room} is ready"]));
      const { id: fieldId, version } = room;
      const { field } = await owner.updateField({ propertyId, fieldId, name: "Suite", version });
      assert.equal(field.name, "Suite");
    });

    test("a template and the end of the field it asks for: one of both is refused", async () => {
      const { propertyId } = hotel;
      const owner = await hotel.agent("owner").client();
      const fieldId = randomUUID();
      await owner.createField({ propertyId, fieldId, name: "Pet", kind: "text" });
      const outcomes = await Promise.allSettled([
        client.createTemplate(newTemplate("pet", ["en", "{pet} is welcome"])),
        owner.endField({ propertyId, fieldId }),
      ]);
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    });

    test("a field of the property is a placeholder there, and nowhere else", async () => {
      const owner = await hotel.agent("owner").client();
      const field = { fieldId: randomUUID(), name: "Späte Anreise?", kind: "text" } as const;
      await owner.createField({ propertyId: hotel.propertyId, ...field });
      const given = newTemplate("late", ["en", "Until {späte_anreise} then. VIP: {vip}"]);
      await client.createTemplate(given);
      const elsewhere = { ...given, templateId: randomUUID(), propertyId: sister.propertyId };
      await assert.rejects(owner.createTemplate(elsewhere), refuses("template.invalid"));
    });

    test("name and shortcut are each unique, also when two are made at once", async () => {
      const one = newTemplate("bar");
      const calls = [one, { ...newTemplate("bar"), name: "Another" }].map((given) =>
        client.createTemplate(given),
      );
      const settled = await Promise.allSettled(calls);
      assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 1);
      const made = (await listed()).find(({ shortcut }) => shortcut === "bar");
      assert.ok(made);
      const sameName = { ...newTemplate("barn"), name: made.name.toUpperCase() };
      const refused = await client.createTemplate(sameName).catch((error: unknown) => error);
      assert.ok(refused instanceof Refused && refused.problem.code === "name.taken");
      assert.deepEqual(refused.problem.issues, [{ field: "name", issue: "is taken" }]);
      const second = newTemplate("pool");
      const { template } = await client.createTemplate(second);
      const rename = { ...second, shortcut: "bar", version: template.version };
      await assert.rejects(client.updateTemplate(rename), refuses("name.taken"));
    });

    if (engine.name !== "SQLite") {
      test("a shortcut is unique, also when two processes make it at once", async () => {
        const other = await world.anotherProcess();
        const by = hotel.agent("supervisor").account;
        const { createTemplate } = operations;
        const [one, another] = [newTemplate("gym"), { ...newTemplate("gym"), name: "Gym" }];
        const [first, second] = await overlap(world, {
          first: () => performIn(world.assembly, createTemplate, by, one),
          pausedAt: "template.insert",
          second: () => performIn(other, createTemplate, by, another),
          reaches: "property.hold",
        });
        assert.deepEqual([first?.status, second?.status], ["fulfilled", "rejected"]);
        assert.equal((await listed()).filter(({ shortcut }) => shortcut === "gym").length, 1);
      });
    }

    test("a template is written anew by whoever looked at what it is now", async () => {
      const given = newTemplate("wifi");
      await client.createTemplate(given);
      const anew = { ...given, texts: [{ language: "de", text: "Das Netz heißt Aurora." }] };
      const { template } = await client.updateTemplate({ ...anew, version: 1 });
      assert.deepEqual([template.texts, template.version], [anew.texts, 2]);
      const late = refuses("version.conflict", { version: 2 });
      await assert.rejects(client.updateTemplate({ ...given, version: 1 }), late);
      const broken = { ...anew, texts: [{ language: "de", text: "{netz}" }], version: 2 };
      await assert.rejects(client.updateTemplate(broken), refuses("template.invalid"));
    });

    test("a retired template is gone, and its name and shortcut are free", async () => {
      const given = newTemplate("taxi");
      const { propertyId, templateId } = given;
      await client.createTemplate(given);
      await client.endTemplate({ propertyId, templateId });
      await client.endTemplate({ propertyId, templateId });
      assert.ok(!(await listed()).some(({ id }) => id === templateId));
      const revive = client.updateTemplate({ ...given, version: 2 });
      await assert.rejects(revive, refuses("resource.not_found"));
      await assert.rejects(client.createTemplate(given), refuses("entry.id_taken"));
      await client.createTemplate(newTemplate("taxi"));
    });

    test("a template of another property is none", async () => {
      const given = newTemplate("iron");
      await client.createTemplate(given);
      const owner = await hotel.agent("owner").client();
      const { propertyId } = sister;
      const { templateId } = given;
      const none = refuses("resource.not_found");
      await assert.rejects(owner.updateTemplate({ ...given, propertyId, version: 1 }), none);
      await assert.rejects(owner.endTemplate({ propertyId, templateId }), none);
    });

    test("what a template says is stored as ciphertext", async () => {
      const given = newTemplate("secret", ["en", "The night code is 4711, quietly."]);
      world.log.keepOut("The night code is 4711, quietly.");
      await client.createTemplate(given);
      const rows = await world.peek("select profile from template");
      const bytes = rows.map((row) => Buffer.from(row["profile"] as Uint8Array).toString("latin1"));
      assert.ok(bytes.length > 0);
      assert.ok(!bytes.some((text) => /4711|secret|night/.test(text)));
    });
  });
}
