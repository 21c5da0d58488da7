import assert from "node:assert/strict";
import type { Client } from "@foyer/client";
import type { AgentId, ConversationId, Role, Session, TenantId } from "@foyer/contract";
import { Browser } from "./browser.ts";
import type { Following } from "./following.ts";
import type { Hotel } from "./hotel.ts";
import type { World } from "./world.ts";

export interface Account {
  readonly id: AgentId;
  readonly tenantId: TenantId;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Somebody of a hotel's staff, with one browser in front of them. */
export class Agent {
  readonly account: Account;
  /** The property at which they work. */
  readonly hotel: Hotel;
  readonly #world: World;
  #browser: Browser | undefined;

  constructor(world: World, hotel: Hotel, account: Account) {
    this.#world = world;
    this.hotel = hotel;
    this.account = account;
  }

  get id(): AgentId {
    return this.account.id;
  }

  get role(): Role {
    return this.account.role;
  }

  /** The browser of the last sign-in; throws before there was one. */
  get browser(): Browser {
    if (!this.#browser) throw new Error(`${this.account.name} has not signed in`);
    return this.#browser;
  }

  /** Signs in with a fresh browser and gives the typed client of that session. */
  async signIn(): Promise<Client> {
    this.#browser = await this.openBrowser();
    return this.#browser.client;
  }

  /** The client of the session that is open; signs in where there is none yet. */
  async client(): Promise<Client> {
    return this.#browser?.client ?? this.signIn();
  }

  /** One more browser, signed in; the agent's own stays what it is. */
  async openBrowser(): Promise<Browser> {
    const browser = new Browser(this.#world.url);
    browser.hold(await this.startSession(browser));
    this.#world.log.keepOut(browser.csrfToken ?? "", browser.cookie?.split("=")[1] ?? "");
    return browser;
  }

  /** Signs in, and says which tenant where the password opens several. */
  async startSession(browser: Browser): Promise<Session> {
    const { email, password, tenantId } = this.account;
    const answer = await browser.client.signIn({ email, password, tenantId });
    assert.equal(answer.result, "signed_in");
    return answer.session;
  }

  /** Follows the agent's property from now on, with conversations open. */
  async follow(...conversations: readonly ConversationId[]): Promise<Following> {
    const client = await this.client();
    const { propertyId } = this.hotel;
    const { cursor } = await client.countConversations({ propertyId });
    return this.followFrom(cursor, ...conversations);
  }

  /** Follows from a cursor that was read before. */
  async followFrom(cursor: string, ...conversations: ConversationId[]): Promise<Following> {
    await this.client();
    const { propertyId } = this.hotel;
    const input = { propertyId, cursor, conversations: conversations.join(",") };
    const following = await this.browser.follow(input);
    this.#world.keep(following);
    return following;
  }
}
