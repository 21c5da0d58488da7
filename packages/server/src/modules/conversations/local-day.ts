const minuteMs = 60_000;
/** No day of any zone has been longer: 24 hours, and what a change of its clocks adds. */
const minutesPerDayMax = 27 * 60;

/**
 * When the day began at a place, integer ms. Found by asking the zone itself which minute was the
 * first of today's date, so that days with a change of the clocks, also one at midnight, need no
 * rule of their own.
 *
 * @param timeZone an IANA zone
 */
export function startOfDay(now: number, timeZone: string): number {
  const calendar = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  const today = calendar.format(now);
  const thisMinute = Math.floor(now / minuteMs);
  let before = thisMinute - minutesPerDayMax;
  let within = thisMinute;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (calendar.format(middle * minuteMs) === today) within = middle;
    else before = middle;
  }
  return within * minuteMs;
}
