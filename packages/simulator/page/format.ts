const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long" });
const date = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const shortDate = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayMs = 86_400_000;
const daysNamedByWeekday = 6;

export function formatTime(at: number): string {
  return time.format(at);
}

/** "Today", "Yesterday", "Monday", then "Mon 16 Nov". */
export function formatDay(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return "Today";
  if (days === 1) return "Yesterday";
  return days <= daysNamedByWeekday ? weekday.format(at) : date.format(at);
}

/** For lists: the time today, then the day. */
export function formatWhen(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return formatTime(at);
  return days === 1 ? "Yesterday" : shortDate.format(at);
}

/** Calendar days of this machine's time zone; a day may have 23 or 25 hours. */
function daysBetween(earlier: number, later: number): number {
  const start = new Date(later).setHours(0, 0, 0, 0) - new Date(earlier).setHours(0, 0, 0, 0);
  return Math.round(start / dayMs);
}

const shapes: readonly (readonly [RegExp, string])[] = [
  [/^\+1(\d{3})(\d{3})(\d{4})$/, "+1 $1 $2 $3"],
  [/^\+44(\d{4})(\d{6})$/, "+44 $1 $2"],
  [/^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "+33 $1 $2 $3 $4 $5"],
];

/** A number as people write it internationally (ITU-T E.123), and as the inbox shows it. */
export function formatNumber(number: string): string {
  const shape = shapes.find(([pattern]) => pattern.test(number));
  return shape === undefined ? number : number.replace(shape[0], shape[1]);
}

/** At most two letters of a name; digits say more of a guest without one. */
export function initialsOf(name: string | null, number: string): string {
  if (name === null) return number.slice(-2);
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toLocaleUpperCase("en");
}

/** "84 KB", "1.2 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Up to three emoji and nothing else, which phones show large. */
export function isJumbo(text: string): boolean {
  return /^\p{RGI_Emoji}{1,3}$/v.test(text);
}
