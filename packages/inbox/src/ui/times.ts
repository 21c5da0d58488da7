const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
  formats.set(key, made);
  return made;
}

/** The calendar day in a zone, as days since 1970: what "today" and "yesterday" are counted in. */
export function dayNumber(atMs: number, zone: string): number {
  const parts = format(zone, { year: "numeric", month: "numeric", day: "numeric" });
  const given = { year: 0, month: 0, day: 0 };
  for (const { type, value } of parts.formatToParts(atMs)) {
    if (type === "year" || type === "month" || type === "day") given[type] = Number(value);
  }
  return Date.UTC(given.year, given.month - 1, given.day) / dayMs;
}

/** "14:02" */
export function clockTime(atMs: number, zone: string): string {
  return format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(atMs);
}

/** "Today", "Yesterday", "Monday", "14 Nov", "14 Nov 2025" */
export function dayName(atMs: number, nowMs: number, zone: string): string {
  const age = dayNumber(nowMs, zone) - dayNumber(atMs, zone);
  if (age === 0) return "Today";
  if (age === 1) return "Yesterday";
  if (age > 1 && age < 7) return format(zone, { weekday: "long" }).format(atMs);
  return shortDate(atMs, nowMs, zone);
}

/** "14 Nov", with the year when it is another one. */
export function shortDate(atMs: number, nowMs: number, zone: string): string {
  const year = format(zone, { year: "numeric" });
  const isThisYear = year.format(atMs) === year.format(nowMs);
  return format(zone, {
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
  }).format(atMs);
}

/** A row's time: "14:02" today, "Yesterday", "Mon", "14 Nov". */
export function rowTime(atMs: number, nowMs: number, zone: string): string {
  const age = dayNumber(nowMs, zone) - dayNumber(atMs, zone);
  if (age <= 0) return clockTime(atMs, zone);
  if (age === 1) return "Yesterday";
  if (age < 7) return format(zone, { weekday: "short" }).format(atMs);
  return shortDate(atMs, nowMs, zone);
}

/** "14:02", "Yesterday 14:02", "Mon 14:02", "14 Nov 14:02" */
export function fullTime(atMs: number, nowMs: number, zone: string): string {
  const time = clockTime(atMs, zone);
  const row = rowTime(atMs, nowMs, zone);
  return row === time ? time : `${row} ${time}`;
}

/** How long: "Now" below a minute, "4 min", "3 h", "2 d". */
export function duration(ms: number): string {
  if (ms < minuteMs) return "Now";
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`;
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h`;
  return `${Math.floor(ms / dayMs)} d`;
}

/** The same said aloud: "4 minutes". */
export function spokenDuration(ms: number): string {
  const [amount, unit] =
    ms < hourMs
      ? [Math.floor(ms / minuteMs), "minute"]
      : ms < dayMs
        ? [Math.floor(ms / hourMs), "hour"]
        : [Math.floor(ms / dayMs), "day"];
  if (amount === 0) return "less than a minute";
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}
