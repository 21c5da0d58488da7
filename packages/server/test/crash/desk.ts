import { randomUUID } from "node:crypto";
import { type Client, createClient, Refused, Unreachable } from "@foyer/client";
import type { Conversation, ConversationId, EntryId, PropertyId } from "@foyer/contract";
import { demoAgents, demoPassword } from "../../src/modules/demo/index.ts";
import type { Chance } from "./random.ts";

/** An answer that an agent wrote, and whether the house ever said that it has it. */
export interface Reply {
  readonly conversationId: ConversationId;
  readonly messageId: EntryId;
  readonly text: string;
  isAcknowledged: boolean;
}

/** An agent's browser: its session outlives the house's processes, and so do its answers. */
export class Desk {
  readonly replies: Reply[] = [];
  readonly #chance: Chance;
  readonly #email: string;
  readonly #headers = { cookie: "", "x-foyer-csrf": "" };
  #client: Client = createClient({ baseUrl: "" });

  constructor(chance: Chance, { email }: { readonly email: string } = demoAgents[0]) {
    this.#chance = chance;
    this.#email = email;
  }

  get client(): Client {
    return this.#client;
  }

  /** Goes on with the house at another address; signs in the first time only. */
  async moveTo(baseUrl: string): Promise<void> {
    this.#client = createClient({
      baseUrl,
      headers: () => this.#headers,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        const [cookie] = response.headers.getSetCookie();
        if (cookie) this.#headers.cookie = cookie.split(";")[0] ?? "";
        return response;
      },
    });
    if (this.#headers.cookie === "") await this.#signIn();
  }

  async #signIn(): Promise<void> {
    const account = { email: this.#email, password: demoPassword };
    const answer = await this.#client.signIn(account);
    if (answer.result !== "signed_in") throw new Error("The demo's agent belongs to two tenants");
    this.#headers["x-foyer-csrf"] = answer.session.csrfToken;
  }

  /**
   * Answers, closes, says that no answer is needed, one act after another, until the house is
   * gone. What got no word back is tried again with its id later, or left alone for good, as
   * people do.
   */
  async work(propertyId: PropertyId): Promise<void> {
    try {
      for (;;) await this.#act(propertyId);
    } catch (error) {
      if (!isInterruption(error)) throw error;
    }
  }

  /** Tries every answer again that is not acknowledged and not given up. */
  async insist(): Promise<void> {
    for (const reply of this.replies.filter((one) => !one.isAcknowledged)) await this.#post(reply);
  }

  async #act(propertyId: PropertyId): Promise<void> {
    const unanswered = this.replies.find((one) => !one.isAcknowledged);
    if (unanswered && this.#chance.happens(0.5)) return this.#post(unanswered);
    const conversation = await this.#pick(propertyId);
    const { id: conversationId } = conversation;
    if (this.#chance.happens(0.1)) {
      await this.#client.close({ conversationId });
      return;
    }
    if (this.#chance.happens(0.05)) {
      await this.#client.noAnswerNeeded({ conversationId });
      return;
    }
    const messageId = randomUUID() as EntryId;
    const text = `Reply ${this.replies.length} to ${conversation.title}`;
    const reply = { conversationId, messageId, text, isAcknowledged: false };
    this.replies.push(reply);
    await this.#post(reply);
  }

  /** Somebody who may be texted; now and then in a conversation that was closed already. */
  async #pick(propertyId: PropertyId): Promise<Conversation> {
    const view = this.#chance.happens(0.1) ? "closed" : "all";
    const { items } = await this.#client.listConversations({ propertyId, view });
    const open = items.filter(({ isOptedOut }) => !isOptedOut);
    return open.length === 0 ? this.#pick(propertyId) : this.#chance.pick(open);
  }

  async #post(reply: Reply): Promise<void> {
    const { conversationId, messageId, text } = reply;
    await this.#client.reply({ conversationId, messageId, text });
    reply.isAcknowledged = true;
  }
}

/** The house is gone, or goes: nothing was said about what was asked last. */
function isInterruption(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  if (error instanceof Refused) return error.problem.code === "service.unavailable";
  // The connection was cut while the answer's body came.
  return error instanceof TypeError || error instanceof SyntaxError;
}
