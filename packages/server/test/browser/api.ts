import { type Client, createClient } from "@foyer/client";
import type {
  Conversation,
  ConversationId,
  PropertyId,
  TimelineEntry,
  View,
} from "@foyer/contract";

const password = "harbour house demo";
const pageItems = 100;

/** What the server itself says, to hold what screens show against. */
export interface Api {
  readonly client: Client;
  readonly propertyId: PropertyId;
  find(title: string): Promise<Conversation>;
  /** All that was said in a conversation, oldest first: messages and notes, no events. */
  said(id: ConversationId): Promise<readonly SaidEntry[]>;
}

export type SaidEntry = Exclude<TimelineEntry, { kind: "event" }>;

/** Signs in to the demo as a program would. */
export async function openApi(
  baseUrl: string,
  email = "owen@harbourhouse.example.com",
  secret = password,
) {
  const jar = { cookie: "", csrf: "" };
  const client = createClient({
    baseUrl,
    headers: () => ({ cookie: jar.cookie, "x-foyer-csrf": jar.csrf }),
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const [cookie] = response.headers.getSetCookie();
      if (cookie) jar.cookie = cookie.split(";")[0] ?? "";
      return response;
    },
  });
  const answer = await client.signIn({ email, password: secret });
  if (answer.result !== "signed_in") throw new Error("The demo's e-mail opens several tenants");
  jar.csrf = answer.session.csrfToken;
  const propertyId = answer.session.properties[0]?.id as PropertyId;
  const api: Api = {
    client,
    propertyId,
    find: (title) => find(client, propertyId, title),
    said: (id) => said(client, id),
  };
  return api;
}

async function find(client: Client, propertyId: PropertyId, title: string): Promise<Conversation> {
  for (const view of ["all", "closed"] satisfies View[]) {
    const page = await client.listConversations({ propertyId, view, limit: pageItems });
    const found = page.items.find((conversation) => conversation.title === title);
    if (found) return found as Conversation;
  }
  throw new Error(`There is no conversation with ${title}`);
}

async function said(client: Client, conversationId: ConversationId): Promise<SaidEntry[]> {
  const { items } = await client.getTimeline({ conversationId, limit: pageItems });
  return (items as TimelineEntry[]).filter((entry) => entry.kind !== "event");
}
