import type {
  AgentId,
  ChannelId,
  ContactId,
  FieldId,
  FieldPurpose,
  LabelId,
  Operation,
  OperationInput,
  OperationOutput,
  PropertyId,
  Role,
  SessionId,
  TeamId,
} from "@foyer/contract";
import type { Caller, Exchange, Route } from "../../platform/access/index.ts";
import type { Scope } from "../../platform/scope/index.ts";
import type { Directory } from "../directory/index.ts";
import type { ProvisionTenant } from "../tenancy/index.ts";
import type { DemoAgent, DemoHotel, DemoLabel, DemoTeam } from "./script/cast.ts";
import type { Story } from "./script/story.ts";

/** The house as the demo plays in it: its clock is set back, its carrier takes everything. */
export interface DemoParts {
  readonly directory: Directory;
  readonly routes: readonly Route[];
  readonly provisionTenant: ProvisionTenant;
  readonly openScope: (tenantId: Scope["tenantId"]) => Promise<Scope>;
  /** Sets the clock of this house to an instant, integer ms. */
  readonly setClock: (now: number) => void;
  /** Resolves when every job that was left has run. */
  readonly settle: () => Promise<void>;
  readonly now: number;
  readonly timeZone: string;
}

/** A hotel of the demo once it stands. */
export interface StagedHotel {
  readonly propertyId: PropertyId;
  readonly channelId: ChannelId;
  /** By what the house itself reads of a guest: room, arrival… */
  readonly fieldIds: ReadonlyMap<FieldPurpose, FieldId>;
  readonly labelIds: ReadonlyMap<DemoLabel, LabelId>;
}

/** Where the demo's past is played: everybody and everything in it by its name in the script. */
export interface Stage {
  readonly parts: DemoParts;
  readonly tenantId: Scope["tenantId"];
  readonly propertyIds: ReadonlySet<PropertyId>;
  readonly hotels: ReadonlyMap<DemoHotel, StagedHotel>;
  readonly agents: ReadonlyMap<DemoAgent, { readonly id: AgentId; readonly role: Role }>;
  readonly teams: ReadonlyMap<DemoTeam, TeamId>;
  /** Whom the stories are about, once they have texted. */
  readonly contactIds: Map<Story, ContactId>;
}

/** What the script names is there, or the script is wrong. */
export function named<Name, Value>(all: ReadonlyMap<Name, Value>, name: Name): Value {
  const found = all.get(name);
  if (found === undefined) throw new Error(`The demo's script names ${name}, who is not there`);
  return found;
}

const nobodysExchange: Exchange = {
  address: "127.0.0.1",
  device: "demo",
  readUpload: async () => new Uint8Array(),
  setSession: () => {},
  clearSession: () => {},
};

/** Performs an operation as an agent would, through the same seam that authorizes everybody. */
export async function perform<O extends Operation>(
  stage: Pick<Stage, "tenantId" | "agents" | "propertyIds"> & {
    readonly parts: Pick<DemoParts, "routes" | "openScope">;
  },
  by: DemoAgent,
  operation: O,
  input: OperationInput<O>,
): Promise<OperationOutput<O>> {
  const route = stage.parts.routes.find((candidate) => candidate.operation === operation);
  if (!route) throw new Error(`The demo cannot perform ${operation.name}`);
  const { id: agentId, role } = named(stage.agents, by);
  const scope = await stage.parts.openScope(stage.tenantId);
  const caller: Caller = {
    tenantId: stage.tenantId,
    agentId,
    sessionId: scope.mint() as SessionId,
    role,
    propertyIds: stage.propertyIds,
    csrfToken: "",
  };
  const parsed = parse(operation, input as object);
  return (await route.run(scope, caller, nobodysExchange, parsed)) as OperationOutput<O>;
}

/** The input as it arrives over HTTP: checked, and with its defaults. */
function parse({ params, query, body }: Operation, input: object): object {
  const parts = [params, query, body].map((schema) => {
    const names = Object.keys(schema?.shape ?? {});
    const own = Object.entries(input).filter(([name]) => names.includes(name));
    return schema?.parse(Object.fromEntries(own));
  });
  return Object.assign({}, ...parts);
}
