import assert from "node:assert/strict";
import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import { FIELD, type FieldNumber, TABLE } from "../../platform/keys/field-numbers.ts";
import { idPart } from "../../platform/keys/length-prefixed.ts";
import { sealingKey, sealingKeyId } from "../../platform/keys/sealed-box.ts";
import {
  blindIndexBytes,
  type MacColumn,
  RowForged,
  rowMacBytes,
  SealBroken,
  type TenantCipher,
} from "../../platform/keys/tenant-cipher.ts";
import { Lease, UseMeter } from "./lease.ts";
import { type OpenedKeys, openCipher } from "./open-cipher.ts";
import { manualClock } from "./testing.ts";

const rounds = { numRuns: 300 };
const fields = Object.values(FIELD);
const anyField = fc.constantFrom(...fields);
const anyRow = fc.uuid();

function newKeys(): OpenedKeys {
  const sealing = sealingKey(randomUUID(), createSecretKey(randomBytes(32)));
  const root = createSecretKey(randomBytes(32));
  return {
    sealing,
    opening: new Map([[sealingKeyId(sealing), sealing]]),
    index: [{ id: idPart(randomUUID()), version: 1, isRetired: false, root }],
  };
}

function cipherOf(tenantId: string, keys: OpenedKeys): TenantCipher {
  const meter = new UseMeter("a data key");
  meter.add(1_000_000);
  return openCipher(tenantId, keys, new Lease(manualClock(0), { revoked: false }), meter);
}

const keys = newKeys();
const tenantId = randomUUID();
const cipher = cipherOf(tenantId, keys);
const twin = cipherOf(randomUUID(), keys);
const stranger = cipherOf(tenantId, newKeys());

describe("a sealed value", () => {
  it("opens as it was, text and bytes and JSON", () => {
    const row = randomUUID();
    const anyText = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(
        anyField,
        anyText,
        fc.uint8Array(),
        fc.jsonValue(),
        (field, text, bytes, json) => {
          assert.equal(cipher.openText(field, row, cipher.seal(field, row, text)), text);
          assert.deepEqual(
            new Uint8Array(cipher.open(field, row, cipher.seal(field, row, bytes))),
            bytes,
          );
          const asIs = { parse: (value: unknown) => value };
          const opened = cipher.openJson(field, row, cipher.sealJson(field, row, json), asIs);
          assert.deepEqual(opened, JSON.parse(JSON.stringify(json)));
        },
      ),
      rounds,
    );
  });

  it("does not open when tenant, field, row or key is another", () => {
    const anyCase = [anyField, anyField, anyRow, anyRow, fc.string()] as const;
    fc.assert(
      fc.property(...anyCase, (field, otherField, row, otherRow, text) => {
        const sealed = cipher.seal(field, row, text);
        refuses(twin, field, row, sealed);
        refuses(stranger, field, row, sealed);
        if (otherField !== field) refuses(cipher, otherField, row, sealed);
        if (otherRow !== row) refuses(cipher, field, otherRow, sealed);
      }),
      rounds,
    );
  });

  it("does not open with any bit flipped or any end cut off", () => {
    const row = randomUUID();
    fc.assert(
      fc.property(fc.string(), fc.nat(), (text, at) => {
        const sealed = Buffer.from(cipher.seal(FIELD.entryBody, row, text));
        const bit = at % (sealed.length * 8);
        const cut = sealed.subarray(0, at % sealed.length);
        sealed[bit >> 3] = (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        refuses(cipher, FIELD.entryBody, row, sealed);
        refuses(cipher, FIELD.entryBody, row, cut);
      }),
      rounds,
    );
  });

  it("is never the same twice, and never shows its text", () => {
    const row = randomUUID();
    const seal = () => Buffer.from(cipher.seal(FIELD.entryBody, row, "late checkout"));
    assert.notDeepEqual(seal(), seal());
    assert.ok(!seal().includes("late"));
  });

  it("says nothing of its content when it does not open", () => {
    const row = randomUUID();
    const notJson = cipher.seal(FIELD.jobPayload, row, "room 412, no JSON");
    const asIs = { parse: (value: unknown) => value };
    assert.throws(
      () => cipher.openJson(FIELD.jobPayload, row, notJson, asIs),
      (error) => error instanceof SealBroken && !error.message.includes("412"),
    );
  });

  it("is refused for a row without a name, or with one that UTF-8 would blur", () => {
    for (const row of ["", "\ud800", "row\udc00"]) {
      assert.throws(() => cipher.seal(FIELD.entryBody, row, "text"), TypeError);
    }
    assert.throws(() => cipher.sealJson(FIELD.entryBody, "row", undefined), TypeError);
  });
});

function refuses(by: TenantCipher, field: FieldNumber, row: string, sealed: Uint8Array): void {
  assert.throws(() => by.open(field, row, sealed), SealBroken);
}

describe("a blind index", () => {
  it("is the same for the same value, and another for another value, field, tenant or key", () => {
    const anyCase = [fc.string(), fc.string(), anyField, anyField] as const;
    fc.assert(
      fc.property(...anyCase, (value, otherValue, field, otherField) => {
        const digest = cipher.index(field, value);
        assert.equal(digest.length, blindIndexBytes);
        assert.deepEqual(cipher.index(field, value), digest);
        assert.notDeepEqual(twin.index(field, value), digest);
        assert.notDeepEqual(stranger.index(field, value), digest);
        if (otherValue !== value) assert.notDeepEqual(cipher.index(field, otherValue), digest);
        if (otherField !== field) assert.notDeepEqual(cipher.index(otherField, value), digest);
      }),
      rounds,
    );
  });

  it("shares no key with search terms", () => {
    const search = cipher.searchKey(FIELD.searchText);
    assert.ok(search.equals(cipher.searchKey(FIELD.searchText)));
    assert.ok(!search.equals(cipher.searchKey(FIELD.searchAddress)));
    assert.ok(!search.equals(twin.searchKey(FIELD.searchText)));
  });

  it("is asked for a version in use only", () => {
    assert.deepEqual(cipher.indexVersions, [1]);
    assert.throws(() => cipher.index(FIELD.contactAddressIndex, "value", 2), RangeError);
  });
});

const anyValue = fc.oneof(
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.string(),
  fc.uint8Array({ maxLength: 20 }),
);
const anyColumns = fc.uniqueArray(
  fc.record({ name: fc.string({ maxLength: 8 }), value: anyValue }),
  { selector: (column) => column.name, maxLength: 6 },
);
const row: readonly MacColumn[] = [
  { name: "id", value: idPart(randomUUID()) },
  { name: "role", value: "read-only" },
  { name: "ended_at", value: null },
  { name: "version", value: 7 },
];

describe("the MAC of a row", () => {
  it("holds for the same columns in any order, and integers of either type", () => {
    fc.assert(
      fc.property(anyColumns, fc.nat(), (columns, revision) => {
        const mac = cipher.mac(TABLE.agent, revision, columns);
        assert.equal(mac.length, rowMacBytes);
        const asBigint = columns.map(({ name, value }) => ({
          name,
          value: typeof value === "number" ? BigInt(value) : value,
        }));
        cipher.verifyMac(TABLE.agent, revision, asBigint.toReversed(), mac);
      }),
      rounds,
    );
  });

  it("does not hold for any other row", () => {
    fc.assert(
      fc.property(anyColumns, anyColumns, (columns, others) => {
        if (canonical(columns) === canonical(others)) return;
        const mac = cipher.mac(TABLE.agent, 1, columns);
        assert.throws(() => cipher.verifyMac(TABLE.agent, 1, others, mac), RowForged);
      }),
      rounds,
    );
  });

  it("does not hold for another table, revision, tenant or key, nor with a bit flipped", () => {
    const mac = cipher.mac(TABLE.agent, 3, row);
    cipher.verifyMac(TABLE.agent, 3, row, mac);
    assert.throws(() => cipher.verifyMac(TABLE.session, 3, row, mac), RowForged);
    assert.throws(() => cipher.verifyMac(TABLE.agent, 2, row, mac), RowForged);
    assert.throws(() => twin.verifyMac(TABLE.agent, 3, row, mac), RowForged);
    assert.throws(() => stranger.verifyMac(TABLE.agent, 3, row, mac), RowForged);
    for (let bit = 0; bit < mac.length * 8; bit += 1) {
      const flipped = Uint8Array.from(mac);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.throws(() => cipher.verifyMac(TABLE.agent, 3, row, flipped), RowForged);
    }
    assert.throws(() => cipher.verifyMac(TABLE.agent, 3, row, new Uint8Array(0)), RowForged);
  });

  it("does not hold when a value stands under another column's name", () => {
    const granted = [{ name: "opted_in_at", value: 1 }];
    const mac = cipher.mac(TABLE.channel, 1, granted);
    const moved = [{ name: "opted_out_at", value: 1 }];
    assert.throws(() => cipher.verifyMac(TABLE.channel, 1, moved, mac), RowForged);
  });

  it("tells NULL, empty text, empty bytes and zero apart", () => {
    const values = [null, "", new Uint8Array(0), 0, "0"];
    for (const one of values) {
      const mac = cipher.mac(TABLE.channel, 1, [{ name: "value", value: one }]);
      for (const other of values.filter((value) => value !== one)) {
        const columns = [{ name: "value", value: other }];
        assert.throws(() => cipher.verifyMac(TABLE.channel, 1, columns, mac), RowForged);
      }
    }
  });

  it("is not made over a name that occurs twice, nor over a number that is no integer", () => {
    const twice = [...row, { name: "role", value: "owner" }];
    assert.throws(() => cipher.mac(TABLE.agent, 1, twice), TypeError);
    for (const value of [0.5, 2 ** 53, Number.NaN]) {
      assert.throws(() => cipher.mac(TABLE.agent, 1, [{ name: "value", value }]), TypeError);
    }
  });
});

function canonical(columns: readonly MacColumn[]): string {
  const described = columns.map(({ name, value }) => {
    if (value instanceof Uint8Array) return [name, "bytes", Buffer.from(value).toString("hex")];
    const kind = typeof value === "number" ? "bigint" : typeof value;
    return [name, kind, String(value)];
  });
  return JSON.stringify(described.toSorted((one, other) => (`${one[0]}` < `${other[0]}` ? -1 : 1)));
}
