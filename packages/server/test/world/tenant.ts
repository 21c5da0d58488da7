import { randomBytes, randomUUID } from "node:crypto";
import {
  type AgentId,
  type ChannelId,
  type PropertyId,
  type Role,
  roles,
  rolesEverywhere,
  type TeamId,
  type TenantId,
} from "@foyer/contract";
import { createChannel, webhookPath } from "../../src/modules/channels/index.ts";
import { createAgent, createProperty, createTeam } from "../../src/modules/tenancy/index.ts";
import type { Scope } from "../../src/platform/scope/index.ts";
import { Agent } from "./agent.ts";
import { Hotel, type Line } from "./hotel.ts";
import { mintedScope } from "./minted-scope.ts";
import type { World } from "./world.ts";

/** What a tenant is made with. Ids that are given are the tenant's; the others are minted. */
export interface TenantOptions {
  readonly id?: TenantId;
  /** Real unless given. */
  readonly kind?: "real" | "demo";
  /** Names of its hotels; one of the tenant's own name unless given. */
  readonly hotels?: readonly string[];
  /** Gives every id of the tenant's inside, in the order in which they are needed. */
  readonly mint?: () => string;
  /** The part of the staff's e-mails before the domain's end; the tenant's name unless given. */
  readonly domain?: string;
}

const placedRoles = roles.filter((role) => !rolesEverywhere.includes(role));

/** A brand with its hotels and an agent of each role. */
export class Tenant {
  readonly world: World;
  readonly name: string;
  readonly id: TenantId;
  readonly hotels: Hotel[] = [];
  /** Who works at every hotel: owner and administrator. */
  readonly leaders = new Map<Role, Agent>();

  private constructor(world: World, name: string, id: TenantId) {
    this.world = world;
    this.name = name;
    this.id = id;
  }

  /** Provisions a tenant with the functions that serve everybody. */
  static async open(world: World, name: string, options: TenantOptions = {}): Promise<Tenant> {
    const id = options.id ?? (randomUUID() as TenantId);
    await world.assembly.provisionTenant({ id, name, kind: options.kind ?? "real" });
    const tenant = new Tenant(world, name, id);
    const maker = new Maker(tenant, options);
    for (const hotel of options.hotels ?? [name]) tenant.hotels.push(await maker.hotel(hotel));
    for (const role of rolesEverywhere) {
      tenant.leaders.set(role, await maker.agent(role, tenant.hotel, []));
    }
    return tenant;
  }

  /** The first hotel: most tests need no other. */
  get hotel(): Hotel {
    const [first] = this.hotels;
    if (!first) throw new Error(`${this.name} has no hotel`);
    return first;
  }

  /** The tenant's rows and keys, for what no operation does yet. */
  scope(): Promise<Scope> {
    return this.world.assembly.openScope(this.id);
  }
}

/** Makes what belongs to a tenant, with ids of the tenant's own choosing. */
class Maker {
  readonly #tenant: Tenant;
  readonly #mint: () => string;
  readonly #hasOwnIds: boolean;
  readonly #domain: string;

  constructor(tenant: Tenant, options: TenantOptions) {
    this.#tenant = tenant;
    this.#mint = options.mint ?? randomUUID;
    this.#hasOwnIds = options.mint !== undefined;
    this.#domain = options.domain ?? `${tenant.name.toLowerCase().replaceAll(/\W+/g, "-")}.example`;
  }

  async hotel(name: string): Promise<Hotel> {
    const scope = await this.#scope();
    const propertyId = await scope.transact((unit) =>
      createProperty(unit, {
        id: this.#mint() as PropertyId,
        name,
        timeZone: "Europe/Paris",
        country: "FR",
      }),
    );
    const agents = new Map<Role, Agent>();
    const line = await this.#line(propertyId);
    const teamId = this.#mint() as TeamId;
    const hotel = new Hotel(this.#tenant.world, this.#tenant, {
      propertyId,
      line,
      teamId,
      agents,
    });
    for (const role of placedRoles) agents.set(role, await this.agent(role, hotel, [propertyId]));
    await this.#team(
      hotel,
      [...agents.values()].map(({ id }) => id),
    );
    this.#connect(hotel, name);
    return hotel;
  }

  async #scope(): Promise<Scope> {
    const scope = await this.#tenant.scope();
    const { modules } = this.#tenant.world.assembly;
    return this.#hasOwnIds ? mintedScope(scope, this.#mint, modules) : scope;
  }

  async agent(role: Role, hotel: Hotel, propertyIds: PropertyId[]): Promise<Agent> {
    const { world, hotels, id: tenantId } = this.#tenant;
    const id = this.#mint() as AgentId;
    const email = `${role}${hotels.length}@${this.#domain}`;
    const password = `${role} of house ${this.#domain} ${propertyIds.length + hotels.length}`;
    const name = `${role.replace("_", " ")} ${hotels.length}`;
    world.log.keepOut(email, password);
    const scope = await this.#tenant.scope();
    const { directory } = world.assembly;
    await createAgent(scope, directory, { id, name, email, password, role, propertyIds });
    return new Agent(world, hotel, { id, tenantId, role, name, email, password });
  }

  async #team(hotel: Hotel, agentIds: AgentId[]): Promise<void> {
    const { propertyId, teamId: id } = hotel;
    const team = { id, propertyId, name: "Front desk", colour: "blue", agentIds } as const;
    const scope = await this.#tenant.scope();
    await scope.transact((unit) => createTeam(unit, team));
  }

  async #line(propertyId: PropertyId): Promise<Line> {
    const { world } = this.#tenant;
    const secret = () => randomBytes(24).toString("base64url");
    const id = this.#mint() as ChannelId;
    const number = world.freeHotelNumber();
    const [channelKey, apiKey, signingSecret] = [secret(), secret(), secret()];
    world.log.keepOut(channelKey, apiKey, signingSecret);
    const settings = { address: number, apiKey, signingSecret };
    const scope = await this.#tenant.scope();
    await scope.transact((unit) =>
      createChannel(unit, world.assembly.directory, {
        id,
        propertyId,
        kind: "simulator",
        settings,
        channelKey,
      }),
    );
    return { number, channelId: id, channelKey, apiKey, signingSecret };
  }

  #connect({ line }: Hotel, name: string): void {
    const { carrier, url } = this.#tenant.world;
    const { number, apiKey, signingSecret, channelKey } = line;
    const inboundUrl = url + webhookPath(channelKey, "inbound");
    const statusUrl = url + webhookPath(channelKey, "status");
    carrier.open({ number, name, apiKey, signingSecret, inboundUrl, statusUrl });
  }
}
