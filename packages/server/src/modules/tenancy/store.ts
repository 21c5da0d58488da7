import type { AgentId, PropertyId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type {
  AgentPropertyRow,
  AgentRow,
  PropertyRow,
  TenancyTables,
  TenantRow,
} from "./tables.ts";

const statement = statementsFor<TenancyTables>();

type New<Row> = Omit<Row, "tenant_id">;

/** A tenant has at most so many of each; lists of people are not paged below that. */
const peopleMax = 1_000;
const placementsMax = 20_000;

export const insertTenant = statement<New<TenantRow>>()("tenant.insert", (sql, given) =>
  sql.insertInto("tenant").values({
    tenant_id: given.tenant,
    profile: given.profile,
    kind: given.kind,
    created_at: given.created_at,
    version: given.version,
    mac: given.mac,
  }),
);

export const theTenant = statement()("tenant.get", (sql, given) =>
  sql.selectFrom("tenant").selectAll().where("tenant_id", "=", given.tenant),
);

/** Takes the tenant's row: of two who change who may what at once, the second sees the first. */
export const holdTenant = statement()("tenant.hold", (sql, given, dialect) =>
  dialect.lock(sql.selectFrom("tenant").select("version").where("tenant_id", "=", given.tenant)),
);

export const insertProperty = statement<New<PropertyRow>>()("property.insert", (sql, given) =>
  sql.insertInto("property").values({
    tenant_id: given.tenant,
    id: given.id,
    profile: given.profile,
    created_at: given.created_at,
    ended_at: given.ended_at,
    version: given.version,
  }),
);

export const properties = statement()("property.list", (sql, given) =>
  sql
    .selectFrom("property")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("ended_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .limit(peopleMax),
);

/** Takes a property's row: its names are sealed, so that they are unique is for one at a time. */
export const holdProperty = statement<{ id: PropertyId }>()(
  "property.hold",
  (sql, given, dialect) =>
    dialect.lock(
      sql
        .selectFrom("property")
        .selectAll()
        .where("tenant_id", "=", given.tenant)
        .where("id", "=", given.id),
    ),
);

/** Compare-and-set on the version: of two who change a property, one does. */
export const updateProperty = statement<Pick<PropertyRow, "id" | "profile" | "version">>()(
  "property.update",
  (sql, given) =>
    sql
      .updateTable("property")
      .set((is) => ({ profile: given.profile, version: is("version", "+", 1) }))
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id)
      .where("version", "=", given.version),
);

export const insertAgent = statement<New<AgentRow>>()("agent.insert", (sql, given) =>
  sql.insertInto("agent").values({
    tenant_id: given.tenant,
    id: given.id,
    email_index: given.email_index,
    profile: given.profile,
    password: given.password,
    role: given.role,
    created_at: given.created_at,
    ended_at: given.ended_at,
    version: given.version,
    mac: given.mac,
  }),
);

export const agentById = statement<{ id: AgentId }>()("agent.byId", (sql, given) =>
  sql
    .selectFrom("agent")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

/** An agent, and whether they are placed at a property, with their locks. */
export const holdAgentAt = statement<{ id: AgentId; propertyId: PropertyId }>()(
  "agent.hold",
  (sql, given, dialect) =>
    dialect.lock(
      sql
        .selectFrom("agent")
        .leftJoin("agent_property", (join) =>
          join
            .on("agent_property.tenant_id", "=", given.tenant)
            .onRef("agent_property.agent_id", "=", "agent.id")
            .on("agent_property.property_id", "=", given.propertyId),
        )
        .selectAll("agent")
        .select("agent_property.property_id as placed_at")
        .where("agent.tenant_id", "=", given.tenant)
        .where("agent.id", "=", given.id),
    ),
);

export const agentByEmail = statement<{ emailIndex: Uint8Array }>()("agent.byEmail", (sql, given) =>
  sql
    .selectFrom("agent")
    .select("id")
    .where("tenant_id", "=", given.tenant)
    .where("email_index", "=", given.emailIndex),
);

export const agentCount = statement()("agent.count", (sql, given) =>
  sql
    .selectFrom("agent")
    .select((is) => is.fn.countAll<number>().as("count"))
    .where("tenant_id", "=", given.tenant),
);

/** Two are enough to know that one may go. */
export const activeOwners = statement()("agent.activeOwners", (sql, given) =>
  sql
    .selectFrom("agent")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("role", "=", "owner")
    .where("ended_at", "is", null)
    .limit(2),
);

/** Compare-and-set on the version: of two who change an agent, one does. */
export const updateAgent = statement<
  Pick<AgentRow, "id" | "profile" | "role" | "ended_at" | "version" | "mac">
>()("agent.update", (sql, given) =>
  sql
    .updateTable("agent")
    .set((is) => ({
      profile: given.profile,
      role: given.role,
      ended_at: given.ended_at,
      version: is("version", "+", 1),
      mac: given.mac,
    }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("version", "=", given.version),
);

export const agents = statement()("agent.list", (sql, given) =>
  sql
    .selectFrom("agent")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .orderBy("created_at")
    .orderBy("id")
    .limit(peopleMax),
);

export const insertAgentProperty = statement<New<AgentPropertyRow>>()(
  "agent_property.insert",
  (sql, given) =>
    sql.insertInto("agent_property").values({
      tenant_id: given.tenant,
      agent_id: given.agent_id,
      property_id: given.property_id,
      revision: given.revision,
      mac: given.mac,
    }),
);

export const deleteAgentProperty = statement<{ agentId: AgentId; propertyId: PropertyId }>()(
  "agent_property.delete",
  (sql, given) =>
    sql
      .deleteFrom("agent_property")
      .where("tenant_id", "=", given.tenant)
      .where("agent_id", "=", given.agentId)
      .where("property_id", "=", given.propertyId),
);

export const propertiesOfAgent = statement<{ agentId: AgentId }>()(
  "agent_property.ofAgent",
  (sql, given) =>
    sql
      .selectFrom("agent_property")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("agent_id", "=", given.agentId)
      .limit(peopleMax),
);

export const agentsOfProperty = statement<{ propertyId: PropertyId }>()(
  "agent_property.ofProperty",
  (sql, given) =>
    sql
      .selectFrom("agent_property")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .limit(peopleMax),
);

/** Where everybody of the tenant works. */
export const placements = statement()("agent_property.list", (sql, given) =>
  sql
    .selectFrom("agent_property")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .orderBy("agent_id")
    .orderBy("property_id")
    .limit(placementsMax),
);
