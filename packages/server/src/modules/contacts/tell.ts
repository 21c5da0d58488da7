import type { AgentId, ContactId, LabelId, PropertyId } from "@foyer/contract";
import type { ContactTold, Unit } from "../../platform/scope/index.ts";

/** Whom something happened to, where, and who did it; no agent: the guest or the house. */
export interface About {
  readonly propertyId: PropertyId;
  readonly contactId: ContactId;
  readonly agentId: AgentId | null;
  readonly labelId?: LabelId;
}

/** Tells what happened, where it is an event of its own, and that the contact is another now. */
export async function tellOf(
  unit: Unit,
  about: About,
  event: ContactTold["event"] | null,
): Promise<void> {
  const { propertyId, contactId, agentId, labelId = null } = about;
  if (event !== null) {
    const told = { propertyId, contactId, agentId, labelId, event };
    await unit.notify({ name: "contact.told", ...told });
  }
  await unit.notify({ name: "contact.changed", contactId });
}
