import type { ConsentGround, Field, FieldValue } from "@foyer/contract";
import { z } from "zod";
import type { PageCursor } from "../../platform/page-cursor.ts";
import type { ContactProfile, FieldProfile } from "./profiles.ts";

/** Where a page of guests begins that has none before it: they are listed newest first. */
export const theNewest: PageCursor = {
  key: Number.MAX_SAFE_INTEGER,
  id: "ffffffff-ffff-ffff-ffff-ffffffffffff",
};

/** Whoever is known by nothing but an address. */
export const profileOfNobody: ContactProfile = { name: null, language: null };

interface Known {
  readonly state: "opted_in" | "opted_out";
  readonly ground: ConsentGround;
}

/** A guest's own word beats whatever was known; one that changes nothing is not written down. */
export function decideWord(known: Known | undefined, word: "stop" | "start") {
  const state = word === "stop" ? "opted_out" : "opted_in";
  const isOwnWord = known?.ground === "keyword";
  if (known?.state === state && (state === "opted_in" || isOwnWord)) return undefined;
  return { state, ground: "keyword", agentId: null } as const;
}

/** Whether a guest opted out by a word of their own, which nobody else takes back. */
export function isOwnStop(known: Known | undefined): boolean {
  return known?.state === "opted_out" && known.ground === "keyword";
}

/**
 * What becomes of an agent's word on a consent. A guest's own STOP stands until the guest takes it
 * back: an agent neither undoes it nor writes another ground over it.
 */
export function decideConsent(
  known: Known | undefined,
  wanted: Known,
): "write" | "as_it_is" | "only_guest" {
  if (isOwnStop(known)) {
    return wanted.state === "opted_in" ? "only_guest" : "as_it_is";
  }
  const isSame = known?.state === wanted.state && known.ground === wanted.ground;
  return isSame ? "as_it_is" : "write";
}

const localDate = z.iso.date();

/** Checks a value by its field's kind: the value, or what to do about it. */
export function checkValue(
  field: Pick<Field, "kind" | "options">,
  value: FieldValue,
): { readonly value: FieldValue } | { readonly issue: string } {
  const accepted = acceptors[field.kind](value, field.options);
  return accepted === undefined ? { issue: issues[field.kind] } : { value: accepted };
}

type Accept = (value: FieldValue, options: readonly string[]) => FieldValue | undefined;

const acceptors: Readonly<Record<Field["kind"], Accept>> = {
  text: (value) => (typeof value === "string" ? value : undefined),
  number: (value) => (typeof value === "number" && Number.isFinite(value) ? value : undefined),
  yes_no: (value) => (typeof value === "boolean" ? value : undefined),
  date: (value) => localDate.safeParse(value).data,
  choice: (value, options) => options.find((option) => option === value),
};

const issues: Readonly<Record<Field["kind"], string>> = {
  text: "must be a text",
  number: "must be a number",
  yes_no: "must be true or false",
  date: "must be a date that exists, such as 2026-11-24",
  choice: "must be one of the field's options",
};

/** Whether a kind of field may have these options: a choice needs some, each once. */
export function areOptionsValid(kind: Field["kind"], options: readonly string[]): boolean {
  if (kind !== "choice") return options.length === 0;
  return options.length > 0 && new Set(options).size === options.length;
}

/** The one form in which two names are compared. */
export function comparedName(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase().replace(/\s+/gu, " ");
}

/** The order of things after one of them was given another place. */
export function moved<Thing>(things: readonly Thing[], thing: Thing, position: number): Thing[] {
  const others = things.filter((other) => other !== thing);
  return others.toSpliced(Math.min(position, others.length), 0, thing);
}

/** The fields that a property starts with: what the house itself reads of a guest. */
export const firstFields: readonly (Pick<Field, "kind" | "purpose"> & FieldProfile)[] = [
  { name: "Room", kind: "text", purpose: "room", options: [] },
  { name: "Arrival", kind: "date", purpose: "arrival", options: [] },
  { name: "Departure", kind: "date", purpose: "departure", options: [] },
  { name: "VIP", kind: "yes_no", purpose: "vip", options: [] },
  { name: "Title", kind: "text", purpose: "title", options: [] },
];
