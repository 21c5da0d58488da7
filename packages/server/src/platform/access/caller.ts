import type { AgentId, PropertyId, Role, SessionId, TenantId } from "@foyer/contract";

/** Who asks: an agent who is signed in, with what they may and where. Read anew per request. */
export interface Caller {
  readonly tenantId: TenantId;
  readonly agentId: AgentId;
  readonly sessionId: SessionId;
  readonly role: Role;
  /** The properties this agent reaches: for owners and administrators all of the tenant's. */
  readonly propertyIds: ReadonlySet<PropertyId>;
  readonly csrfToken: string;
}
