import type { PropertyId, TenantId } from "@foyer/contract";
import { z } from "zod";
import type { OpenScope } from "../../platform/scope/index.ts";
import { openChannels } from "../channels/index.ts";
import type { Directory } from "../directory/index.ts";
import { listProperties } from "../tenancy/index.ts";

/** Leads to the demo's property. Written last of all, so that it marks a demo that is whole. */
export const demoMark = "the demo of this installation";

/** The demo's account with the simulator's carrier. */
export interface DemoFound {
  readonly tenantId: TenantId;
  readonly propertyId: PropertyId;
  readonly hotelName: string;
  readonly number: string;
  readonly apiKey: string;
  readonly signingSecret: string;
  readonly channelKey: string;
}

const settings = z.object({
  address: z.string(),
  apiKey: z.string(),
  signingSecret: z.string(),
  channelKey: z.string(),
});

/** The demo of this installation; undefined where there is none yet, or only a part of one. */
export async function findDemo(parts: {
  readonly directory: Directory;
  readonly openScope: OpenScope;
}): Promise<DemoFound | undefined> {
  const [hit] = await parts.directory.find("demo", demoMark);
  if (!hit) return undefined;
  const scope = await parts.openScope(hit.tenantId);
  const property = (await listProperties(scope)).find(({ id }) => id === hit.subjectId);
  if (!property) return undefined;
  const [channel] = await openChannels(scope, property.id);
  if (!channel) return undefined;
  const { address: number, ...secrets } = settings.parse(channel.settings);
  const { id: propertyId, name: hotelName } = property;
  return { tenantId: hit.tenantId, propertyId, hotelName, number, ...secrets };
}
