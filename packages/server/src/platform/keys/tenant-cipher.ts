import type { KeyObject } from "node:crypto";
import { Fault } from "../refusal.ts";
import type { FieldNumber, TableNumber } from "./field-numbers.ts";

/** One column of a row that carries a MAC. Booleans are written as the integers that are stored. */
export interface MacColumn {
  readonly name: string;
  readonly value: null | number | bigint | Uint8Array | string;
}

/** Bytes of a row's MAC: format (1), id of the index key (16), HMAC-SHA-256 (32). */
export const rowMacBytes = 49;

/** Bytes of a blind index. */
export const blindIndexBytes = 32;

/** A schema that `openJson` checks with, such as one of Zod's. */
export interface JsonSchema<Value> {
  parse(value: unknown): Value;
}

/**
 * Everything that a module does with one tenant's keys. All of it is synchronous and holds for at
 * most a minute: take a cipher from the vault for one use-case, never keep it. Every method throws
 * `KeyLeaseExpired` once its time is over.
 */
export interface TenantCipher {
  readonly tenantId: string;

  /**
   * Encrypts a value for one field of one row (the row's id). Costs one use of the data key.
   * @throws {KeyLeaseExpired} also when the leased uses are spent.
   */
  seal(field: FieldNumber, row: string, plaintext: Uint8Array | string): Uint8Array;
  /** @throws {SealBroken} if the value is altered, or of another tenant, field, row or key. */
  open(field: FieldNumber, row: string, sealed: Uint8Array): Uint8Array;
  /** As `open`, for what was sealed as text. */
  openText(field: FieldNumber, row: string, sealed: Uint8Array): string;
  /** As `seal`, for a value that JSON can carry; `undefined` alone it cannot. */
  sealJson(field: FieldNumber, row: string, value: unknown): Uint8Array;
  /** As `open`, for what was sealed as JSON. What the schema throws passes through. */
  openJson<Value>(
    field: FieldNumber,
    row: string,
    sealed: Uint8Array,
    schema: JsonSchema<Value>,
  ): Value;

  /**
   * Versions of the index key that are in use, the oldest first. One, except while the key is
   * rotated; then a writer fills two columns, one for each.
   */
  readonly indexVersions: readonly number[];
  /**
   * The blind index of a normalized value: a full HMAC-SHA-256 under a key per tenant, field and
   * version. Without a version: the oldest in use, which is the one that every row has.
   */
  index(field: FieldNumber, value: string, version?: number): Uint8Array;
  /** The key for hashed search terms of a field; versions as for `index`. */
  searchKey(field: FieldNumber, version?: number): KeyObject;

  /**
   * The MAC over a row that grants authority or records consent: over the table, the revision and
   * all columns by name and type. It proves who wrote the row, not that it is the newest.
   */
  mac(table: TableNumber, revision: number, columns: readonly MacColumn[]): Uint8Array;
  /** @throws {RowForged} if table, revision, any name, type or value is another. */
  verifyMac(
    table: TableNumber,
    revision: number,
    columns: readonly MacColumn[],
    mac: Uint8Array,
  ): void;
}

/** A sealed value that does not open: altered, foreign, or in the wrong place. */
export class SealBroken extends Error {
  readonly field: number;

  constructor(field: number, reason: string) {
    super(`a value of field ${field} does not open: ${reason}`);
    this.name = "SealBroken";
    this.field = field;
  }
}

/** A row whose MAC does not fit: written by somebody who does not hold the tenant's keys. */
export class RowForged extends Error {
  readonly table: number;

  constructor(table: number) {
    super(`a row of table ${table} does not carry the MAC that it should`);
    this.name = "RowForged";
    this.table = table;
  }
}

/** Why a cipher is over. */
export type LeaseEnd = "time" | "uses" | "forgotten";

/** The cipher's time or uses are over, or the tenant was forgotten. Ask the vault for a new one. */
export class KeyLeaseExpired extends Fault {
  readonly end: LeaseEnd;

  constructor(end: LeaseEnd) {
    super("vault", `the lease of the tenant's keys is over (${end})`, true);
    this.end = end;
  }
}
