import {
  type Operation,
  type OperationInput,
  type OperationOutput,
  operations,
} from "@foyer/contract";
import { sealDelivery } from "../../src/modules/channels/kept-delivery.ts";
import { insertDelivery } from "../../src/modules/channels/store.ts";
import type { Caller } from "../../src/platform/access/index.ts";
import { FIELD } from "../../src/platform/keys/field-numbers.ts";
import type { MessageArrived, Scope } from "../../src/platform/scope/index.ts";
import type { Agent } from "../world/agent.ts";
import { png } from "../world/files.ts";
import { mintedScope } from "../world/minted-scope.ts";
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

/** A picture that both twins handed in under the same id, and no message brought yet. */
export const twinPictureId = "01900000-0000-7000-8000-0000000a77ac";
/** One that an answer brings. */
const broughtPictureId = "01900000-0000-7000-8000-0000000a77ad";

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
  await life.handIn(agent, twinPictureId, "Cot in 214");
  await life.handIn(agent, broughtPictureId, "Cot in 412");
  await life.answer(agent, first, "There is one in your room already.", [broughtPictureId]);
  await life.hear(story[0].number, "Loved “There is one in your room already.”");
  await life.note(agent, first, "Cot is in 214, not in 412", [{ agentId: supervisor.id }]);
  await life.give(supervisor, second, { agentId: agent.id });
  await life.give(supervisor, third, { teamId: tenant.hotel.teamId });
  await life.seen(agent, third, 1);
  await life.close(supervisor, fourth);
  await life.remark(supervisor, first, second);
  await life.consent(agent, second, third);
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

  async hear(number: string, text: string, more: Partial<MessageArrived> = {}): Promise<void> {
    const { propertyId, channelId } = this.#tenant.hotel;
    const arrived: MessageArrived = {
      name: "message.arrived",
      propertyId,
      channelId,
      from: { kind: "phone", value: number },
      text,
      providerId: `${number} ${text.length}`,
      occurredAt: this.#tenant.world.clock.now(),
      media: [],
      word: null,
      ...more,
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
        body: sealDelivery(unit.cipher, id, {
          kind: "inbound",
          url: "https://inbox.hotel.example/",
          headers: {},
          body: Buffer.from(body),
        }),
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
    const { contact } = await this.#perform(as, operations.getConversation, { conversationId });
    const { id: contactId, version } = contact;
    const { propertyId } = this.#tenant.hotel;
    const given = { propertyId, contactId, version, name };
    await this.#perform(as, operations.updateContact, given);
  }

  async handIn(as: Agent, attachmentId: string, name: string): Promise<void> {
    const { propertyId } = this.#tenant.hotel;
    await (await as.client()).uploadAttachment({ propertyId, attachmentId, name }, png());
  }

  async answer(
    as: Agent,
    conversationId: string,
    text: string,
    attachmentIds: string[],
  ): Promise<void> {
    const given = { conversationId, messageId: this.#mint(), text, attachmentIds };
    await this.#perform(as, operations.reply, given);
  }

  async note(
    as: Agent,
    conversationId: string,
    text: string,
    mentions: { agentId: string }[],
  ): Promise<void> {
    const given = { conversationId, noteId: this.#mint(), text, mentions };
    await this.#perform(as, operations.addNote, given);
  }

  /** Labels, fields and templates: what a property has words of its own for. */
  async remark(as: Agent, first: string, second: string): Promise<void> {
    const { propertyId } = this.#tenant.hotel;
    const [labelId, templateId] = [this.#mint(), this.#mint()];
    const label = { propertyId, labelId, name: "Anniversary", colour: "violet" } as const;
    await this.#perform(as, operations.createLabel, label);
    const texts = [{ language: "en", text: "Dear {first_name}, your cot is in {room}." }];
    const template = { propertyId, templateId, name: "Cot", shortcut: "cot", texts };
    await this.#perform(as, operations.createTemplate, template);
    const { items } = await this.#perform(as, operations.listFields, { propertyId });
    const fieldId = items.find(({ purpose }) => purpose === "room")?.id ?? "";
    for (const [conversationId, value] of [
      [first, "214"],
      [second, "412"],
    ] as const) {
      const guest = { propertyId, contactId: await this.#contactOf(as, conversationId) };
      await this.#perform(as, operations.setContactField, { ...guest, fieldId, value });
      await this.#perform(as, operations.addContactLabel, { ...guest, labelId });
    }
  }

  /** One guest says STOP, of another it is written down that they agreed. */
  async consent(as: Agent, willing: string, refusing: string): Promise<void> {
    const { propertyId } = this.#tenant.hotel;
    const contactId = await this.#contactOf(as, willing);
    const { contact } = await this.#perform(as, operations.getContact, { propertyId, contactId });
    const addressId = contact.addresses[0]?.id ?? "";
    const said = { state: "opted_in", ground: "booking_form" } as const;
    const given = { propertyId, contactId, addressId, ...said };
    await this.#perform(as, operations.setConsent, given);
    await this.hear(await this.#numberOf(as, refusing), "STOP", { word: "stop" });
    const media = [{ url: "v1/media/lamp", mediaType: "image/jpeg" }];
    await this.hear(await this.#numberOf(as, willing), "The lamp", { media });
  }

  async #contactOf(as: Agent, conversationId: string): Promise<string> {
    const found = await this.#perform(as, operations.getConversation, { conversationId });
    return found.contact.id;
  }

  async #numberOf(as: Agent, conversationId: string): Promise<string> {
    const found = await this.#perform(as, operations.getConversation, { conversationId });
    return found.contact.addresses[0]?.value ?? "";
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
    const given = input as Record<string, unknown>;
    const read = { ...given, ...operation.body?.parse(inputOfBody(operation, given)) };
    const output = await route.run(scope, callerOf(as), nobodysExchange, read);
    await this.#tenant.world.settle();
    return output as OperationOutput<O>;
  }

  /** The tenant's scope, in which every id that is minted is the next of ours. */
  async #scope(): Promise<Scope> {
    const { modules } = this.#tenant.world.assembly;
    return mintedScope(await this.#tenant.scope(), this.#mint, modules);
  }
}

/** What of an input stands in the body, whose schema fills in what was left out. */
function inputOfBody({ body }: Operation, input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([name]) => name in (body?.shape ?? {})));
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
  readUpload: async () => new Uint8Array(),
  setSession: () => {},
  clearSession: () => {},
};
