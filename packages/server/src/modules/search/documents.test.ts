import assert from "node:assert/strict";
import { test } from "node:test";
import type { Contact, EntryId, PropertyId } from "@foyer/contract";
import { World } from "../../../test/world/world.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { matchFields } from "../../platform/search/matching.ts";
import { analyseQuery } from "../../platform/search/query.ts";
import { hashQuery } from "../../platform/search/term-hash.ts";
import type { SearchableEntry } from "../conversations/index.ts";
import { documentOfContact, documentOfEntry, fieldsOfContact, fieldsOfEntry } from "./documents.ts";

const propertyId = "018f2f9a-0000-7000-8000-000000000001" as PropertyId;

const entry = {
  id: "018f2f9a-0000-7000-8000-000000000002" as EntryId,
  kind: "message",
  position: 1,
  occurredAt: 1_800_000_000_000,
  text: "Die Klimaanlage in 412 tropft, könnten Sie bitte kommen?",
} as SearchableEntry;

const contact = {
  id: "018f2f9a-0000-7000-8000-000000000003",
  name: "Tomás Herrera",
  language: null,
  addresses: [
    { id: "a", kind: "phone", value: "+13125550112", formatted: "+1 312 555 0112" },
    { id: "b", kind: "email", value: "tomas@example.com", formatted: "tomas@example.com" },
  ],
  createdAt: "2026-11-22T20:00:00.000Z",
  version: 1,
} as unknown as Contact;

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
    documentOfContact(cipher, contact),
  ]) {
    assert.ok(document.terms.length > 0);
    for (const term of document.terms) assert.match(term, /^[0-9a-f]{16}$/);
    assert.equal(new Set(document.terms).size, document.terms.length);
  }
});

test("a message belongs to its property, a contact to the whole tenant", async () => {
  const { world, cipher } = await openCiphers();
  await using _ = world;
  const ofEntry = documentOfEntry(cipher, propertyId, entry);
  const ofContact = documentOfContact(cipher, contact);
  assert.deepEqual([ofEntry.kind, ofEntry.propertyId], ["entry", propertyId]);
  assert.deepEqual([ofContact.kind, ofContact.propertyId], ["contact", null]);
  assert.deepEqual([ofEntry.tenantId, ofContact.tenantId], [cipher.tenantId, cipher.tenantId]);
  assert.equal(ofEntry.at, entry.occurredAt);
  assert.equal(ofContact.at, Date.parse(contact.createdAt));
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

test("two tenants who say the same share no term, and neither do messages and contacts", async () => {
  const { world, cipher, foreign } = await openCiphers();
  await using _ = world;
  const own = new Set(documentOfEntry(cipher, propertyId, entry).terms);
  const theirs = documentOfEntry(foreign, propertyId, entry).terms;
  assert.ok(theirs.every((term) => !own.has(term)));
  const named = documentOfContact(cipher, { ...contact, name: entry.text, addresses: [] }).terms;
  assert.ok(named.every((term) => !own.has(term)));
});

test("a contact is found by name, by the last digits of its number, and by e-mail", () => {
  const fields = fieldsOfContact(contact);
  for (const query of ["tomas", "Herrera", "0112", "5550112", "tomas@example.com"]) {
    assert.ok(matchFields(fields, analyseQuery(query)), query);
  }
  assert.equal(matchFields(fields, analyseQuery("mercer")), null);
});

test("a contact without a name is found by its addresses, one with nothing by nothing", () => {
  const nameless = { ...contact, name: null };
  assert.equal(fieldsOfContact(nameless).length, contact.addresses.length);
  assert.deepEqual(fieldsOfContact({ ...nameless, addresses: [] }), []);
  assert.deepEqual(fieldsOfEntry(entry), [{ kind: "text", text: entry.text }]);
});
