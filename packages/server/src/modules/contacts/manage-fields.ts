import {
  type Field,
  limits,
  type OperationParsed,
  type operations,
  type PropertyId,
  placeholderOf,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { settingsChanged } from "../../platform/feed/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { holdProperty } from "../tenancy/index.ts";
import { fieldsOf, presentField } from "./present.ts";
import type { FieldProfile } from "./profiles.ts";
import { areOptionsValid, comparedName, firstFields, moved } from "./rules.ts";
import * as statements from "./settings-store.ts";
import type { FieldRow } from "./tables.ts";

type Input<Key extends keyof typeof operations> = OperationParsed<(typeof operations)[Key]>;

const limit = limits.fieldsPerPropertyMax;

export async function listFields(context: Context, { propertyId }: Input<"listFields">) {
  return { items: await fieldsOf(context.read, context.cipher, propertyId) };
}

/** Makes a field, the last in the order. The same call again finds what it made. */
export async function createField(context: Context, input: Input<"createField">) {
  const { propertyId, fieldId: id } = input;
  if (!areOptionsValid(input.kind, input.options)) throw new Refusal("field.options_invalid");
  return context.transact(async (unit) => {
    const fields = await lockedFields(unit, propertyId);
    const known = await unit.db.first(statements.fieldById, { id, propertyId });
    if (known) return { field: knownAs(unit, known, input) };
    if (fields.length === limit) throw new Refusal("settings.too_many");
    assertFree(unit, fields, input.name);
    const row = rowOf(unit, { ...input, id, purpose: null }, fields.length);
    // The name is free and nobody can take it: only the id may stand for something elsewhere.
    if (!(await unit.db.insert(statements.insertField, row))) throw new Refusal("entry.id_taken");
    record(unit, context, input, "field.created");
    return { field: presentField(unit.cipher, row) };
  });
}

/**
 * Changes a field's name, options or place; what guests' fields hold stays as it is.
 *
 * @throws Refusal `field.needed` where a template asks for the field by the name it has
 */
export async function updateField(context: Context, input: Input<"updateField">) {
  const { propertyId, version, position } = input;
  return context.transact(async (unit) => {
    const fields = await lockedFields(unit, propertyId);
    const row = fields.find(({ id }) => id === input.fieldId);
    if (!row) throw notFound();
    if (row.version !== version) {
      throw new Refusal("version.conflict", { facts: { version: row.version } });
    }
    const before = presentField(unit.cipher, row);
    const { name = before.name, options = before.options } = input;
    if (!areOptionsValid(row.kind, options)) throw new Refusal("field.options_invalid");
    const others = fields.filter((other) => other !== row);
    assertFree(unit, others, name);
    await letGo(unit, input, before.name, [...others.map(nameIn(unit)), name]);
    const sealed = sealedProfile(unit, row, { name, options });
    await unit.db.run(statements.updateField, { id: row.id, ...sealed, version });
    const order = position === undefined ? fields : moved(fields, row, position);
    await place(unit, order);
    record(unit, context, input, "field.updated");
    const after = { ...row, ...sealed, position: order.indexOf(row), version: version + 1 };
    return { field: presentField(unit.cipher, after) };
  });
}

/**
 * Retires a field: what it held stays sealed where it is, and is shown no more.
 *
 * @throws Refusal `field.needed` where the house itself reads it, or a template asks for it
 */
export async function endField(context: Context, input: Input<"endField">) {
  const { propertyId, fieldId: id } = input;
  await context.transact(async (unit) => {
    const fields = await lockedFields(unit, propertyId);
    const row = await unit.db.first(statements.fieldById, { id, propertyId });
    if (!row) throw notFound();
    if (row.purpose !== null) throw new Refusal("field.needed");
    if (row.ended_at !== null) return;
    const others = fields.filter((field) => field.id !== id);
    await letGo(unit, input, nameIn(unit)(row), others.map(nameIn(unit)));
    await unit.db.run(statements.endField, { id, now: unit.now });
    await place(unit, others);
    record(unit, context, input, "field.ended");
  });
  return undefined;
}

/** Gives a new property the fields that every property starts with. */
export async function seedFields(unit: Unit, propertyId: PropertyId): Promise<void> {
  for (const [position, given] of firstFields.entries()) {
    const row = rowOf(unit, { ...given, propertyId, id: unit.mint<"field">() }, position);
    await unit.db.run(statements.insertField, row);
  }
}

/** A property's fields; nobody else changes any until this unit ends. */
async function lockedFields(unit: Unit, propertyId: PropertyId): Promise<FieldRow[]> {
  await holdProperty(unit, propertyId);
  return unit.db.all(statements.fieldsOfProperty, { propertyId, limit });
}

/** Asks whether anybody needs the placeholder of a name that none of the fields bears any more. */
async function letGo(
  unit: Unit,
  { propertyId }: Pick<Input<"endField">, "propertyId">,
  name: string,
  names: readonly string[],
): Promise<void> {
  const placeholder = placeholderOf(name);
  if (names.some((other) => placeholderOf(other) === placeholder)) return;
  await unit.notify({ name: "field.leaving", propertyId, placeholder });
}

function nameIn({ cipher }: Unit): (row: FieldRow) => string {
  return (row) => presentField(cipher, row).name;
}

/** Writes down the places that are others now. */
async function place(unit: Unit, order: readonly FieldRow[]): Promise<void> {
  for (const [position, { id, position: before }] of order.entries()) {
    if (position !== before) await unit.db.run(statements.placeField, { id, position });
  }
}

/** What a repeated call finds: the same field, or something else under its id. */
function knownAs(unit: Unit, row: FieldRow, input: Input<"createField">): Field {
  const field = presentField(unit.cipher, row);
  const isSame =
    row.ended_at === null &&
    field.name === input.name &&
    field.kind === input.kind &&
    field.options.join("\n") === input.options.join("\n");
  if (!isSame) throw new Refusal("entry.id_taken");
  return field;
}

function assertFree(unit: Unit, fields: readonly FieldRow[], name: string): void {
  const wanted = comparedName(name);
  const isTaken = fields.map(nameIn(unit)).some((taken) => comparedName(taken) === wanted);
  if (isTaken) throw new Refusal("name.taken");
}

function sealedProfile(unit: Unit, { id }: Pick<FieldRow, "id">, profile: FieldProfile) {
  return { profile: unit.cipher.sealJson(FIELD.fieldProfile, id, profile) };
}

function rowOf(
  unit: Unit,
  given: Pick<Field, "id" | "kind" | "purpose"> &
    FieldProfile & { readonly propertyId: PropertyId },
  position: number,
): FieldRow {
  const { id, propertyId, kind, purpose, name, options } = given;
  return {
    tenant_id: unit.tenantId,
    id,
    property_id: propertyId,
    kind,
    purpose,
    ...sealedProfile(unit, given, { name, options }),
    position,
    created_at: unit.now,
    ended_at: null,
    version: 1,
  };
}

function record(
  unit: Unit,
  { caller: { agentId } }: Context,
  { propertyId, fieldId }: Pick<Input<"endField">, "propertyId" | "fieldId">,
  act: string,
): void {
  unit.record({ act, agentId, subjectId: fieldId });
  unit.change(settingsChanged(propertyId, agentId));
}
