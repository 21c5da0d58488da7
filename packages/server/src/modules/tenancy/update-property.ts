import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { settingsChanged } from "../../platform/feed/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import { holdProperty } from "./hold.ts";
import { listProperties } from "./people.ts";
import { propertyProfile } from "./profiles.ts";
import { isCountry, isTimeZone } from "./rules.ts";
import * as statements from "./store.ts";

type Input = OperationParsed<(typeof operations)["updateProperty"]>;

/** Changes a property's name, zone or country, if it is the version that the editor looked at. */
export async function updateProperty(context: Context, input: Input) {
  const { propertyId: id, version } = input;
  const { agentId } = context.caller;
  assertPlace(input);
  await context.transact(async (unit) => {
    const row = await holdProperty(unit, id);
    if (row.version !== version) throw conflict(row.version);
    const known = unit.cipher.openJson(FIELD.propertyProfile, id, row.profile, propertyProfile);
    const changed = {
      name: input.name ?? known.name,
      timeZone: input.timeZone ?? known.timeZone,
      country: input.country ?? known.country,
    };
    const profile = unit.cipher.sealJson(FIELD.propertyProfile, id, changed);
    await unit.db.run(statements.updateProperty, { id, profile, version });
    unit.change(settingsChanged(id, agentId));
    unit.record({ act: "property.updated", agentId, subjectId: id });
  });
  const property = (await listProperties(context)).find((one) => one.id === id);
  if (!property) throw notFound();
  return { property };
}

/** @throws Refusal `property.time_zone_unknown`, `request.invalid` for a country that is none */
export function assertPlace(place: {
  readonly timeZone?: string | undefined;
  readonly country?: string | undefined;
}): void {
  const { timeZone, country } = place;
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new Refusal("property.time_zone_unknown");
  }
  if (country !== undefined && !isCountry(country)) {
    const issue = "must be a country of ISO 3166-1, such as US";
    throw new Refusal("request.invalid", { issues: [{ field: "country", issue }] });
  }
}

/** Somebody else was faster; says which version there is now. */
export function conflict(version: number): Refusal {
  return new Refusal("version.conflict", { facts: { version } });
}
