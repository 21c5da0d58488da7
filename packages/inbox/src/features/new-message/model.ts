import { type Address, type Contact, type Field, placeholdersIn } from "@foyer/contract";
import type { AskedGround } from "../../data/contact-changes.ts";
import { words } from "./words.ts";

/** Whom a first message goes to: a guest at one of their numbers, or a number as it was typed. */
export type Recipient =
  | { readonly kind: "guest"; readonly contact: Contact; readonly address: Address | null }
  | { readonly kind: "number"; readonly typed: string };

/** The numbers at which a guest may be reached now. */
export function phonesOf(contact: Contact): readonly Address[] {
  return contact.addresses.filter(({ kind, until }) => kind === "phone" && until === null);
}

/** A guest, at the number where they may be texted, if there is one. */
export function guestOf(contact: Contact): Recipient {
  const phones = phonesOf(contact);
  const address =
    phones.find(({ consent }) => consent.state === "opted_in") ??
    phones.find(({ consent }) => consent.state === "unknown") ??
    phones[0] ??
    null;
  return { kind: "guest", contact, address };
}

/** How a guest is called: by name, else by number. */
export function nameOf(contact: Contact): string {
  return contact.name ?? contact.addresses[0]?.formatted ?? "";
}

/** Why nothing can be sent to them whatever one writes; null when it can. */
export function hindranceOf(recipient: Recipient): string | null {
  if (recipient.kind === "number") return null;
  const { contact, address } = recipient;
  const name = nameOf(contact);
  if (contact.blockedAt !== null) return words.blocked(name);
  if (address === null) return words.noPhone(name);
  const { state, ground } = address.consent;
  if (state !== "opted_out") return null;
  return ground === "keyword" ? words.optedOut.keyword(name) : words.optedOut.other(name);
}

/** Whether one has to say how they agreed to be texted: where that is not known. */
export function needsConsent(recipient: Recipient): boolean {
  if (recipient.kind === "number") return true;
  return recipient.address?.consent.state === "unknown";
}

export interface Written {
  readonly recipient: Recipient | null;
  readonly text: string;
  readonly consent: AskedGround | null;
}

/** What still keeps a message from being sent, by the field it concerns. */
export function lacksOf({ recipient, text, consent }: Written, charactersMax: number) {
  const needs = recipient !== null && needsConsent(recipient) && hindranceOf(recipient) === null;
  const [placeholder] = placeholdersIn(text);
  return {
    to: recipient === null ? words.find : null,
    consent: needs && consent === null ? words.consentMissing : null,
    text:
      text.trim() === ""
        ? words.textMissing
        : text.length > charactersMax
          ? words.tooLong(charactersMax, text.length)
          : placeholder === undefined
            ? null
            : words.fillIn(placeholder),
  };
}

const digitsMin = 5;

/** Whether what was typed may be a phone number: the server knows the world's numbering plans. */
export function isNumberLike(typed: string): boolean {
  const digits = typed.replace(/\D/g, "");
  return digits.length >= digitsMin && /^[+\d\s()./-]+$/.test(typed.trim());
}

interface Known {
  readonly fields: readonly Field[];
  readonly property: string;
  readonly agent: string;
  readonly language: string;
}

/** What is known of whom a message goes to, by the names that templates use. */
export function placeholderValues(
  recipient: Recipient | null,
  { fields, property, agent, language }: Known,
): ReadonlyMap<string, string> {
  const known: [string, string][] = [
    ["property", property],
    ["agent", agent],
  ];
  if (recipient?.kind !== "guest") return new Map(known);
  const { contact } = recipient;
  for (const field of fields) {
    const held = contact.fields.find(({ fieldId }) => fieldId === field.id)?.value;
    if (field.purpose === null || held === undefined || typeof held === "boolean") continue;
    const isDay = field.purpose === "arrival" || field.purpose === "departure";
    known.push([field.purpose, isDay ? dayIn(language, String(held)) : String(held)]);
  }
  const name = contact.name?.trim() ?? "";
  const [first = "", ...rest] = name.split(/\s+/);
  const names: [string, string][] = [
    ["name", name],
    ["first_name", first],
    ["last_name", rest.join(" ")],
  ];
  return new Map([...known, ...names.filter(([, value]) => value !== "")]);
}

/** "24 November", as the language writes a day of the year. */
function dayIn(language: string, localDate: string): string {
  const atMs = Date.parse(`${localDate}T12:00:00Z`);
  if (Number.isNaN(atMs)) return localDate;
  const options = { day: "numeric", month: "long", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(language, options).format(atMs);
}
