import type { Address, Contact, Field, FieldPurpose, FieldValue } from "@foyer/contract";
import { dayOf } from "../../ui/local-dates.ts";
import { dayNumber } from "../../ui/times.ts";
import { words } from "./words.ts";

const purposes: readonly FieldPurpose[] = ["room", "arrival", "departure", "vip", "title"];

/** Room, arrival, departure, VIP and title first, then the property's own, in its order. */
export function fieldsInOrder(fields: Iterable<Field>): Field[] {
  const place = ({ purpose, position }: Field) =>
    purpose === null ? purposes.length + position : purposes.indexOf(purpose);
  return [...fields].sort((one, other) => place(one) - place(other));
}

/** A field with what it holds for a guest. */
export interface FilledField {
  readonly field: Field;
  readonly value: FieldValue | null;
}

const emptyShownMax = 4;

/**
 * The fields of a guest: those that every property has and those that are filled are in sight;
 * of the empty ones only a few, the rest is folded.
 */
export function fieldsOf(
  contact: Contact,
  fields: Iterable<Field>,
): { readonly shown: readonly FilledField[]; readonly folded: readonly FilledField[] } {
  const all = fieldsInOrder(fields).map((field) => ({ field, value: heldIn(contact, field) }));
  const empty = all.filter(({ field, value }) => value === null && field.purpose === null);
  const folded = empty.length > emptyShownMax ? empty : [];
  return { shown: all.filter((one) => !folded.includes(one)), folded };
}

export function heldIn(contact: Contact, field: Field): FieldValue | null {
  return contact.fields.find(({ fieldId }) => fieldId === field.id)?.value ?? null;
}

/** What a field with a purpose holds for a guest. */
export function valueFor(
  contact: Contact,
  fields: Iterable<Field>,
  purpose: FieldPurpose,
): FieldValue | null {
  for (const field of fields) if (field.purpose === purpose) return heldIn(contact, field);
  return null;
}

export interface Progress {
  /** How much of the stay is over, from 0 to 1. */
  readonly share: number;
  /** "Night 3 of 5", "Arrives in 2 days", "Left 4 days ago" */
  readonly words: string;
}

/** How far a stay has come; null where its days are not known or make no stay. */
export function progressOf(
  arrivalOn: FieldValue | null,
  departureOn: FieldValue | null,
  nowMs: number,
  zone: string,
): Progress | null {
  if (typeof arrivalOn !== "string" || typeof departureOn !== "string") return null;
  const [from, to] = [dayOf(arrivalOn), dayOf(departureOn)];
  if (from === null || to === null || to < from) return null;
  const today = dayNumber(nowMs, zone);
  if (today < from) return { share: 0, words: words.arrivesIn(from - today) };
  if (today > to) return { share: 1, words: words.leftAgo(today - to) };
  const nights = to - from;
  if (today === to) return { share: 1, words: words.leavesToday };
  // Half a night is over on the day of arrival, so that even then a bar is one.
  return { share: (today - from + 0.5) / nights, words: words.night(today - from + 1, nights) };
}

/** Reads what somebody typed into a field; `problem` says what to do where it is none. */
export function readTyped(
  field: Pick<Field, "kind">,
  typed: string,
  charactersMax: number,
): { readonly value: FieldValue | null } | { readonly problem: string } {
  const text = typed.trim();
  if (text === "") return { value: null };
  if (field.kind === "number") {
    const number = Number(text.replace(",", "."));
    return Number.isFinite(number) ? { value: number } : { problem: words.notANumber };
  }
  if (text.length > charactersMax) return { problem: words.tooLong(charactersMax, text.length) };
  return { value: text };
}

/**
 * The addresses that are the guest's now, and those that were: one that came back is theirs again
 * and nothing else.
 */
export function addressesOf({ addresses }: Contact): {
  readonly current: readonly Address[];
  readonly former: readonly Address[];
} {
  const current = addresses.filter(({ until }) => until === null);
  const isBack = (address: Address) => current.some(({ value }) => value === address.value);
  const former = addresses.filter((address) => address.until !== null && !isBack(address));
  return { current, former };
}

/** A phone number or an e-mail, by what was typed. */
export function addressKind(typed: string): "phone" | "email" {
  return typed.includes("@") ? "email" : "phone";
}
