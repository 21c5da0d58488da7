import { idFromBytes } from "../ids.ts";

/**
 * Reads a row as a driver gives it: a column called `id` or `…_id` holds 16 bytes and becomes the
 * id's text (the column law names ids so); everything else is what it is.
 *
 * @param ids the names of those columns, as `idColumns` gives them: asked once for many rows
 */
export function readRow(
  row: Record<string, unknown>,
  ids: readonly string[],
): Record<string, unknown> {
  for (const name of ids) {
    const value = row[name];
    if (value instanceof Uint8Array) row[name] = idFromBytes(value);
  }
  return row;
}

/** Which of some columns hold ids. */
export function idColumns(names: readonly string[]): readonly string[] {
  return names.filter((name) => name === "id" || name.endsWith("_id"));
}
