/**
 * The floor: what this machine can do of the same work when nothing else is done. A bare Fastify
 * route takes the same bytes and writes as many rows of the same sizes, to the same tables with
 * the same keys, by the same prepared statements, in the same group commit. It reads nothing,
 * checks nothing, encrypts nothing, indexes nothing and tells nobody.
 */
import { randomBytes } from "node:crypto";
import Fastify from "fastify";
import { channel, delivery } from "../../packages/server/src/modules/channels/tables.ts";
import { contact, contactAddress } from "../../packages/server/src/modules/contacts/tables.ts";
import {
  conversation,
  timelineEntry,
} from "../../packages/server/src/modules/conversations/tables.ts";
import { property, tenant } from "../../packages/server/src/modules/tenancy/tables.ts";
import { change, changeSequence } from "../../packages/server/src/platform/feed/tables.ts";
import { idToBytes, mintId } from "../../packages/server/src/platform/ids.ts";
import { createGroupCommit } from "../../packages/server/src/platform/store/group-commit.ts";
import { migrate, type Table } from "../../packages/server/src/platform/store/index.ts";
import { openStoreAt } from "./open-store.ts";
import { type Floor, type FloorSetting, floorPath, guestsCount } from "./setting.ts";

type Value = string | number | Uint8Array | null;
type Values = Readonly<Record<string, Value>>;

const { store, sizes }: FloorSetting = JSON.parse(process.argv[2] ?? "");
const engine = openStoreAt(store);
const tables = [
  ...[tenant, property, contact, contactAddress, channel, delivery],
  ...[conversation, timelineEntry, change, changeSequence],
];
await migrate(engine, [{ name: "floor-0001", tables }]);
const groups = createGroupCommit(engine);

const tenantId = newId();
const propertyId = newId();
const channelId = newId();
const common = { tenant_id: tenantId, property_id: propertyId };
const guests = await furnish();

const app = Fastify({ bodyLimit: 1_048_576 });
app.removeAllContentTypeParsers();
app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
app.post(floorPath, async () => {
  await write();
  return { received: true };
});
const url = await app.listen({ host: "127.0.0.1", port: 0 });
process.on("disconnect", () => process.exit(0));
process.send?.({ url } satisfies Floor);

interface Guest {
  readonly conversationId: Uint8Array;
  readonly contactId: Uint8Array;
  position: number;
}

let sequence = 0;
let turn = 0;

/** As many rows as a text costs the house: two that are new, a change, and two that move. */
function write(): Promise<void> {
  const guest = guests[turn % guests.length] as Guest;
  turn += 1;
  guest.position += 1;
  sequence += 1;
  const now = Date.now();
  const { conversationId, contactId, position } = guest;
  const entryId = newId();
  const own = { ...common, conversation_id: conversationId, channel_id: channelId };
  const rows = [
    insertOf(delivery, { ...own, kind: "inbound", state: "processed", received_at: now }),
    insertOf(timelineEntry, {
      ...own,
      id: entryId,
      position,
      kind: "inbound",
      state: "received",
      body: randomBytes(sizes["timeline_entry.body"] ?? 0),
    }),
    updateOf(conversation, ["tenant_id", "id"], {
      ...common,
      id: conversationId,
      contact_id: contactId,
      channel_id: channelId,
      address_id: contactId,
      last_position: position,
      list_rank: now,
    }),
    updateOf(changeSequence, ["tenant_id", "property_id"], { ...common, last: sequence }),
    insertOf(change, { ...own, sequence, kind: "entry.added", entry_id: entryId, at: now }),
  ];
  return groups.run("floor", async (connection) => {
    for (const { sql, values } of rows) await connection.run(sql, values, "floor");
  });
}

/** What the rows refer to, once. */
async function furnish(): Promise<readonly Guest[]> {
  const made = Array.from({ length: guestsCount }, () => ({
    conversationId: newId(),
    contactId: newId(),
    position: 0,
  }));
  const of = ({ contactId }: Guest) => ({
    ...common,
    contact_id: contactId,
    channel_id: channelId,
  });
  const rows = [
    insertOf(tenant, common),
    insertOf(property, { ...common, id: propertyId }),
    insertOf(channel, { ...common, id: channelId }),
    insertOf(changeSequence, common),
    ...made.flatMap((guest) => [
      insertOf(contact, { ...common, id: guest.contactId }),
      insertOf(contactAddress, { ...of(guest), id: guest.contactId }),
      insertOf(conversation, {
        ...of(guest),
        id: guest.conversationId,
        address_id: guest.contactId,
      }),
    ]),
  ];
  await groups.run("floor", async (connection) => {
    for (const { sql, values } of rows) await connection.run(sql, values, "floor");
  });
  return made;
}

function insertOf(table: Table, given: Values) {
  const names = Object.keys(table.columns);
  const marks = names.map(() => "?").join(", ");
  const sql = `insert into ${table.name} (${names.join(", ")}) values (${marks})`;
  return { sql, values: names.map((name) => anyValue(table, name, given)) };
}

function updateOf(table: Table, key: readonly string[], given: Values) {
  const names = Object.keys(table.columns).filter((name) => !key.includes(name) && name in given);
  const sets = names.map((name) => `${name} = ?`).join(", ");
  const where = key.map((name) => `${name} = ?`).join(" and ");
  const sql = `update ${table.name} set ${sets} where ${where}`;
  return { sql, values: [...names, ...key].map((name) => given[name] as Value) };
}

/** What was given, else bytes that say nothing, as long as the house's. */
function anyValue(table: Table, name: string, given: Values): Value {
  const column = table.columns[name];
  if (name in given) return given[name] as Value;
  if (!column || column.isNullable) return null;
  const bytes = sizes[`${table.name}.${name}`] ?? 64;
  return {
    id: newId,
    instant: () => Date.now(),
    integer: () => 1,
    word: () => "word",
    digest: () => randomBytes(32),
    sealed: () => randomBytes(bytes),
  }[column.type]();
}

function newId(): Uint8Array {
  return idToBytes(mintId(Date.now()));
}
