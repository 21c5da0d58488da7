import type {
  AgentId,
  ChannelId,
  ContactId,
  ConversationId,
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

/** Who acts in the demo, and through what. */
export interface Acting {
  readonly parts: Pick<DemoParts, "routes" | "openScope">;
  readonly tenantId: Scope["tenantId"];
  readonly propertyIds: ReadonlySet<PropertyId>;
  readonly agents: ReadonlyMap<DemoAgent, { readonly id: AgentId; readonly role: Role }>;
}

/** A guest of a story, as far as they are known. */
export interface StagedGuest {
  readonly contactId: ContactId;
  /** From their first text on. */
  readonly conversationId?: ConversationId;
}

/** Where the demo's past is played: everybody and everything in it by its name in the script. */
export interface Stage extends Acting {
  readonly parts: DemoParts;
  readonly hotels: ReadonlyMap<DemoHotel, StagedHotel>;
  readonly teams: ReadonlyMap<DemoTeam, TeamId>;
  readonly guests: Map<Story, StagedGuest>;
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
  acting: Acting,
  by: DemoAgent,
  operation: O,
  input: OperationInput<O>,
): Promise<OperationOutput<O>> {
  const { tenantId, propertyIds, parts } = acting;
  const route = parts.routes.find((candidate) => candidate.operation === operation);
  if (!route) throw new Error(`The demo cannot perform ${operation.name}`);
  const { id: agentId, role } = named(acting.agents, by);
  const scope = await parts.openScope(tenantId);
  const sessionId = scope.mint() as SessionId;
  const caller: Caller = { tenantId, agentId, sessionId, role, propertyIds, csrfToken: "" };
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
