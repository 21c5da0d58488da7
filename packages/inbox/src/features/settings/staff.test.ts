import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentId, PropertyId } from "@foyer/contract";
import { limits } from "@foyer/contract";
import type { ManagedAgent } from "../../data/agents.ts";
import { idFrom } from "../../data/fixtures.ts";
import { grantableRoles, inOrder, mayManage, propertiesOf, suggestPassword } from "./staff.ts";

function agentOf(number: number, change: Partial<ManagedAgent> = {}): ManagedAgent {
  return {
    id: idFrom<AgentId>(number),
    name: `Agent ${number}`,
    role: "agent",
    isActive: true,
    version: 1,
    email: `agent${number}@example.com`,
    propertyIds: [],
    ...change,
  };
}

test("an administrator makes no owner and changes none", () => {
  assert.ok(!grantableRoles("administrator").includes("owner"));
  assert.equal(mayManage("administrator", agentOf(1, { role: "owner" })), false);
  assert.equal(mayManage("owner", agentOf(1, { role: "owner" })), true);
});

test("a role that reaches everywhere works at every property", () => {
  const properties = [{ id: idFrom<PropertyId>(1) }, { id: idFrom<PropertyId>(2) }];
  const agent = agentOf(1, { propertyIds: [idFrom(2)] });
  assert.deepEqual(propertiesOf(agent, properties), [properties[1]]);
  assert.deepEqual(propertiesOf({ ...agent, role: "administrator" }, properties), properties);
});

test("I come first, then colleagues by name, and those who left apart", () => {
  const [ada, ben, cleo] = ["Ada", "Ben", "Cleo"].map((name, at) => agentOf(at + 1, { name }));
  assert.ok(ada && ben && cleo);
  const { active, left } = inOrder([cleo, ben, { ...ada, isActive: false }], cleo.id);
  assert.deepEqual(
    active.map(({ name }) => name),
    ["Cleo", "Ben"],
  );
  assert.deepEqual(
    left.map(({ name }) => name),
    ["Ada"],
  );
});

test("a suggested password is long enough, can be read out, and takes no byte that is unfair", () => {
  const password = suggestPassword(() => new Uint8Array([255, 254, 0, 1, 30, 31, 247]));
  assert.match(password, /^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  assert.ok(password.length >= limits.passwordCharactersMin);
  assert.ok(password.startsWith("ab9a"), password);
});
