import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Client } from "@foyer/client";
import type {
  ChannelId,
  Conversation,
  PropertyId,
  Role,
  TeamId,
  TimelineEntry,
  View,
} from "@foyer/contract";
import { signDelivery } from "@foyer/simulator";
import { webhookPath } from "../../src/modules/channels/index.ts";
import type { Agent } from "./agent.ts";
import { Guest } from "./guest.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

/** How Foyer and the carrier know each other at one property. */
export interface Line {
  readonly number: string;
  readonly channelId: ChannelId;
  readonly channelKey: string;
  readonly apiKey: string;
  readonly signingSecret: string;
}

/** A delivery as a carrier, or somebody who plays one, brings it. */
export interface Posted {
  readonly kind?: "inbound" | "status";
  readonly body: string | Uint8Array;
  /** Unix seconds under the signature; now unless given. */
  readonly timestamp?: number;
  readonly secret?: string;
  /** Win over those of the protocol. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly channelKey?: string;
}

/** A property of a tenant, with its people, a team and one line to the carrier. */
export class Hotel {
  readonly tenant: Tenant;
  readonly propertyId: PropertyId;
  readonly line: Line;
  readonly teamId: TeamId;
  readonly #world: World;
  readonly #agents: Map<Role, Agent>;

  constructor(
    world: World,
    tenant: Tenant,
    given: {
      readonly propertyId: PropertyId;
      readonly line: Line;
      readonly teamId: TeamId;
      readonly agents: Map<Role, Agent>;
    },
  ) {
    this.#world = world;
    this.tenant = tenant;
    this.propertyId = given.propertyId;
    this.line = given.line;
    this.teamId = given.teamId;
    this.#agents = given.agents;
  }

  get number(): string {
    return this.line.number;
  }

  get channelId(): ChannelId {
    return this.line.channelId;
  }

  /** The one person of a role. Owner and administrator are the tenant's, the others work here. */
  agent(role: Role = "agent"): Agent {
    const agent = this.#agents.get(role) ?? this.tenant.leaders.get(role);
    if (!agent) throw new Error(`Nobody is ${role} here`);
    return agent;
  }

  get agents(): readonly Agent[] {
    return [...this.tenant.leaders.values(), ...this.#agents.values()];
  }

  /** A guest who has never written before. */
  guest(): Guest {
    return new Guest(this.#world, this, this.#world.freeNumber());
  }

  /** The conversation with a guest, as the supervisor sees it. */
  async conversationWith(
    guest: Guest,
    as: Agent = this.agent("supervisor"),
  ): Promise<Conversation> {
    const found = await this.findConversation(guest, as);
    assert.ok(found, "there is no conversation with this guest");
    return found;
  }

  async findConversation(guest: Guest, as = this.agent("supervisor")) {
    const client = await as.client();
    const { propertyId } = this;
    const address = { propertyId, kind: "phone", value: guest.number } as const;
    const { contact } = await client.lookUpContact(address);
    for (const view of ["all", "closed"] as const) {
      for await (const item of everyPage(client, propertyId, view)) {
        if (item.contactId === contact?.id) return item;
      }
    }
    return undefined;
  }

  /** All that was said and what happened with a guest, from the first entry on. */
  async timelineWith(guest: Guest): Promise<TimelineEntry[]> {
    const { id: conversationId } = await this.conversationWith(guest);
    const client = await this.agent("supervisor").client();
    const { items, hasOlder } = await client.getTimeline({ conversationId, limit: 100 });
    assert.equal(hasOlder, false, "the conversation is longer than a page");
    return items;
  }

  /** Answers a guest as an agent; returns the message's id. */
  async reply(guest: Guest, text: string, as: Agent = this.agent()) {
    const { id: conversationId } = await this.conversationWith(guest);
    const client = await as.client();
    const messageId = randomUUID();
    this.#world.log.keepOut(text);
    return (await client.reply({ conversationId, messageId, text })).message;
  }

  /** Brings a delivery to the channel's webhook; signed as the carrier would unless told. */
  async post(posted: Posted): Promise<Response> {
    const { kind = "inbound", body, channelKey = this.line.channelKey } = posted;
    const timestamp = posted.timestamp ?? Math.floor(this.#world.clock.now() / 1000);
    return fetch(this.#world.url + webhookPath(channelKey, kind), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-carrier-timestamp": String(timestamp),
        "x-carrier-signature": signDelivery(
          posted.secret ?? this.line.signingSecret,
          timestamp,
          body,
        ),
        ...posted.headers,
      },
      body: body as NonNullable<RequestInit["body"]>,
    });
  }

  /** A guest's text as the carrier puts it. */
  received(guest: Guest, text: string, id: string = randomUUID()) {
    const { number: from } = guest;
    return {
      type: "message.received",
      id,
      from,
      to: this.number,
      text,
      sentAt: this.#world.clock.now(),
    };
  }
}

async function* everyPage(client: Client, propertyId: PropertyId, view: View) {
  let after: string | null | undefined;
  do {
    const given: Parameters<Client["listConversations"]>[0] = { propertyId, view, limit: 100 };
    const page = await client.listConversations(after ? { ...given, after } : given);
    yield* page.items;
    after = page.next;
  } while (after !== null);
}
