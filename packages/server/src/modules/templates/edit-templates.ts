import {
  type FieldIssue,
  limits,
  type OperationParsed,
  type operations,
  type PropertyId,
  type Template,
  type TemplateId,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { settingsChanged } from "../../platform/feed/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { holdProperty } from "../tenancy/index.ts";
import { knownPlaceholders } from "./known-placeholders.ts";
import { findTemplate, type TemplateProfile, templateProfile, templatesOf } from "./present.ts";
import { findFlaws, findTaken } from "./rules.ts";
import * as statements from "./store.ts";
import type { TemplateRow } from "./tables.ts";

type Input<Key extends keyof typeof operations> = OperationParsed<(typeof operations)[Key]>;

export async function listTemplates(context: Context, { propertyId }: Input<"listTemplates">) {
  return { items: await templatesOf(context, propertyId) };
}

/** Makes a template. The same call again finds what it made. */
export async function createTemplate(context: Context, input: Input<"createTemplate">) {
  const { propertyId, templateId: id } = input;
  const profile = profileOf(input);
  await context.transact(async (unit) => {
    await holdProperty(unit, propertyId);
    if (await wasMadeBefore(unit, input)) return;
    await assertSound(unit, propertyId, profile);
    const others = await templatesHere(unit, propertyId);
    if (others.length >= limits.templatesPerPropertyMax) throw new Refusal("settings.too_many");
    assertFree(profile, others);
    await unit.db.run(statements.insertTemplate, {
      id,
      property_id: propertyId,
      profile: unit.cipher.sealJson(FIELD.templateProfile, id, profile),
      created_at: unit.now,
      ended_at: null,
      version: 1,
    });
    tell(unit, context, propertyId, id, "template.created");
  });
  return { template: await theTemplate(context, propertyId, id) };
}

async function wasMadeBefore(unit: Unit, input: Input<"createTemplate">): Promise<boolean> {
  const row = await unit.db.first(statements.templateById, { id: input.templateId });
  if (!row) return false;
  const made = unit.cipher.openJson(FIELD.templateProfile, row.id, row.profile, templateProfile);
  const isSame =
    row.property_id === input.propertyId &&
    row.ended_at === null &&
    JSON.stringify(made) === JSON.stringify(profileOf(input));
  if (!isSame) throw new Refusal("entry.id_taken");
  return true;
}

/** Writes a template anew, if it is the version that the editor looked at. */
export async function updateTemplate(context: Context, input: Input<"updateTemplate">) {
  const { propertyId, templateId: id, version } = input;
  const profile = profileOf(input);
  await context.transact(async (unit) => {
    await holdProperty(unit, propertyId);
    await assertSound(unit, propertyId, profile);
    const row = await templateHere(unit, propertyId, id);
    if (row.ended_at !== null) throw notFound();
    if (row.version !== version) {
      throw new Refusal("version.conflict", { facts: { version: row.version } });
    }
    const all = await templatesHere(unit, propertyId);
    assertFree(
      profile,
      all.filter((other) => other.id !== id),
    );
    const sealed = unit.cipher.sealJson(FIELD.templateProfile, id, profile);
    await unit.db.run(statements.updateTemplate, { id, profile: sealed, ended_at: null, version });
    tell(unit, context, propertyId, id, "template.updated");
  });
  return { template: await theTemplate(context, propertyId, id) };
}

/** Retires a template. One that is retired stays so. */
export async function endTemplate(
  context: Context,
  { propertyId, templateId: id }: Input<"endTemplate">,
): Promise<undefined> {
  await context.transact(async (unit) => {
    await holdProperty(unit, propertyId);
    const { profile, version, ended_at: endedAt } = await templateHere(unit, propertyId, id);
    if (endedAt !== null) return;
    await unit.db.run(statements.updateTemplate, { id, profile, ended_at: unit.now, version });
    tell(unit, context, propertyId, id, "template.ended");
  });
  return undefined;
}

/** In the order in which it is sealed and compared. */
function profileOf({ name, shortcut, texts }: TemplateProfile): TemplateProfile {
  return { name, shortcut, texts: texts.map(({ language, text }) => ({ language, text })) };
}

/** Asked while the property is held: no field leaves in the meantime. */
async function assertSound(
  { db: read, cipher }: Unit,
  propertyId: PropertyId,
  profile: TemplateProfile,
): Promise<void> {
  const known = await knownPlaceholders({ read, cipher }, propertyId);
  refuseIf("template.invalid", findFlaws(profile, known));
}

function assertFree(profile: TemplateProfile, others: readonly Template[]): void {
  refuseIf("name.taken", findTaken(profile, others));
}

function refuseIf(code: "template.invalid" | "name.taken", issues: readonly FieldIssue[]): void {
  if (issues.length > 0) throw new Refusal(code, { issues });
}

function templatesHere({ db: read, cipher }: Unit, propertyId: PropertyId): Promise<Template[]> {
  return templatesOf({ read, cipher }, propertyId);
}

async function templateHere(
  unit: Unit,
  propertyId: PropertyId,
  id: TemplateId,
): Promise<TemplateRow> {
  const row = await unit.db.first(statements.templateById, { id });
  if (!row || row.property_id !== propertyId) throw notFound();
  return row;
}

async function theTemplate(
  context: Context,
  propertyId: PropertyId,
  id: TemplateId,
): Promise<Template> {
  const template = await findTemplate(context, propertyId, id);
  if (!template) throw notFound();
  return template;
}

function tell(
  unit: Unit,
  { caller: { agentId } }: Context,
  propertyId: PropertyId,
  subjectId: TemplateId,
  act: string,
): void {
  unit.change(settingsChanged(propertyId, agentId));
  unit.record({ act, agentId, subjectId });
}
