import { idFromBytes } from "../ids.ts";

/**
 * Reads a row as a driver gives it: a column called `id` or `…_id` holds 16 bytes and becomes the
 * id's text (the column law names ids so); everything else is what it is.
 */
export function readRow(row: Record<string, unknown>): Record<string, unknown> {
  for (const name in row) {
    if (!isIdColumn(name)) continue;
    const value = row[name];
    if (value instanceof Uint8Array) row[name] = idFromBytes(value);
  }
  return row;
}

function isIdColumn(name: string): boolean {
  return name === "id" || name.endsWith("_id");
}
