import type { Label, LabelId, PropertyId } from "@foyer/contract";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { call } from "./api.ts";
import { keys } from "./keys.ts";
import { byId, putIntoList, takeFromList } from "./setting-lists.ts";
import { mintUuidV7 } from "./uuid-v7.ts";

export type LabelValues = Pick<Label, "name" | "colour">;

const noLabels: ReadonlyMap<LabelId, Label> = new Map();

/** The labels of a property, as the server orders them. */
export function labelsOptions(propertyId: PropertyId) {
  return queryOptions({
    queryKey: keys.labels(propertyId),
    queryFn: async ({ signal }): Promise<Label[]> =>
      (await call("listLabels", { propertyId }, signal)).items,
  });
}

/** The labels of a property by id: rows and guests name them. */
export function useLabels(propertyId: PropertyId): ReadonlyMap<LabelId, Label> {
  return useQuery({ ...labelsOptions(propertyId), select: byId<Label> }).data ?? noLabels;
}

/** Makes a label. Throws what is refused. */
export async function createLabel(propertyId: PropertyId, values: LabelValues): Promise<Label> {
  const labelId = mintUuidV7() as LabelId;
  const { label } = await call("createLabel", { propertyId, labelId, ...values });
  putIntoList(keys.labels(propertyId), label);
  return label;
}

/** Changes a label, unless somebody did since the version. Throws what is refused. */
export async function updateLabel(
  propertyId: PropertyId,
  labelId: LabelId,
  version: number,
  values: LabelValues,
): Promise<Label> {
  const { label } = await call("updateLabel", { propertyId, labelId, version, ...values });
  putIntoList(keys.labels(propertyId), label);
  return label;
}

export async function endLabel(propertyId: PropertyId, labelId: LabelId): Promise<void> {
  await call("endLabel", { propertyId, labelId });
  takeFromList(keys.labels(propertyId), labelId);
}
