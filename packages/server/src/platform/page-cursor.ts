import { Refusal } from "./refusal.ts";

/** Where a page ended: the sort key and the id of its last row. Opaque to its holder. */
export interface PageCursor {
  readonly key: number;
  readonly id: string;
}

export function writePageCursor({ key, id }: PageCursor): string {
  return `p1-${key.toString(36)}-${id.replaceAll("-", "")}`;
}

/**
 * Reads the cursor of a page; undefined for none, which is the first page.
 * @throws Refusal `request.invalid` for one that we did not write
 */
export function readPageCursor(text: string | undefined): PageCursor | undefined {
  if (text === undefined) return undefined;
  const [, key, hex] = /^p1-([0-9a-z]{1,11})-([0-9a-f]{32})$/.exec(text) ?? [];
  const number = Number.parseInt(key ?? "", 36);
  if (!hex || !Number.isSafeInteger(number)) {
    const issue = "must be the `next` of the page before";
    throw new Refusal("request.invalid", { issues: [{ field: "after", issue }] });
  }
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { key: number, id };
}
