import type { Property, PropertyId, Session } from "@foyer/contract";
import { call } from "./api.ts";
import { keys } from "./keys.ts";
import { queryClient } from "./query-client.ts";

export type PropertyValues = Pick<Property, "name" | "timeZone" | "country">;

/** Changes a property, unless somebody did since the version. Throws what is refused. */
export async function updateProperty(
  propertyId: PropertyId,
  version: number,
  values: PropertyValues,
): Promise<Property> {
  const { property } = await call("updateProperty", { propertyId, version, ...values });
  queryClient.setQueryData<Session | null>(
    keys.session,
    (session) =>
      session && {
        ...session,
        properties: session.properties.map((one) => (one.id === property.id ? property : one)),
      },
  );
  return property;
}
