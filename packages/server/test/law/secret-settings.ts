import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import type { Client } from "@foyer/client";
import { limits, type TemplateId } from "@foyer/contract";
import type { Hotel } from "../world/hotel.ts";
import type { World } from "../world/world.ts";
import type { Canaries } from "./secret-scan.ts";

const shortcutCharactersMax = 40;

/** What leaders write down in words of their own, and change; gives a template of theirs. */
export async function setUpHouse(
  world: World,
  hotel: Hotel,
  canaries: Canaries,
): Promise<TemplateId> {
  const owner = await hotel.agent("owner").client();
  await nameEverything(owner, hotel, () => canaries.next());
  await connectNumber(world, owner, hotel, canaries);
  return writeTemplates(owner, hotel, () => canaries.next());
}

async function nameEverything(owner: Client, hotel: Hotel, secret: () => string): Promise<void> {
  const { propertyId } = hotel;
  const { properties } = await owner.getSession({});
  const version = properties.find(({ id }) => id === propertyId)?.version ?? 0;
  await owner.updateProperty({ propertyId, name: secret(), version });
  const agent = await owner.createAgent({
    agentId: randomUUID(),
    name: secret(),
    email: `${secret()}@${secret()}.example`,
    password: secret(),
    role: "agent",
    propertyIds: [propertyId],
  });
  const { id: agentId, version: first } = agent.agent;
  await owner.updateAgent({ agentId, name: secret(), version: first });
  const teamId = randomUUID();
  const agentIds = [agentId];
  await owner.createTeam({ propertyId, teamId, name: secret(), colour: "green", agentIds });
  await owner.updateTeam({ propertyId, teamId, name: secret(), version: 1 });
}

async function writeTemplates(owner: Client, hotel: Hotel, secret: () => string) {
  const { propertyId } = hotel;
  const given = () => ({
    name: secret(),
    shortcut: secret().slice(0, shortcutCharactersMax),
    texts: [
      { language: "en", text: `Dear {first_name}, ${secret()}` },
      { language: "de", text: secret().padEnd(limits.templateTextCharactersMax, " ä") },
    ],
  });
  const templateId = randomUUID();
  await owner.createTemplate({ propertyId, templateId, ...given() });
  const { template } = await owner.updateTemplate({
    propertyId,
    templateId,
    version: 1,
    ...given(),
  });
  return template.id;
}

/** A number of a provider's, with the tokens by which each knows the other. */
async function connectNumber(
  world: World,
  owner: Client,
  hotel: Hotel,
  canaries: Canaries,
): Promise<void> {
  const { propertyId } = hotel;
  const account = () => canaries.also(randomBytes(16).toString("hex"));
  const channelId = randomUUID();
  const { version, inboundUrl } = await owner.createChannel({
    propertyId,
    channelId,
    kind: "twilio",
    address: world.freeHotelNumber(),
    accountSid: `AC${account()}`,
    authToken: canaries.next(),
  });
  canaries.also(new URL(inboundUrl).pathname.split("/").at(-2) ?? "");
  const changed = { accountSid: `AC${account()}`, authToken: canaries.next() };
  await owner.updateChannel({ propertyId, channelId, version, ...changed });
  const { outcome } = await owner.testChannel({ propertyId, channelId, to: hotel.guest().number });
  assert.notEqual(outcome, "sent");
  const posted = await fetch(inboundUrl, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": canaries.next(),
    },
    body: new URLSearchParams({ Body: canaries.next(), MessageSid: canaries.next() }),
  });
  assert.ok(posted.status >= 400 && posted.status < 500, `${posted.status}`);
  await owner.endChannel({ propertyId, channelId });
}
