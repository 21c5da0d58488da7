import assert from "node:assert/strict";
import { createSecretKey, randomBytes } from "node:crypto";
import { test } from "node:test";
import { World } from "../../../test/world/world.ts";
import { createDirectory } from "./index.ts";

const email = "someone@at-the-desk.example";
const subjectId = "018f2f9a-0000-7000-8000-000000000001";

test("what somebody shows leads to the tenant, under its own kind only", async () => {
  await using world = await World.open();
  const scope = await (await world.tenant("Aurora")).scope();
  const { directory } = world.assembly;
  await scope.transact((unit) => directory.add(unit, "sign_in_email", email, subjectId));
  const { tenantId } = scope;
  assert.deepEqual(await directory.find("sign_in_email", email), [{ tenantId, subjectId }]);
  assert.deepEqual(await directory.find("session", email), []);
  assert.deepEqual(await directory.find("sign_in_email", `${email} `), []);
});

test("an entry that is made twice is there once, and goes with its subject", async () => {
  await using world = await World.open();
  const scope = await (await world.tenant("Aurora")).scope();
  const { directory } = world.assembly;
  const add = () =>
    scope.transact((unit) => directory.add(unit, "sign_in_email", email, subjectId));
  await add();
  await add();
  assert.equal((await directory.find("sign_in_email", email)).length, 1);
  await scope.transact((unit) => directory.remove(unit, "session", subjectId));
  assert.equal((await directory.find("sign_in_email", email)).length, 1, "another kind stays");
  await scope.transact((unit) => directory.remove(unit, "sign_in_email", subjectId));
  assert.deepEqual(await directory.find("sign_in_email", email), []);
});

test("a tenant takes away its own entries only", async () => {
  await using world = await World.open();
  const { directory } = world.assembly;
  const own = await (await world.tenant("Aurora")).scope();
  const other = await (await world.tenant("Borealis")).scope();
  for (const scope of [own, other]) {
    await scope.transact((unit) => directory.add(unit, "sign_in_email", email, subjectId));
  }
  await own.transact((unit) => directory.remove(unit, "sign_in_email", subjectId));
  const hits = await directory.find("sign_in_email", email);
  assert.deepEqual(hits, [{ tenantId: other.tenantId, subjectId }]);
});

test("an entry is written with what makes its subject, or not at all", async () => {
  await using world = await World.open();
  const scope = await (await world.tenant("Aurora")).scope();
  const { directory } = world.assembly;
  const work = scope.transact(async (unit) => {
    await directory.add(unit, "sign_in_email", email, subjectId);
    throw new Error("the subject could not be made");
  });
  await assert.rejects(work);
  assert.deepEqual(await directory.find("sign_in_email", email), []);
});

test("an e-mail leads to five tenants at most", async () => {
  await using world = await World.open();
  const { directory } = world.assembly;
  for (const name of ["One", "Two", "Three", "Four", "Five", "Six"]) {
    const scope = await (await world.tenant(name)).scope();
    await scope.transact((unit) => directory.add(unit, "sign_in_email", email, subjectId));
  }
  assert.equal((await directory.find("sign_in_email", email)).length, 5);
});

test("a digest says nothing without the installation's key", async () => {
  await using world = await World.open();
  const scope = await (await world.tenant("Aurora")).scope();
  const { directory, store } = world.assembly;
  await scope.transact((unit) => directory.add(unit, "sign_in_email", email, subjectId));
  const key = () => createSecretKey(randomBytes(32));
  const digestKeys = {
    session: key(),
    sign_in_email: key(),
    channel_key: key(),
    demo: key(),
    hotel: key(),
  };
  const stranger = createDirectory({ store, digestKeys });
  assert.deepEqual(await stranger.find("sign_in_email", email), []);
});
