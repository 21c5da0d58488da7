import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { AddressId, ContactId } from "@foyer/contract";
import { channel } from "../../src/modules/channels/tables.ts";
import { consent } from "../../src/modules/contacts/tables.ts";
import { agent, agentProperty, session, tenant } from "../../src/modules/tenancy/tables.ts";
import { idToBytes } from "../../src/platform/ids.ts";
import type { Column, Table } from "../../src/platform/store/table.ts";
import type { Agent } from "../world/agent.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

/** The rows that grant something. Each carries a MAC over all of its columns. */
const granting = [tenant, agent, agentProperty, session, channel, consent] as const;

/** What a row is found by that stands for somebody: a row can be moved to somebody else. */
const keyColumns = new Set(["property_id", "agent_id", "address_id"]);

/** Somebody who can be texted. */
interface Reachable {
  readonly contactId: ContactId;
  readonly addressId: AddressId;
}

/** Another row stands under another key: what is forged is the row that is there. */
const keys = new Set(["tenant_id", "id"]);

test("every row that carries a MAC is forged here", async () => {
  await using world = await World.open();
  const sealed = world.assembly.tables.filter(({ columns }) => "mac" in columns);
  const names = granting.map(({ name }) => name);
  assert.deepEqual(sealed.map(({ name }) => name).toSorted(), names.toSorted());
});

describe("a row that grants something and was changed behind the server's back", () => {
  let world: World;
  let hotel: Hotel;
  let sister: Hotel;
  let victim: Agent;
  /** Opted out at the first hotel. */
  let refusing: Reachable;
  let other: Reachable;

  before(async () => {
    world = await World.open();
    const brand = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] });
    hotel = brand.hotel;
    sister = brand.hotels[1] ?? hotel;
    victim = hotel.agent("read_only");
    await victim.signIn();
    refusing = await newGuest();
    other = await newGuest();
    const client = await hotel.agent().client();
    const said = { state: "opted_out", ground: "asked_by_phone" } as const;
    await client.setConsent({ propertyId: hotel.propertyId, ...refusing, ...said });
  });
  after(() => {
    world.log.takeErrors("request.failed");
    return world.close();
  });

  for (const table of granting) {
    const columns = Object.entries(table.columns).filter(([name]) => !keys.has(name));
    test(`${table.name}: whatever column was changed, nothing is granted`, async () => {
      await assertGranted(table);
      for (const [name, column] of columns) {
        const before = await columnOf(table, name);
        for (const value of otherValues(name, column, before)) {
          await write(table, name, value);
          await assertRefused(table, `${table.name}.${name}`);
          await write(table, name, before);
        }
      }
      await assertGranted(table);
    });
  }

  test("nobody makes themselves owner, not even with an owner's MAC", async () => {
    const owner = hotel.agent("owner");
    const mac = await macOfAgent(owner);
    const own = await macOfAgent(victim);
    await world.tamper("update agent set role = 'owner', mac = ? where id = ?", [
      mac,
      idToBytes(victim.id),
    ]);
    await assertRefused(agent, "role and mac");
    await world.tamper("update agent set role = 'read_only', mac = ? where id = ?", [
      own,
      idToBytes(victim.id),
    ]);
    await assertGranted(agent);
  });

  test("a row that places somebody at a property cannot be made up or copied", async () => {
    const copied = await world.peek("select revision, mac from agent_property where agent_id = ?", [
      idToBytes(sister.agent("read_only").id),
    ]);
    const { revision, mac } = copied[0] as { revision: number; mac: Uint8Array };
    await world.tamper("insert into agent_property values (?, ?, ?, ?, ?)", [
      idToBytes(hotel.tenant.id),
      idToBytes(victim.id),
      idToBytes(sister.propertyId),
      revision,
      mac,
    ]);
    const probe = `/v1/properties/${sister.propertyId}/conversation-counts`;
    const answer = await victim.browser.send(probe);
    assert.ok(answer.status >= 400);
    const { email, password } = victim.account;
    const signedIn = await victim.browser.copy().send("/v1/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    assert.ok(!(await signedIn.text()).includes(sister.propertyId), "the sign-in tells of it");
    await world.tamper("delete from agent_property where agent_id = ? and property_id = ?", [
      idToBytes(victim.id),
      idToBytes(sister.propertyId),
    ]);
    await assertGranted(agentProperty);
  });

  test("a session that was ended cannot be taken up again", async () => {
    const browser = await victim.openBrowser();
    const { id } = await browser.client.getSession({});
    const copy = browser.copy();
    await browser.client.signOut({});
    await world.tamper("update session set ended_at = null where id = ?", [idToBytes(id)]);
    assert.ok((await copy.send("/v1/session")).status >= 400);
  });

  test("a guest who refuses is texted by nobody who changed that in the store", async () => {
    const { propertyId, channelId } = hotel;
    const client = await hotel.agent().client();
    const start = () => {
      const given = { messageId: randomUUID(), channelId, text: "It is Friday!" };
      return client.start({ propertyId, to: refusing, ...given });
    };
    await assert.rejects(start(), /contact\.opted_out/);
    await write(consent, "state", "opted_in");
    await assert.rejects(start(), /service\.failed/);
    await write(consent, "state", "opted_out");
    await assert.rejects(start(), /contact\.opted_out/);
  });

  /** Somebody whom both hotels know, and of whose consent nothing is known. */
  async function newGuest(): Promise<Reachable> {
    const guest = hotel.guest();
    for (const { number } of [hotel, sister]) {
      world.carrier.text(guest.number, number, "Is anybody there?");
    }
    await world.settle();
    const { contactId } = await hotel.conversationWith(guest);
    const client = await hotel.agent().client();
    const { contact } = await client.getContact({ propertyId: hotel.propertyId, contactId });
    const [address] = contact.addresses;
    assert.ok(address);
    const { id: addressId } = address;
    assert.equal(
      await world.tamper("delete from consent where address_id = ?", [idToBytes(addressId)]),
      2,
    );
    return { contactId, addressId };
  }

  /** Asks for what the row grants. */
  async function probe(table: Table): Promise<number> {
    if (table === channel) return probeChannel();
    if (table === consent) return probeConsent();
    const path =
      table === tenant ? "/v1/session" : `/v1/properties/${hotel.propertyId}/conversation-counts`;
    const answer = await victim.browser.copy().send(path);
    await answer.text();
    return answer.status;
  }

  async function probeChannel(): Promise<number> {
    // What a process read of a channel it believes for a second; a forger waits for that.
    world.clock.moveTo(world.clock.now() + 1_000);
    const listed = await victim.browser.send(`/v1/properties/${hotel.propertyId}/channels`);
    const { items = [] } = (await listed.json()) as { items?: { isActive: boolean }[] };
    const body = JSON.stringify(hotel.received(hotel.guest(), "Is anybody there?"));
    const posted = await hotel.post({ body });
    await posted.text();
    return posted.ok || (listed.ok && items.length > 0) ? 200 : posted.status;
  }

  /** A row that was moved is looked for where it stands now. */
  async function probeConsent(): Promise<number> {
    const owner = hotel.agent("owner");
    await owner.client();
    const statuses: number[] = [];
    for (const { propertyId } of [hotel, sister]) {
      for (const { contactId } of [refusing, other]) {
        const path = `/v1/properties/${propertyId}/contacts/${contactId}`;
        const answer = await owner.browser.send(path);
        await answer.text();
        statuses.push(answer.status);
      }
    }
    return Math.max(...statuses);
  }

  async function assertGranted(table: Table): Promise<void> {
    assert.equal(await probe(table), 200, `${table.name} as it was written`);
  }

  async function assertRefused(table: Table, what: string): Promise<void> {
    assert.ok((await probe(table)) >= 400, `${what} was honoured`);
  }

  async function macOfAgent({ id }: Agent): Promise<Uint8Array> {
    const [row] = await world.peek("select mac from agent where id = ?", [idToBytes(id)]);
    return row?.["mac"] as Uint8Array;
  }

  async function columnOf(table: Table, name: string): Promise<Value> {
    const [where, parameters] = rowOf(table);
    const [row] = await world.peek(`select ${name} from ${table.name} where ${where}`, parameters);
    const value = row?.[name] as Value;
    return typeof value === "string" && name.endsWith("_id") ? idToBytes(value) : value;
  }

  async function write(table: Table, name: string, value: Value): Promise<void> {
    const [where, parameters] = rowOf(table, keyColumns.has(name));
    const sql = `update ${table.name} set ${name} = ? where ${where}`;
    assert.equal(await world.tamper(sql, [value, ...parameters]), 1, `${table.name}.${name}`);
  }

  /** The victim's row; where its own key is what was changed, the row that has the victim's MAC. */
  function rowOf(table: Table, isKeyChanged = false): [where: string, parameters: Uint8Array[]] {
    const id = idToBytes(victim.id);
    if (table === tenant) return ["tenant_id = ?", [idToBytes(hotel.tenant.id)]];
    if (table === agent) return ["id = ?", [id]];
    if (table === channel) return ["id = ?", [idToBytes(hotel.channelId)]];
    if (isKeyChanged) return ["mac = ?", [macs.get(table.name) ?? new Uint8Array()]];
    if (table === consent) return ["address_id = ?", [idToBytes(refusing.addressId)]];
    return ["agent_id = ?", [id]];
  }

  const macs = new Map<string, Uint8Array>();
  before(async () => {
    for (const table of [agentProperty, session, consent]) {
      const mac = await columnOf(table, "mac");
      if (mac instanceof Uint8Array) macs.set(table.name, mac);
    }
  });

  /** What somebody might write there instead, fit for the column. */
  function otherValues(name: string, column: Column<unknown>, before: Value): readonly Value[] {
    const words = otherWords[name];
    if (words) return words.filter((word) => word !== before);
    if (name === "agent_id") return [idToBytes(hotel.agent("owner").id)];
    if (name === "property_id") return [idToBytes(sister.propertyId)];
    if (name === "address_id") return [idToBytes(other.addressId)];
    if (typeof before === "number") return [before + 1, before + 86_400_000];
    if (before instanceof Uint8Array) return [flipped(before), before.subarray(1)];
    assert.ok(before === null && column.isNullable, `there is nothing to write into ${name}`);
    return [world.clock.now() + 86_400_000];
  }
});

const otherWords: Readonly<Record<string, readonly string[]>> = {
  role: ["owner", "administrator", "supervisor"],
  kind: ["real", "demo"],
  state: ["opted_in"],
  ground: ["keyword", "guest_wrote"],
};

type Value = string | number | Uint8Array | null;

function flipped(bytes: Uint8Array): Uint8Array {
  const other = Uint8Array.from(bytes);
  other[other.length - 1] = (other[other.length - 1] ?? 0) ^ 1;
  return other;
}
