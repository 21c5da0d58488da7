import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "../../../test/world/world.ts";
import { TABLE } from "../../platform/keys/field-numbers.ts";
import { RowForged } from "../../platform/keys/tenant-cipher.ts";
import { assertGenuine, macOf } from "./row-mac.ts";

const row = {
  id: "a",
  role: "agent",
  password: new Uint8Array([1, 2]),
  ended_at: null,
  version: 3,
};

test("a row that grants authority is genuine as it was written, and in no other way", async () => {
  await using world = await World.open();
  const { cipher } = await (await world.tenant("Aurora")).scope();
  const { cipher: foreign } = await (await world.tenant("Borealis")).scope();
  const mac = macOf(cipher, TABLE.agent, row.version, row);
  const genuine = { ...row, tenant_id: "any", mac };
  assert.equal(assertGenuine(cipher, TABLE.agent, row.version, genuine), genuine);

  const { role: _, ...withoutRole } = genuine;
  const forgeries = [
    { ...genuine, role: "owner" },
    { ...genuine, password: new Uint8Array([1, 3]) },
    { ...genuine, ended_at: 0 },
    { ...genuine, version: 4 },
    { ...genuine, id: "b" },
    { ...genuine, further: 1 },
    { ...genuine, mac: mac.map((byte) => byte ^ 1) },
    { ...withoutRole, mac },
  ];
  for (const forged of forgeries) {
    assert.throws(() => assertGenuine(cipher, TABLE.agent, row.version, forged), RowForged);
  }
  assert.throws(() => assertGenuine(cipher, TABLE.session, row.version, genuine), RowForged);
  assert.throws(() => assertGenuine(cipher, TABLE.agent, row.version + 1, genuine), RowForged);
  assert.throws(() => assertGenuine(foreign, TABLE.agent, row.version, genuine), RowForged);
});

test("every column of an authority's row is under its MAC", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const agent = hotel.agent();
  await agent.signIn();
  const forge = "update agent set role = 'owner' where role = 'agent'";
  assert.equal(await world.tamper(forge), 1);
  await assert.rejects(agent.browser.client.getSession({}));
  world.log.takeErrors("request.failed");
});

test("the order in which a store names its columns does not matter", async () => {
  await using world = await World.open();
  const { cipher } = await (await world.tenant("Aurora")).scope();
  const turned = Object.fromEntries(Object.entries(row).reverse()) as typeof row;
  assert.deepEqual(macOf(cipher, TABLE.agent, 1, turned), macOf(cipher, TABLE.agent, 1, row));
});
