import type { PropertyId, Template, TemplateId } from "@foyer/contract";
import { z } from "zod";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import * as statements from "./store.ts";
import type { TemplateRow } from "./tables.ts";

/** What is sealed into a template's profile, read and written as one. */
export const templateProfile = z.object({
  name: z.string(),
  shortcut: z.string(),
  texts: z.array(z.object({ language: z.string(), text: z.string() })),
});
export type TemplateProfile = z.output<typeof templateProfile>;

interface Reading {
  readonly read: TenantReader;
  readonly cipher: TenantCipher;
}

export function presentTemplate(cipher: TenantCipher, row: TemplateRow): Template {
  const profile = cipher.openJson(FIELD.templateProfile, row.id, row.profile, templateProfile);
  return { id: row.id, ...profile, version: row.version };
}

/** The templates of a property in the order in which they were made. */
export async function templatesOf(
  { read, cipher }: Reading,
  propertyId: PropertyId,
): Promise<Template[]> {
  const rows = await read.all(statements.templatesOfProperty, { propertyId });
  return rows.map((row) => presentTemplate(cipher, row));
}

/** A template that is in use at a property; undefined for any other. */
export async function findTemplate(
  { read, cipher }: Reading,
  propertyId: PropertyId,
  id: TemplateId,
): Promise<Template | undefined> {
  const row = await read.first(statements.templateById, { id });
  if (!row || row.property_id !== propertyId || row.ended_at !== null) return undefined;
  return presentTemplate(cipher, row);
}
