import type { Conversation } from "@foyer/contract";
import { dayOf } from "./local-dates.ts";
import { dayNumber } from "./times.ts";

type Stay = Conversation["stay"];

const dayMs = 24 * 60 * 60_000;
const nearDays = 6;
const farDays = 300;

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

/** Where a stay is, in the property's own calendar: before, in, or after it. */
export type StayMoment =
  | { readonly kind: "arrives" | "leaves" | "left"; readonly when: string }
  | { readonly kind: "unknown" };

/** "arrives Fri", "leaves tomorrow", "left today": what of a stay is next, or was last. */
export function momentOf(
  { arrivalOn, departureOn }: Stay,
  nowMs: number,
  zone: string,
): StayMoment {
  const today = dayNumber(nowMs, zone);
  const arrival = arrivalOn === null ? null : dayOf(arrivalOn);
  const departure = departureOn === null ? null : dayOf(departureOn);
  if (arrival !== null && arrival >= today && arrival !== departure) {
    return { kind: "arrives", when: whenIs(arrival, today) };
  }
  if (departure === null) return { kind: "unknown" };
  return { kind: departure < today ? "left" : "leaves", when: whenIs(departure, today) };
}

/** "today", "tomorrow", "Fri", "24 Nov", "24 Nov 2027" */
function whenIs(day: number, today: number): string {
  const away = day - today;
  if (away === 0) return "today";
  if (away === 1) return "tomorrow";
  if (away === -1) return "yesterday";
  if (away > 0 && away <= nearDays) return weekday.format(day * dayMs);
  return (Math.abs(away) > farDays ? withYear : dayAndMonth).format(day * dayMs);
}

/** What stands beside a guest's name: a room while it is theirs, else when they come or left. */
export type Place =
  | { readonly kind: "room"; readonly room: string }
  | { readonly kind: "moment"; readonly text: string }
  | null;

export function placeOf(stay: Stay, nowMs: number, zone: string): Place {
  const moment = momentOf(stay, nowMs, zone);
  if (stay.room !== null && moment.kind !== "left") return { kind: "room", room: stay.room };
  if (moment.kind === "unknown" || moment.kind === "leaves") return null;
  return { kind: "moment", text: capital(`${moment.kind} ${moment.when}`) };
}

/** "Room 412", "leaves tomorrow", "VIP": the line below a guest's name; empty if nothing is known. */
export function stayParts(stay: Stay, nowMs: number, zone: string): string[] {
  const moment = momentOf(stay, nowMs, zone);
  const parts = [
    ...(stay.room === null ? [] : [`Room ${stay.room}`]),
    ...(moment.kind === "unknown" ? [] : [`${moment.kind} ${moment.when}`]),
    ...(stay.isVip ? ["VIP"] : []),
  ];
  return parts.map((part, index) => (index === 0 ? capital(part) : part));
}

function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
}
