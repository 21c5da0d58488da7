import type { PropertyId } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { settingsChanged } from "../../platform/feed/index.ts";
import type { Unit } from "../../platform/scope/index.ts";

/** Of what one transaction may tell the feed, the greater part is for what listeners say. */
const propertiesPerUnitMax = 50;

/**
 * Does a unit of work and tells the properties that it names of it, in the same transaction. Those
 * of a tenant with very many are told just after: screens show the old for a moment, rights are
 * read anew in any case.
 */
export async function tellProperties(
  context: Context,
  work: (unit: Unit) => Promise<readonly PropertyId[]>,
): Promise<void> {
  const tell = (unit: Unit, propertyIds: readonly PropertyId[]) => {
    for (const id of propertyIds) unit.change(settingsChanged(id, context.caller.agentId));
  };
  const concerned = await context.transact(async (unit) => {
    const propertyIds = await work(unit);
    tell(unit, propertyIds.slice(0, propertiesPerUnitMax));
    return propertyIds;
  });
  for (let from = propertiesPerUnitMax; from < concerned.length; from += propertiesPerUnitMax) {
    const page = concerned.slice(from, from + propertiesPerUnitMax);
    await context.transact(async (unit) => tell(unit, page));
  }
}
