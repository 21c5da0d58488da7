import type { PropertyId, TenantId } from "@foyer/contract";
import { z } from "zod";
import type { OpenScope, Scope } from "../../platform/scope/index.ts";
import { openChannels } from "../channels/index.ts";
import type { Directory } from "../directory/index.ts";
import { listProperties } from "../tenancy/index.ts";

/** Leads to the demo's first property. Written last of all, so that it marks one that is whole. */
export const demoMark = "the demo of this installation";

/** A hotel's account with the simulator's carrier. */
export interface DemoLine {
  readonly propertyId: PropertyId;
  readonly hotelName: string;
  readonly number: string;
  readonly apiKey: string;
  readonly signingSecret: string;
  readonly channelKey: string;
}

/** The demo: its first hotel, and all of them. */
export interface DemoFound extends DemoLine {
  readonly tenantId: TenantId;
  readonly lines: readonly DemoLine[];
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
  const lines = await linesOf(scope);
  const first = lines.find(({ propertyId }) => propertyId === hit.subjectId);
  return first && { tenantId: hit.tenantId, ...first, lines };
}

async function linesOf(scope: Scope): Promise<readonly DemoLine[]> {
  const lines: DemoLine[] = [];
  for (const { id: propertyId, name: hotelName } of await listProperties(scope)) {
    const line = await lineOf(scope, propertyId);
    if (line) lines.push({ propertyId, hotelName, ...line });
  }
  return lines;
}

/** Whoever plays with the demo may add channels of their own: those that are not ours pass by. */
async function lineOf(scope: Scope, propertyId: PropertyId) {
  for (const channel of await openChannels(scope, propertyId)) {
    const known = settings.safeParse(channel.settings);
    if (!known.success) continue;
    const { address: number, ...secrets } = known.data;
    return { number, ...secrets };
  }
  return undefined;
}
