import type { PropertyId, TenantId } from "@foyer/contract";
import { z } from "zod";
import type { OpenScope } from "../../platform/scope/index.ts";
import { openChannels } from "../channels/index.ts";
import type { Directory } from "../directory/index.ts";
import { listProperties } from "../tenancy/index.ts";
import { demoAgents } from "./script.ts";

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

/** The demo of this installation; undefined where there is none yet. */
export async function findDemo(parts: {
  readonly directory: Directory;
  readonly openScope: OpenScope;
}): Promise<DemoFound | undefined> {
  const [hit] = await parts.directory.find("sign_in_email", demoAgents[0].email);
  if (!hit) return undefined;
  const scope = await parts.openScope(hit.tenantId);
  const [property] = await listProperties(scope);
  if (!property) return undefined;
  const [channel] = await openChannels(scope, property.id);
  if (!channel) return undefined;
  const { address: number, ...secrets } = settings.parse(channel.settings);
  const { id: propertyId, name: hotelName } = property;
  return { tenantId: hit.tenantId, propertyId, hotelName, number, ...secrets };
}
