import type { PropertyId, Template, TemplateId } from "@foyer/contract";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { call } from "./api.ts";
import { keys } from "./keys.ts";
import { putIntoList, takeFromList } from "./setting-lists.ts";
import { mintUuidV7 } from "./uuid-v7.ts";

export type TemplateValues = Pick<Template, "name" | "shortcut" | "texts">;

const noTemplates: readonly Template[] = [];

/** What a property answers with again and again. */
export function templatesOptions(propertyId: PropertyId) {
  return queryOptions({
    queryKey: keys.templates(propertyId),
    queryFn: async ({ signal }): Promise<Template[]> =>
      (await call("listTemplates", { propertyId }, signal)).items,
  });
}

export function useTemplates(propertyId: PropertyId): readonly Template[] {
  return useQuery(templatesOptions(propertyId)).data ?? noTemplates;
}

/** Makes a template. Throws what is refused. */
export async function createTemplate(
  propertyId: PropertyId,
  values: TemplateValues,
): Promise<Template> {
  const templateId = mintUuidV7() as TemplateId;
  const { template } = await call("createTemplate", { propertyId, templateId, ...values });
  putIntoList(keys.templates(propertyId), template);
  return template;
}

/** Writes a template anew, unless somebody did since the version. Throws what is refused. */
export async function updateTemplate(
  propertyId: PropertyId,
  templateId: TemplateId,
  version: number,
  values: TemplateValues,
): Promise<Template> {
  const input = { propertyId, templateId, version, ...values };
  const { template } = await call("updateTemplate", input);
  putIntoList(keys.templates(propertyId), template);
  return template;
}

export async function endTemplate(propertyId: PropertyId, templateId: TemplateId): Promise<void> {
  await call("endTemplate", { propertyId, templateId });
  takeFromList(keys.templates(propertyId), templateId);
}
