import {
  type Label,
  limits,
  type OperationParsed,
  type operations,
  type PropertyId,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { settingsChanged } from "../../platform/feed/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { holdProperty } from "../tenancy/index.ts";
import { presentLabel } from "./present.ts";
import { comparedName } from "./rules.ts";
import * as statements from "./settings-store.ts";
import type { LabelRow } from "./tables.ts";
import { tellLabelledKind } from "./tell-labelled.ts";

type Input<Key extends keyof typeof operations> = OperationParsed<(typeof operations)[Key]>;

const limit = limits.labelsPerPropertyMax;

export async function listLabels(context: Context, { propertyId }: Input<"listLabels">) {
  const rows = await context.read.all(statements.labelsOfProperty, { propertyId, limit });
  return { items: rows.map((row) => presentLabel(context.cipher, row)) };
}

/** Makes a label. The same call again finds what it made. */
export async function createLabel(context: Context, input: Input<"createLabel">) {
  const { propertyId, labelId: id, name, colour } = input;
  return context.transact(async (unit) => {
    const labels = await lockedLabels(unit, propertyId);
    const known = await unit.db.first(statements.labelById, { id, propertyId });
    if (known) return { label: knownAs(unit, known, input) };
    if (labels.length === limit) throw new Refusal("settings.too_many");
    assertFree(unit, labels, name);
    const row = {
      tenant_id: unit.tenantId,
      id,
      property_id: propertyId,
      profile: unit.cipher.sealJson(FIELD.labelProfile, id, { name, colour }),
      created_at: unit.now,
      ended_at: null,
      version: 1,
    };
    if (!(await unit.db.insert(statements.insertLabel, row))) throw new Refusal("entry.id_taken");
    record(unit, context, input, "label.created");
    return { label: presentLabel(unit.cipher, row) };
  });
}

/** Changes a label's name or colour, if it is still the version that the editor looked at. */
export async function updateLabel(context: Context, input: Input<"updateLabel">) {
  const { propertyId, labelId: id, version } = input;
  return context.transact(async (unit) => {
    const labels = await lockedLabels(unit, propertyId);
    const row = labels.find((one) => one.id === id);
    if (!row) throw notFound();
    if (row.version !== version) {
      throw new Refusal("version.conflict", { facts: { version: row.version } });
    }
    const before = presentLabel(unit.cipher, row);
    const { name = before.name, colour = before.colour } = input;
    assertFree(
      unit,
      labels.filter((one) => one !== row),
      name,
    );
    const profile = unit.cipher.sealJson(FIELD.labelProfile, id, { name, colour });
    await unit.db.run(statements.updateLabel, { id, profile, version });
    const isRenamed = name !== before.name;
    if (isRenamed) unit.schedule({ kind: tellLabelledKind, propertyId, subjectId: id });
    record(unit, context, input, "label.updated");
    return { label: presentLabel(unit.cipher, { ...row, profile, version: version + 1 }) };
  });
}

/** Retires a label: it is on nobody any more, and what happened with it stays readable. */
export async function endLabel(context: Context, input: Input<"endLabel">) {
  const { propertyId, labelId: id } = input;
  await context.transact(async (unit) => {
    await holdProperty(unit, propertyId);
    const row = await unit.db.first(statements.labelById, { id, propertyId });
    if (!row) throw notFound();
    if (row.ended_at !== null) return;
    await unit.db.run(statements.endLabel, { id, now: unit.now });
    record(unit, context, input, "label.ended");
  });
  return undefined;
}

/** A property's labels; nobody else changes any until this unit ends. */
async function lockedLabels(unit: Unit, propertyId: PropertyId): Promise<LabelRow[]> {
  await holdProperty(unit, propertyId);
  return unit.db.all(statements.labelsOfProperty, { propertyId, limit });
}

/** What a repeated call finds: the same label, or something else under its id. */
function knownAs(unit: Unit, row: LabelRow, input: Input<"createLabel">): Label {
  const label = presentLabel(unit.cipher, row);
  const isSame =
    row.ended_at === null && label.name === input.name && label.colour === input.colour;
  if (!isSame) throw new Refusal("entry.id_taken");
  return label;
}

function assertFree(unit: Unit, labels: readonly LabelRow[], name: string): void {
  const wanted = comparedName(name);
  const isTaken = labels.some(
    (row) => comparedName(presentLabel(unit.cipher, row).name) === wanted,
  );
  if (isTaken) throw new Refusal("name.taken");
}

function record(
  unit: Unit,
  { caller: { agentId } }: Context,
  { propertyId, labelId }: Pick<Input<"endLabel">, "propertyId" | "labelId">,
  act: string,
): void {
  unit.record({ act, agentId, subjectId: labelId });
  unit.change(settingsChanged(propertyId, agentId));
}
