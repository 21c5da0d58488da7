import type { Field, FieldId, PropertyId } from "@foyer/contract";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { call } from "./api.ts";
import { keys } from "./keys.ts";
import { queryClient } from "./query-client.ts";
import { byId, putIntoList, takeFromList } from "./setting-lists.ts";
import { mintUuidV7 } from "./uuid-v7.ts";

export type FieldValues = Pick<Field, "name" | "kind" | "options">;

const noFields: ReadonlyMap<FieldId, Field> = new Map();

/** What a property keeps of its guests, in its own order. */
export function fieldsOptions(propertyId: PropertyId) {
  return queryOptions({
    queryKey: keys.fields(propertyId),
    queryFn: async ({ signal }): Promise<Field[]> =>
      sorted((await call("listFields", { propertyId }, signal)).items),
  });
}

function sorted(fields: readonly Field[]): Field[] {
  return [...fields].sort((one, other) => one.position - other.position);
}

export function useFields(propertyId: PropertyId): ReadonlyMap<FieldId, Field> {
  return useQuery({ ...fieldsOptions(propertyId), select: byId<Field> }).data ?? noFields;
}

/** Makes a field. Throws what is refused. */
export async function createField(propertyId: PropertyId, values: FieldValues): Promise<Field> {
  const fieldId = mintUuidV7() as FieldId;
  const { field } = await call("createField", { propertyId, fieldId, ...values });
  putIntoList(keys.fields(propertyId), field);
  return field;
}

type FieldUpdate = Partial<Pick<Field, "name" | "options" | "position">>;

/** Changes a field, unless somebody did since the version. Throws what is refused. */
export async function updateField(
  propertyId: PropertyId,
  fieldId: FieldId,
  version: number,
  change: FieldUpdate,
): Promise<Field> {
  const { field } = await call("updateField", { propertyId, fieldId, version, ...change });
  putIntoList(keys.fields(propertyId), field);
  // Where one goes, others move.
  if (change.position !== undefined) await readFieldsAnew(propertyId);
  return field;
}

/** Puts a field elsewhere among the others: shown at once, taken back if the server refuses. */
export async function moveField(
  propertyId: PropertyId,
  field: Field,
  position: number,
): Promise<void> {
  const key = keys.fields(propertyId);
  const before = queryClient.getQueryData<Field[]>(key);
  queryClient.setQueryData<Field[]>(key, (now) => now && movedTo(now, field.id, position));
  try {
    await updateField(propertyId, field.id, field.version, { position });
  } catch (error) {
    queryClient.setQueryData(key, before);
    await readFieldsAnew(propertyId);
    throw error;
  }
}

/** The fields with one of them at another place; positions follow the order. */
export function movedTo(fields: readonly Field[], id: FieldId, position: number): Field[] {
  const moved = fields.find((field) => field.id === id);
  if (!moved) return [...fields];
  const others = fields.filter((field) => field.id !== id);
  return others
    .toSpliced(position, 0, moved)
    .map((field, index) => (field.position === index ? field : { ...field, position: index }));
}

function readFieldsAnew(propertyId: PropertyId): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: keys.fields(propertyId) });
}

export async function endField(propertyId: PropertyId, fieldId: FieldId): Promise<void> {
  await call("endField", { propertyId, fieldId });
  takeFromList(keys.fields(propertyId), fieldId);
}
