import type { AgentId, PropertyId, Role, SessionId, TeamId, TenantId } from "@foyer/contract";
import {
  digest,
  id,
  instant,
  integer,
  nullable,
  type RowOf,
  sealed,
  table,
  word,
} from "../../platform/store/index.ts";

/** Under which the directory has every tenant that is no demo. Never renamed. */
export const hotelMark = "a hotel of this installation";

/** One brand. Its row's id is the tenant's id. */
export const tenant = table(
  "tenant",
  {
    tenant_id: id<TenantId>(),
    /** Sealed: name. */
    profile: sealed(),
    kind: word<"real" | "demo">(),
    created_at: instant(),
    version: integer(),
    mac: digest(),
  },
  { primaryKey: ["tenant_id"] },
);

export const property = table(
  "property",
  {
    tenant_id: id<TenantId>(),
    id: id<PropertyId>(),
    /** Sealed: name, time zone, country. */
    profile: sealed(),
    created_at: instant(),
    ended_at: nullable(instant()),
    version: integer(),
  },
  { primaryKey: ["tenant_id", "id"] },
);

/** An agent's row grants authority: it carries a MAC over all its columns. */
export const agent = table(
  "agent",
  {
    tenant_id: id<TenantId>(),
    id: id<AgentId>(),
    email_index: digest(),
    /** Sealed: name, e-mail. */
    profile: sealed(),
    /** Sealed: the argon2id hash. */
    password: sealed(),
    role: word<Role>(),
    created_at: instant(),
    /** An agent who left keeps a tombstone: what they did stays theirs. */
    ended_at: nullable(instant()),
    version: integer(),
    mac: digest(),
  },
  { primaryKey: ["tenant_id", "id"], unique: [["tenant_id", "email_index"]] },
);

export const agentProperty = table(
  "agent_property",
  {
    tenant_id: id<TenantId>(),
    agent_id: id<AgentId>(),
    property_id: id<PropertyId>(),
    revision: integer(),
    mac: digest(),
  },
  {
    primaryKey: ["tenant_id", "agent_id", "property_id"],
    indexes: [["tenant_id", "property_id"]],
    references: [
      { columns: ["tenant_id", "agent_id"], table: "agent", to: ["tenant_id", "id"] },
      { columns: ["tenant_id", "property_id"], table: "property", to: ["tenant_id", "id"] },
    ],
  },
);

export const team = table(
  "team",
  {
    tenant_id: id<TenantId>(),
    id: id<TeamId>(),
    property_id: id<PropertyId>(),
    /** Sealed: name, colour. */
    profile: sealed(),
    created_at: instant(),
    ended_at: nullable(instant()),
    version: integer(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    indexes: [["tenant_id", "property_id"]],
    references: [
      { columns: ["tenant_id", "property_id"], table: "property", to: ["tenant_id", "id"] },
    ],
  },
);

export const teamMember = table(
  "team_member",
  { tenant_id: id<TenantId>(), team_id: id<TeamId>(), agent_id: id<AgentId>() },
  {
    primaryKey: ["tenant_id", "team_id", "agent_id"],
    indexes: [["tenant_id", "agent_id"]],
    references: [
      { columns: ["tenant_id", "team_id"], table: "team", to: ["tenant_id", "id"] },
      { columns: ["tenant_id", "agent_id"], table: "agent", to: ["tenant_id", "id"] },
    ],
  },
);

export const session = table(
  "session",
  {
    tenant_id: id<TenantId>(),
    id: id<SessionId>(),
    agent_id: id<AgentId>(),
    /** Sealed: what the browser says it is. */
    device: sealed(),
    created_at: instant(),
    last_seen_at: instant(),
    expires_at: instant(),
    ended_at: nullable(instant()),
    revision: integer(),
    mac: digest(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    indexes: [["tenant_id", "agent_id", "created_at"]],
    references: [{ columns: ["tenant_id", "agent_id"], table: "agent", to: ["tenant_id", "id"] }],
  },
);

export interface TenancyTables {
  tenant: RowOf<typeof tenant>;
  property: RowOf<typeof property>;
  agent: RowOf<typeof agent>;
  agent_property: RowOf<typeof agentProperty>;
  team: RowOf<typeof team>;
  team_member: RowOf<typeof teamMember>;
  session: RowOf<typeof session>;
}

export type TenantRow = RowOf<typeof tenant>;
export type PropertyRow = RowOf<typeof property>;
export type AgentRow = RowOf<typeof agent>;
export type AgentPropertyRow = RowOf<typeof agentProperty>;
export type TeamRow = RowOf<typeof team>;
export type SessionRow = RowOf<typeof session>;

export const tenancyTables = [tenant, property, agent, agentProperty, team, teamMember, session];
export const tenancyMigration = { name: "tenancy-0001", tables: tenancyTables };
