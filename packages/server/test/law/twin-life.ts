import {
  type Operation,
  type OperationInput,
  type OperationOutput,
  operations,
} from "@foyer/contract";
import { insertDelivery } from "../../src/modules/channels/store.ts";
import { conversationListeners } from "../../src/modules/conversations/listeners.ts";
import type { Caller } from "../../src/platform/access/index.ts";
import { FIELD } from "../../src/platform/keys/field-numbers.ts";
import type { MessageArrived, Scope, Unit } from "../../src/platform/scope/index.ts";
import type { Agent } from "../world/agent.ts";
import type { Tenant } from "../world/tenant.ts";

/** Gives one id after the other, the same ones in every run. */
export function countingMint(from: number): () => string {
  let count = from;
  return () => {
    count += 1;
    return `01900000-0000-7000-8000-${String(count).padStart(12, "0")}`;
  };
}

const story = [
  { number: "+447700900901", said: ["Do you have a cot for the little one?", "For tonight"] },
  { number: "+447700900902", said: ["Wo kann man hier Räder leihen?"] },
  { number: "+447700900903", said: ["The window in 214 does not close", "It is cold"] },
  { number: "+447700900904", said: ["Thank you for everything"] },
] as const;

/**
 * A tenant's life at its first hotel, through the use-cases that serve everybody, with every id
 * inside it taken from the given mint: two tenants live it twice, with the same ids.
 */
export async function playLife(tenant: Tenant, mint: () => string): Promise<void> {
  const life = new Life(tenant, mint);
  const supervisor = tenant.hotel.agent("supervisor");
  const agent = tenant.hotel.agent("agent");
  for (const { number, said } of story) {
    for (const text of said) await life.hear(number, text);
  }
  const [first, second, third, fourth] = await life.conversations(supervisor);
  if (!first || !second || !third || !fourth) throw new Error("somebody was not heard");
  await life.introduce(supervisor, first, "Rosa Lind");
  await life.answer(agent, first, "There is one in your room already.");
  await life.note(agent, first, "Cot is in 214, not in 412");
  await life.give(supervisor, second, { agentId: agent.id });
  await life.give(supervisor, third, { teamId: tenant.hotel.teamId });
  await life.seen(agent, third, 1);
  await life.close(supervisor, fourth);
  await life.hearNobody();
}

type Assignee = OperationInput<typeof operations.assign>["assignee"];

class Life {
  readonly #tenant: Tenant;
  readonly #mint: () => string;

  constructor(tenant: Tenant, mint: () => string) {
    this.#tenant = tenant;
    this.#mint = mint;
  }

  async hear(number: string, text: string): Promise<void> {
    const { propertyId, channelId } = this.#tenant.hotel;
    const arrived: MessageArrived = {
      name: "message.arrived",
      propertyId,
      channelId,
      from: { kind: "phone", value: number },
      text,
      providerId: `${number} ${text.length}`,
      occurredAt: this.#tenant.world.clock.now(),
    };
    const scope = await this.#scope();
    await scope.transact((unit) => unit.notify(arrived));
    await this.#tenant.world.settle();
  }

  /** A delivery that nobody can process: it comes the way that carriers take. */
  async hearNobody(): Promise<void> {
    const scope = await this.#tenant.scope();
    await scope.transact(async (unit) => {
      const { propertyId, channelId } = this.#tenant.hotel;
      const body = "there is nothing to read in here";
      const id = this.#mint();
      await unit.db.run(insertDelivery, {
        id: id as never,
        channel_id: channelId,
        property_id: propertyId,
        kind: "inbound",
        provider_index: unit.cipher.index(FIELD.deliveryProviderIdIndex, body),
        body: unit.cipher.seal(FIELD.deliveryBody, id, body),
        body_bytes: body.length,
        state: "failed",
        failure: "malformed",
        attempts: 1,
        received_at: unit.now,
        processed_at: null,
      });
    });
  }

  async conversations(as: Agent): Promise<readonly string[]> {
    const { propertyId } = this.#tenant.hotel;
    const list = { propertyId, view: "all", limit: 100, after: undefined } as const;
    const { items } = await this.#perform(as, operations.listConversations, list as never);
    return items.map(({ id }) => id);
  }

  async introduce(as: Agent, conversationId: string, name: string): Promise<void> {
    const found = await this.#perform(as, operations.getConversation, { conversationId });
    const { id: contactId, version } = found.contact;
    await this.#perform(as, operations.updateContact, { contactId, version, name });
  }

  async answer(as: Agent, conversationId: string, text: string): Promise<void> {
    const messageId = this.#mint();
    await this.#perform(as, operations.reply, { conversationId, messageId, text });
  }

  async note(as: Agent, conversationId: string, text: string): Promise<void> {
    const noteId = this.#mint();
    await this.#perform(as, operations.addNote, { conversationId, noteId, text });
  }

  async give(as: Agent, conversationId: string, assignee: Assignee): Promise<void> {
    await this.#perform(as, operations.assign, { conversationId, assignee });
  }

  async seen(as: Agent, conversationId: string, position: number): Promise<void> {
    await this.#perform(as, operations.markRead, { conversationId, position });
  }

  async close(as: Agent, conversationId: string): Promise<void> {
    await this.#perform(as, operations.close, { conversationId });
  }

  async #perform<O extends Operation>(
    as: Agent,
    operation: O,
    input: OperationInput<O>,
  ): Promise<OperationOutput<O>> {
    const { assembly } = this.#tenant.world;
    const routes = assembly.modules.flatMap((module) => module.routes ?? []);
    const route = routes.find((candidate) => candidate.operation === operation);
    if (!route) throw new Error(`nobody performs ${operation.name}`);
    const scope = await this.#scope();
    const output = await route.run(scope, callerOf(as), nobodysExchange, input);
    await this.#tenant.world.settle();
    return output as OperationOutput<O>;
  }

  /** The tenant's scope, in which every id that is minted is the next of ours. */
  async #scope(): Promise<Scope> {
    const scope = await this.#tenant.scope();
    const mint = this.#mint as Scope["mint"];
    return { ...scope, mint, transact: (work) => scope.transact((unit) => work(this.#on(unit))) };
  }

  #on(unit: Unit): Unit {
    const own: Unit = {
      ...unit,
      mint: this.#mint as Unit["mint"],
      notify: async (notice) => {
        for (const listen of conversationListeners[notice.name] ?? []) {
          await listen(own, notice as never);
        }
      },
    };
    return own;
  }
}

function callerOf({ account, hotel }: Agent): Caller {
  return {
    tenantId: account.tenantId,
    agentId: account.id,
    sessionId: account.id as never,
    role: account.role,
    propertyIds: new Set([hotel.propertyId]),
    csrfToken: "",
  };
}

const nobodysExchange = {
  address: "127.0.0.1",
  device: "test",
  setSession: () => {},
  clearSession: () => {},
};
