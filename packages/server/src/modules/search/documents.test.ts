import assert from "node:assert/strict";
import { createSecretKey } from "node:crypto";
import { test } from "node:test";
import type { ConversationId, EntryId, PropertyId } from "@foyer/contract";
import { World } from "../../../test/world/world.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import { matchFields } from "../../platform/search/matching.ts";
import { analyseQuery } from "../../platform/search/query.ts";
import { hashQuery } from "../../platform/search/term-hash.ts";
import type { FindableGuest } from "../contacts/index.ts";
import type { SearchableEntry } from "../conversations/index.ts";
import { documentOfEntry, documentOfGuest, fieldsOfEntry, fieldsOfGuest } from "./documents.ts";

const key = createSecretKey(Buffer.alloc(32, 7));
const propertyId = "018f2f9a-0000-7000-8000-000000000001" as PropertyId;

const entry = {
  id: "018f2f9a-0000-7000-8000-000000000002" as EntryId,
  conversationId: "018f2f9a-0000-7000-8000-000000000004" as ConversationId,
  kind: "message",
  position: 1,
  occurredAt: 1_800_000_000_000,
  text: "Die Klimaanlage in 412 tropft, könnten Sie bitte kommen?",
} as SearchableEntry;

const guest = {
  guestId: "018f2f9a-0000-7000-8000-000000000005",
  contact: {
    id: "018f2f9a-0000-7000-8000-000000000003",
    name: "Tomás Herrera",
    addresses: [
      { id: "a", kind: "phone", value: "+13125550112", formatted: "+1 312 555 0112" },
      { id: "b", kind: "email", value: "tomas@example.com", formatted: "tomas@example.com" },
    ],
    createdAt: "2026-11-22T20:00:00.000Z",
  },
  texts: ["412", "Sea view", "Regular"],
} as unknown as FindableGuest;
const { contact } = guest;

async function openCiphers() {
  const world = await World.open();
  const { cipher } = await (await world.tenant("Aurora")).scope();
  const { cipher: foreign } = await (await world.tenant("Borealis")).scope();
  return { world, cipher, foreign };
}

test("a document holds nothing but hashed terms: no word, no address, no length of a text", async () => {
  const { world, cipher } = await openCiphers();
  await using _ = world;
  for (const document of [
    documentOfEntry(cipher, propertyId, entry),
    documentOfGuest(cipher, propertyId, guest),
  ]) {
    assert.ok(document.terms.length > 0);
    for (const term of document.terms) assert.match(term, /^[0-9a-f]{16}$/);
    assert.equal(new Set(document.terms).size, document.terms.length);
  }
});

test("a message belongs to its property, and so does what a property knows of a guest", async () => {
  const { world, cipher } = await openCiphers();
  await using _ = world;
  const ofEntry = documentOfEntry(cipher, propertyId, entry);
  const ofGuest = documentOfGuest(cipher, propertyId, guest);
  assert.deepEqual([ofEntry.kind, ofEntry.propertyId], ["entry", propertyId]);
  assert.deepEqual([ofGuest.kind, ofGuest.propertyId], ["contact", propertyId]);
  assert.deepEqual([ofEntry.tenantId, ofGuest.tenantId], [cipher.tenantId, cipher.tenantId]);
  assert.equal(ofEntry.at, entry.occurredAt);
  assert.equal(ofGuest.at, Date.parse(contact.createdAt));
});

test("an instant that no index can keep becomes the nearest that it can", async () => {
  const { world, cipher } = await openCiphers();
  await using _ = world;
  const atOf = (occurredAt: number) =>
    documentOfEntry(cipher, propertyId, { ...entry, occurredAt }).at;
  assert.deepEqual([-1, 8.64e15, 1.5].map(atOf), [0, 2 ** 43 - 1, 1]);
});

test("what is asked as it was said is among the terms, under the same key only", async () => {
  const { world, cipher, foreign } = await openCiphers();
  await using _ = world;
  const { terms } = documentOfEntry(cipher, propertyId, entry);
  const isFound = (query: string, by = cipher) =>
    hashQuery([by.searchKey(FIELD.searchText)], analyseQuery(query).allOf).every((anyOf) =>
      anyOf.some((term) => terms.includes(term)),
    );
  for (const query of ["klimaanlage", "KLIMA", "412", "konnten", "tropft 412"]) {
    assert.ok(isFound(query), query);
    assert.ok(!isFound(query, foreign), `${query}, asked by another tenant`);
  }
  assert.ok(!isFound("heizung"));
});

test("messages of one thread share a term, and with those of another thread none but words", () => {
  const cipher = { tenantId: propertyId, searchKey: () => key } as unknown as TenantCipher;
  const inThread = (text: string, thread = entry.conversationId) =>
    documentOfEntry(cipher, propertyId, { ...entry, text, conversationId: thread }).terms;
  const towels = inThread("towels");
  const shared = inThread("pillows").filter((term) => towels.includes(term));
  assert.equal(shared.length, 1);
  const other = "018f2f9a-0000-7000-8000-000000000009" as ConversationId;
  assert.ok(inThread("pillows", other).every((term) => !towels.includes(term)));
});

test("two tenants who say the same share no term, and neither do messages and contacts", async () => {
  const { world, cipher, foreign } = await openCiphers();
  await using _ = world;
  const own = new Set(documentOfEntry(cipher, propertyId, entry).terms);
  const theirs = documentOfEntry(foreign, propertyId, entry).terms;
  assert.ok(theirs.every((term) => !own.has(term)));
  const named = documentOfGuest(cipher, propertyId, {
    ...guest,
    contact: { ...contact, name: entry.text, addresses: [] },
  }).terms;
  assert.ok(named.every((term) => !own.has(term)));
});

test("a guest is found by name, last digits, e-mail, what fields hold, and labels", () => {
  const fields = fieldsOfGuest(guest);
  const queries = ["tomas", "Herrera", "0112", "5550112", "tomas@example.com", "412", "sea view"];
  for (const query of [...queries, "regular", "tomas 412", "reg"]) {
    assert.ok(matchFields(fields, analyseQuery(query)), query);
  }
  for (const query of ["mercer", "41", "4120"]) {
    assert.equal(matchFields(fields, analyseQuery(query)), null, query);
  }
});

test("a guest without a name is found by addresses, one with nothing by nothing", () => {
  const nameless = { ...contact, name: null };
  const { addresses } = contact;
  assert.equal(fieldsOfGuest({ contact: nameless, texts: [] }).length, addresses.length);
  const nobody = { contact: { ...nameless, addresses: [] }, texts: [] };
  assert.deepEqual(fieldsOfGuest(nobody), []);
  assert.deepEqual(fieldsOfEntry(entry), [{ kind: "text", text: entry.text }]);
});
