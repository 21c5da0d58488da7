import assert from "node:assert/strict";
import { it } from "node:test";
import { FIELD, TABLE } from "./field-numbers.ts";

/**
 * The numbers as they were given. Lines are added, never changed or removed: with another number
 * the stored values of a field no longer open.
 */
const givenFields = `
tenantProfile 1
propertyProfile 2
agentProfile 3
agentPassword 4
agentEmailIndex 5
teamProfile 6
sessionDevice 7
contactProfile 10
contactAddress 11
contactAddressIndex 12
fieldValue 13
labelProfile 14
fieldProfile 15
templateProfile 16
channelSettings 20
channelAddressIndex 21
deliveryBody 22
deliveryProviderIdIndex 23
entryBody 30
entryProviderId 31
entryProviderIdIndex 32
entryReaction 33
attachmentProfile 34
attachmentContent 35
attachmentSource 36
searchText 40
searchAddress 41
jobPayload 50
`;
const givenTables = `
agent 1
agentProperty 2
session 3
channel 4
tenant 5
consent 6
`;
const uint16Max = 65_535;

for (const [name, numbers, given] of [
  ["field", FIELD, givenFields],
  ["table", TABLE, givenTables],
] as const) {
  it(`no ${name} number is given twice`, () => {
    const values = Object.values(numbers);
    assert.equal(new Set(values).size, values.length);
    for (const value of values) assert.ok(Number.isInteger(value) && value > 0);
    assert.ok(Math.max(...values) <= uint16Max);
  });

  it(`every ${name} number is what it was when it was given`, () => {
    const lines = Object.entries(numbers).map(([key, value]) => `${key} ${value}\n`);
    assert.equal(`\n${lines.join("")}`, given);
  });

  it(`${name} numbers cannot be changed while running`, () => {
    assert.ok(Object.isFrozen(numbers));
  });
}
