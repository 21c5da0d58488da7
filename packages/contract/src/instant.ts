import { z } from "zod";

/** An instant on the wire: RFC 3339 in UTC with milliseconds. Inside the server: integer ms. */
export const instant = z.iso
  .datetime({ offset: false, precision: 3 })
  .meta({ description: "An instant in UTC, RFC 3339 with milliseconds." });

/** Writes integer milliseconds since 1970 as an instant of the wire. */
export function writeInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
