import type { TableNumber } from "../../platform/keys/field-numbers.ts";
import type { MacColumn, TenantCipher } from "../../platform/keys/tenant-cipher.ts";

type MacRow = Readonly<Record<string, string | number | Uint8Array | null>>;

/** All columns but those that frame the row: the tenant is in the key, the MAC is the result. */
function columnsOf(row: MacRow): MacColumn[] {
  return Object.entries(row)
    .filter(([name]) => name !== "tenant_id" && name !== "mac")
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}

/** The MAC of a row that grants authority, over all its columns and its revision. */
export function macOf(
  cipher: TenantCipher,
  table: TableNumber,
  revision: number,
  row: MacRow,
): Uint8Array {
  return cipher.mac(table, revision, columnsOf(row));
}

/** @throws RowForged for a row that somebody without the tenant's keys wrote or changed. */
export function assertGenuine<Row extends MacRow & { readonly mac: Uint8Array }>(
  cipher: TenantCipher,
  table: TableNumber,
  revision: number,
  row: Row,
): Row {
  cipher.verifyMac(table, revision, columnsOf(row), row.mac);
  return row;
}
