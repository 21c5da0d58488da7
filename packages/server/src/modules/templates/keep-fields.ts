import { Refusal } from "../../platform/refusal.ts";
import type { FieldLeaving, Unit } from "../../platform/scope/index.ts";
import { templatesOf } from "./present.ts";
import { findAsking } from "./rules.ts";

/**
 * A field that a template asks for stays, under its name: else the template would send a guest the
 * braces. Heard while the property is held, so no template comes to ask for it in the meantime.
 *
 * @throws Refusal `field.needed`, which names the template by its id
 */
export async function keepField(
  { db: read, cipher }: Unit,
  { propertyId, placeholder }: FieldLeaving,
): Promise<void> {
  const asking = findAsking(placeholder, await templatesOf({ read, cipher }, propertyId));
  if (asking) throw new Refusal("field.needed", { facts: { templateId: asking.id } });
}
