import type {
  Contact,
  Conversation,
  Field,
  FieldValue,
  OperationParsed,
  operations,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound } from "../../platform/refusal.ts";
import { fieldsOf, hydrateGuests } from "../contacts/index.ts";
import { chooseText, findTemplate, placeholderOf, renderTemplate } from "../templates/index.ts";
import { listAgents, listProperties } from "../tenancy/index.ts";
import { reachConversation } from "./reach-conversation.ts";

type Input = OperationParsed<(typeof operations)["previewTemplate"]>;

/** A template's text for this guest, in their language or in the one that is asked for. */
export async function previewTemplate(context: Context, input: Input) {
  const { property_id: propertyId, contact_id } = await reachConversation(
    context,
    input.conversationId,
  );
  const [template, guests, fields, properties, agents] = await Promise.all([
    findTemplate(context, propertyId, input.templateId),
    hydrateGuests(context, propertyId, [contact_id]),
    fieldsOf(context.read, context.cipher, propertyId),
    listProperties(context),
    listAgents(context, propertyId),
  ]);
  const guest = guests.get(contact_id);
  if (!template || !guest) throw notFound();
  const { contact, stay } = guest;
  const chosen = chooseText(template, input.language ?? contact.language);
  const locale = localeOf(chosen.language);
  const values = new Map([
    ...valuesOfFields(contact, fields, locale),
    ...valuesOfGuest(contact, stay, locale),
    ["property", properties.find(({ id }) => id === propertyId)?.name ?? null] as const,
    ["agent", agents.find(({ id }) => id === context.caller.agentId)?.name ?? null] as const,
  ]);
  const { text, unfilled } = renderTemplate(chosen.text, values);
  return { text, language: chosen.language, unfilled: [...unfilled] };
}

type Value = readonly [placeholder: string, value: string | null];

function valuesOfGuest(
  { name }: Contact,
  stay: Conversation["stay"],
  locale: string,
): readonly Value[] {
  const [first = null, ...rest] = name?.split(/\s+/u) ?? [];
  return [
    ["name", name],
    ["first_name", first],
    ["last_name", rest.length > 0 ? rest.join(" ") : null],
    ["title", stay.title],
    ["room", stay.room],
    ["arrival", stay.arrivalOn && writeDate(stay.arrivalOn, locale)],
    ["departure", stay.departureOn && writeDate(stay.departureOn, locale)],
  ];
}

function valuesOfFields(
  contact: Contact,
  fields: readonly Field[],
  locale: string,
): readonly Value[] {
  return fields.map(({ id, name, kind }) => {
    const held = contact.fields.find(({ fieldId }) => fieldId === id)?.value;
    return [placeholderOf(name), held === undefined ? null : writeValue(held, kind, locale)];
  });
}

/** Yes and no are words of some language, and none that a template could put to use. */
function writeValue(value: FieldValue, kind: Field["kind"], locale: string): string | null {
  if (typeof value === "boolean") return null;
  if (typeof value === "number") return new Intl.NumberFormat(locale).format(value);
  return kind === "date" ? writeDate(value, locale) : value;
}

/** A day of the calendar as people of a language write it: it belongs to no time zone. */
function writeDate(date: string, locale: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(day);
}

/** A language that nobody writes dates in, or that is none, is written as English is. */
function localeOf(language: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language)[0] ?? "en";
  } catch {
    return "en";
  }
}
