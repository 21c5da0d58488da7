import assert from "node:assert/strict";
import { test } from "node:test";
import type { Agent, Team, Template, TemplateId } from "@foyer/contract";
import fc from "fast-check";
import { colleague, housekeeping, idFrom, me } from "../../data/fixtures.ts";
import {
  findCallables,
  findTemplates,
  mentionsIn,
  replaceRange,
  textFor,
  triggerAt,
} from "./suggest.ts";

const at = (text: string, kind: "message" | "note" = "message") =>
  triggerAt(text, text.length, kind)?.query;

test("a slash at the beginning of a word asks for a template, one inside a word does not", () => {
  assert.equal(at("/tow"), "tow");
  assert.equal(at("Good morning, /"), "");
  assert.equal(at("open 24/7"), undefined);
  assert.equal(at("https://example.com"), undefined);
  assert.equal(at("/tow please"), undefined);
  assert.equal(at("/tow", "note"), undefined);
});

test("an at asks for a colleague in notes alone, also by two names", () => {
  assert.equal(at("@Eng", "note"), "Eng");
  assert.equal(at("ask @Mia Li", "note"), "Mia Li");
  assert.equal(at("mail a@b", "note"), undefined);
  assert.equal(at("@Eng"), undefined);
});

function templateOf(number: number, change: Partial<Template>): Template {
  const texts = [{ language: "en", text: "Text" }];
  const base = { name: `Name ${number}`, shortcut: `s${number}`, texts, version: 1 };
  return { id: idFrom<TemplateId>(number), ...base, ...change };
}
const towels = templateOf(1, { name: "Towels on the way", shortcut: "towels" });
const taxi = templateOf(2, {
  name: "Taxi",
  shortcut: "cab",
  texts: [
    { language: "en", text: "With two towels in it" },
    { language: "de", text: "Mit zwei Handtüchern" },
  ],
});
const late = templateOf(3, { name: "Spätes Check-out", shortcut: "late" });

test("templates are found by shortcut first, then by name, then by what they say", () => {
  const found = (query: string) => findTemplates([taxi, towels, late], query).map(({ id }) => id);
  assert.deepEqual(found("tow"), [towels.id, taxi.id]);
  assert.deepEqual(found("TOW"), [towels.id, taxi.id]);
  assert.deepEqual(found("spat"), [late.id]);
  assert.deepEqual(found("handtu"), [taxi.id]);
  assert.equal(found("").length, 3);
  assert.deepEqual(found("nothing"), []);
});

test("a template is listed in the guest's language, or in its first", () => {
  assert.equal(textFor(taxi, "de-AT"), "Mit zwei Handtüchern");
  assert.equal(textFor(taxi, "fr"), "With two towels in it");
  assert.equal(textFor(taxi, null), "With two towels in it");
});

function agentOf(id: Agent["id"], name: string, isActive = true): Agent {
  return { id, name, role: "agent", isActive, version: 1 };
}
const team: Team = { id: housekeeping, name: "Ann Lee", colour: "blue", agentIds: [], version: 1 };
const people = {
  agents: [agentOf(me, "Mia Lind"), agentOf(colleague, "Ann"), agentOf(idFrom(9), "Gone", false)],
  teams: [team],
};

test("a note calls colleagues and teams, never oneself and nobody who left", () => {
  const names = (query: string) => findCallables(people, query, me).map(({ name }) => name);
  assert.deepEqual(names(""), ["Ann", "Ann Lee"]);
  assert.deepEqual(names("lee"), ["Ann Lee"]);
  assert.deepEqual(names("Ann "), ["Ann Lee"]);
  assert.deepEqual(names("mia"), []);
});

test("whom a note calls is read from its words: the longest name that stands there", () => {
  assert.deepEqual(mentionsIn("@Ann Lee, please. @Ann too, @Ann", people), [
    { teamId: housekeeping },
    { agentId: colleague },
  ]);
  assert.deepEqual(mentionsIn("nobody@example.com", people), []);
});

test("what was typed is replaced by what was chosen, and the rest stays", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (before, after, chosen) => {
      const text = `${before} /tow${after}`;
      const from = before.length + 1;
      const trigger = { kind: "template" as const, query: "tow", from, to: from + 4 };
      const replaced = replaceRange(text, trigger, chosen);
      assert.equal(replaced.text, `${before} ${chosen}${after}`);
      assert.equal(replaced.text.slice(0, replaced.caret), `${before} ${chosen}`);
    }),
  );
});
