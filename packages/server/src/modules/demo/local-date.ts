import { writeInstant } from "@foyer/contract";

const dayMs = 24 * 60 * 60_000;

/**
 * The date so many days from today by the calendar on a wall there: `2026-11-24`. Days are counted
 * by the calendar, since one on which the clocks change has not 24 hours.
 *
 * @param now integer ms
 */
export function localDate(now: number, timeZone: string, daysFromToday: number): string {
  const today = new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short" }).format(now);
  return writeInstant(Date.parse(today) + daysFromToday * dayMs).slice(0, "2026-11-24".length);
}
