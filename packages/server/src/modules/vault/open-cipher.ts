import { type KeyObject, timingSafeEqual } from "node:crypto";
import { deriveKey, hmac } from "../../platform/keys/derive-key.ts";
import type { FieldNumber, TableNumber } from "../../platform/keys/field-numbers.ts";
import { idPart, type Part, uint16Part } from "../../platform/keys/length-prefixed.ts";
import { nextNonce } from "../../platform/keys/nonces.ts";
import {
  BoxBroken,
  boxKeyId,
  openBox,
  type SealingKey,
  sealBox,
} from "../../platform/keys/sealed-box.ts";
import {
  type JsonSchema,
  type MacColumn,
  RowForged,
  rowMacBytes,
  SealBroken,
  type TenantCipher,
} from "../../platform/keys/tenant-cipher.ts";
import type { Lease, UseMeter } from "./lease.ts";
import { rowMacInput } from "./row-mac.ts";

const macFormat = 1;
const macIdFrom = 1;
const macDigestFrom = 17;

/** An opened index key. A retired one still verifies, and makes nothing new. */
export interface IndexKey {
  readonly id: Buffer;
  readonly version: number;
  readonly isRetired: boolean;
  readonly root: KeyObject;
}

/** All data keys of a tenant, opened. */
export interface OpenedKeys {
  /** The key that seals. */
  readonly sealing: SealingKey;
  /** Every field key by its id (as `boxKeyId` writes it), old ones included. */
  readonly opening: ReadonlyMap<string, SealingKey>;
  /** Every index key, the oldest first. */
  readonly index: readonly IndexKey[];
}

/** Makes the cipher of a tenant, which lives as long as the lease and the meter let it. */
export function openCipher(
  tenantId: string,
  keys: OpenedKeys,
  lease: Lease,
  meter: UseMeter,
): TenantCipher {
  return new LeasedCipher(tenantId, keys, lease, meter);
}

class LeasedCipher implements TenantCipher {
  readonly tenantId: string;
  readonly indexVersions: readonly number[];
  readonly #tenant: Buffer;
  readonly #keys: OpenedKeys;
  readonly #lease: Lease;
  readonly #meter: UseMeter;
  readonly #derived = new Map<string, KeyObject>();

  constructor(tenantId: string, keys: OpenedKeys, lease: Lease, meter: UseMeter) {
    this.tenantId = tenantId;
    this.indexVersions = keys.index.filter((key) => !key.isRetired).map((key) => key.version);
    this.#tenant = idPart(tenantId);
    this.#keys = keys;
    this.#lease = lease;
    this.#meter = meter;
  }

  seal(field: FieldNumber, row: string, plaintext: Uint8Array | string): Uint8Array {
    this.#lease.assertAlive();
    const place = this.#place(field, row);
    const bytes = typeof plaintext === "string" ? Buffer.from(plaintext, "utf8") : plaintext;
    this.#meter.spend();
    return sealBox(this.#keys.sealing, place, bytes, nextNonce());
  }

  open(field: FieldNumber, row: string, sealed: Uint8Array): Uint8Array {
    return this.#open(field, row, sealed);
  }

  openText(field: FieldNumber, row: string, sealed: Uint8Array): string {
    return this.#open(field, row, sealed).toString("utf8");
  }

  sealJson(field: FieldNumber, row: string, value: unknown): Uint8Array {
    const text: string | undefined = JSON.stringify(value);
    if (text === undefined) throw new TypeError("JSON cannot carry this value");
    return this.seal(field, row, text);
  }

  openJson<Value>(
    field: FieldNumber,
    row: string,
    sealed: Uint8Array,
    schema: JsonSchema<Value>,
  ): Value {
    return schema.parse(parseJson(field, this.openText(field, row, sealed)));
  }

  index(field: FieldNumber, value: string, version?: number): Uint8Array {
    this.#lease.assertAlive();
    return hmac(this.#derive("blind-index", field, this.#indexKey(version)), value);
  }

  searchKey(field: FieldNumber, version?: number): KeyObject {
    this.#lease.assertAlive();
    return this.#derive("search", field, this.#indexKey(version));
  }

  mac(table: TableNumber, revision: number, columns: readonly MacColumn[]): Uint8Array {
    this.#lease.assertAlive();
    const key = this.#indexKey();
    const header = Buffer.concat([Uint8Array.of(macFormat), key.id]);
    return Buffer.concat([header, this.#rowDigest(key, table, revision, columns)]);
  }

  verifyMac(
    table: TableNumber,
    revision: number,
    columns: readonly MacColumn[],
    mac: Uint8Array,
  ): void {
    this.#lease.assertAlive();
    if (mac.byteLength !== rowMacBytes || mac[0] !== macFormat) throw new RowForged(table);
    const id = mac.subarray(macIdFrom, macDigestFrom);
    const key = this.#keys.index.find((each) => each.id.equals(id));
    if (key === undefined) throw new RowForged(table);
    const expected = this.#rowDigest(key, table, revision, columns);
    if (!timingSafeEqual(expected, mac.subarray(macDigestFrom))) throw new RowForged(table);
  }

  #open(field: FieldNumber, row: string, sealed: Uint8Array): Buffer {
    this.#lease.assertAlive();
    const place = this.#place(field, row);
    try {
      const key = this.#keys.opening.get(boxKeyId(sealed));
      if (key === undefined) throw new BoxBroken("key");
      return openBox(key, place, sealed);
    } catch (error) {
      if (error instanceof BoxBroken) throw new SealBroken(field, error.message);
      throw error;
    }
  }

  #place(field: FieldNumber, row: string): readonly Part[] {
    // Ill-formed text would lose its difference in UTF-8, and two rows share a place.
    if (row === "" || !row.isWellFormed()) throw new TypeError("a row is named by its id");
    return [this.#tenant, uint16Part(field), row];
  }

  #rowDigest(
    key: IndexKey,
    table: TableNumber,
    revision: number,
    columns: readonly MacColumn[],
  ): Buffer {
    const context = [Uint8Array.of(macFormat), this.#tenant, key.id];
    const input = rowMacInput(context, table, revision, columns);
    return hmac(this.#derive("row-mac", table, key), input);
  }

  /** The oldest key in use is the one that every row was written under. */
  #indexKey(version = this.indexVersions[0]): IndexKey {
    const key = this.#keys.index.find((each) => each.version === version && !each.isRetired);
    if (key === undefined) throw new RangeError("there is no index key of this version in use");
    return key;
  }

  #derive(purpose: string, number: number, key: IndexKey): KeyObject {
    const name = `${purpose} ${number} ${key.version}`;
    const known = this.#derived.get(name);
    if (known !== undefined) return known;
    const derived = deriveKey(key.root, [purpose, this.#tenant, uint16Part(number)]);
    this.#derived.set(name, derived);
    return derived;
  }
}

function parseJson(field: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says quotes the text.
    throw new SealBroken(field, "it is not JSON");
  }
}
