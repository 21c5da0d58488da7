import { dayNumber } from "./times.ts";

const dayMs = 24 * 60 * 60_000;

/**
 * A local date, `2026-11-24`, as days since 1970; null where it is no date. Local dates have no
 * zone: two of them differ by whole days.
 */
export function dayOf(localDate: string): number | null {
  const atMs = /^\d{4}-\d{2}-\d{2}$/.test(localDate) ? Date.parse(`${localDate}T00:00:00Z`) : NaN;
  return Number.isNaN(atMs) ? null : atMs / dayMs;
}

const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });
const dayAndMonth = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
const withYear = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const nearDays = 300;

/** "Today", "Tomorrow", "Yesterday", "Thu 26 Nov", "26 Nov 2027" */
export function dateName(localDate: string, nowMs: number, zone: string): string {
  const day = dayOf(localDate);
  if (day === null) return localDate;
  const away = day - dayNumber(nowMs, zone);
  if (away === 0) return "Today";
  if (away === 1) return "Tomorrow";
  if (away === -1) return "Yesterday";
  const atMs = day * dayMs;
  if (Math.abs(away) > nearDays) return withYear.format(atMs);
  return `${weekday.format(atMs)} ${dayAndMonth.format(atMs)}`;
}
