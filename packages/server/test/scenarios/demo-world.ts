import assert from "node:assert/strict";
import type { Client } from "@foyer/client";
import type { Conversation, PropertyId, View } from "@foyer/contract";
import { ensureDemo } from "../../src/main/ensure-demo.ts";
import { webhookPath } from "../../src/modules/channels/index.ts";
import {
  type DemoFound,
  demoAgents,
  demoPassword,
  findDemo,
  todayStories,
} from "../../src/modules/demo/index.ts";
import { Browser } from "../world/browser.ts";
import { World } from "../world/world.ts";

/** A World in which the demo was made, and the carrier knows its hotels. */
export async function openDemoWorld(
  given: { readonly startsAt?: number; readonly stories?: typeof todayStories } = {},
): Promise<{ readonly world: World; readonly demo: DemoFound }> {
  const world = await World.open();
  if (given.startsAt !== undefined) world.clock.setWallClock(given.startsAt);
  await ensureDemo(world.assembly, world.assembly, given.stories ?? todayStories);
  const demo = await findDemo(world.assembly);
  assert.ok(demo);
  for (const { number, apiKey, signingSecret, channelKey } of demo.lines) {
    const inboundUrl = world.url + webhookPath(channelKey, "inbound");
    const statusUrl = world.url + webhookPath(channelKey, "status");
    world.carrier.open({ number, apiKey, signingSecret, inboundUrl, statusUrl });
  }
  return { world, demo };
}

/** The client of somebody of the cast, signed in as the sign-in page does it. */
export async function signIn(
  world: World,
  who: (typeof demoAgents)[number]["key"],
): Promise<Client> {
  const account = demoAgents.find(({ key }) => key === who);
  assert.ok(account);
  const browser = new Browser(world.url);
  const { email } = account;
  const answer = await browser.client.signIn({ email, password: demoPassword });
  assert.equal(answer.result, "signed_in");
  browser.hold(answer.session);
  return browser.client;
}

/** All conversations of a view, in the order of the list. */
export async function conversationsIn(
  client: Client,
  propertyId: PropertyId,
  view: View,
): Promise<Conversation[]> {
  const found: Conversation[] = [];
  let after: string | undefined;
  do {
    const page = await client.listConversations({ propertyId, view, limit: 100, after });
    found.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

/** The conversation with a guest of the script. */
export async function conversationWith(client: Client, propertyId: PropertyId, title: string) {
  const all = await conversationsIn(client, propertyId, "all");
  const found = all.find((conversation) => conversation.title === title);
  assert.ok(found, `${title} has an open conversation`);
  const { items } = await client.getTimeline({ conversationId: found.id, limit: 100 });
  return { conversation: found, entries: items };
}
