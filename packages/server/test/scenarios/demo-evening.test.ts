import assert from "node:assert/strict";
import { test } from "node:test";
import type { Client } from "@foyer/client";
import type { Message, PropertyId } from "@foyer/contract";
import { eveningTexts } from "../../src/modules/demo/script/evening.ts";
import { conversationsIn, openDemoWorld, signIn } from "./demo-world.ts";
import { refuses } from "./refuses.ts";

const answers = eveningTexts.filter(({ answer }) => answer !== undefined);
const answeredWithinMs = 10_000;

test("a busy evening is forty texts through the signed webhook, and a colleague at work", async () => {
  const { world, demo } = await openDemoWorld();
  await using _ = world;
  const mia = await signIn(world, "mia");
  const beganAt = world.clock.now();
  const evening = await mia.startEvening({});
  assert.equal(evening.texts, 40);

  await world.advance(evening.lastsMs / 2);
  const halfway = await saidSince(mia, demo.propertyId, beganAt);
  assert.equal(halfway.inbound.length, 20, "each comes at its time");

  await world.advance(evening.lastsMs / 2 + answeredWithinMs);
  const { inbound, outbound } = await saidSince(mia, demo.propertyId, beganAt);
  assert.deepEqual(textsOf(inbound), eveningTexts.map(({ text }) => text).toSorted());
  const pictures = eveningTexts.filter(({ picture }) => picture !== undefined);
  const shown = inbound.flatMap(({ attachments }) => attachments.map(({ state }) => state));
  assert.deepEqual(
    shown,
    pictures.map(() => "ready"),
  );
  assert.deepEqual(textsOf(outbound), answers.map(({ answer }) => answer).toSorted());
  assert.deepEqual(new Set(outbound.map(({ state }) => state)), new Set(["delivered"]));
  const [people] = await peopleOf(mia, demo.propertyId, outbound);
  assert.equal(people, "Lena Brandt");
  const [row] = await world.peek(
    "select count(*) as n from delivery where kind = 'inbound' and state = 'processed'",
  );
  assert.equal(Number(row?.["n"]), 40, "nothing else came, and nothing came another way");
});

test("an evening that is asked for while it goes on goes on once; afterwards there is another", async () => {
  const { world, demo } = await openDemoWorld();
  await using _ = world;
  const mia = await signIn(world, "mia");
  const jo = await signIn(world, "jo");
  const beganAt = world.clock.now();
  const both = await Promise.all([mia.startEvening({}), jo.startEvening({})]);
  assert.deepEqual(both[0], both[1]);
  await world.advance(both[0].lastsMs / 2);
  await jo.startEvening({});
  await world.advance(both[0].lastsMs * 2);
  const once = await saidSince(mia, demo.propertyId, beganAt);
  assert.equal(once.inbound.length, 40);
  assert.equal(once.outbound.length, answers.length);

  const { lastsMs } = await mia.startEvening({});
  await world.advance(lastsMs + answeredWithinMs);
  const twice = await saidSince(mia, demo.propertyId, beganAt);
  assert.equal(twice.inbound.length, 80);
});

test("there is no evening for a tenant beside the demo, nor for who may not answer in it", async () => {
  const { world } = await openDemoWorld();
  await using _ = world;
  const { hotel } = await world.tenant("Aurora");
  const stranger = await hotel.agent("owner").client();
  await assert.rejects(stranger.startEvening({}), refuses("resource.not_found"));
  const trainee = await signIn(world, "tom");
  await assert.rejects(trainee.startEvening({}), refuses("right.missing"));
  assert.equal(world.clock.nextTimerAt, undefined, "nothing was begun");
});

/** What was said at a hotel since an instant. */
async function saidSince(client: Client, propertyId: PropertyId, at: number) {
  const found: Message[] = [];
  for (const { id: conversationId } of await conversationsIn(client, propertyId, "all")) {
    const { items } = await client.getTimeline({ conversationId, limit: 100 });
    found.push(...items.filter((entry) => entry.kind === "message"));
  }
  const said = found.filter(({ recordedAt }) => Date.parse(recordedAt) >= at);
  return {
    inbound: said.filter(({ direction }) => direction === "inbound"),
    outbound: said.filter(({ direction }) => direction === "outbound"),
  };
}

function textsOf(messages: readonly Message[]): string[] {
  return messages.map(({ text }) => text).toSorted();
}

/** The names of who said it, each once. */
async function peopleOf(client: Client, propertyId: PropertyId, messages: readonly Message[]) {
  const { agents } = await client.getPropertyPeople({ propertyId });
  const ids = new Set(messages.map(({ agentId }) => agentId));
  return [...ids].map((id) => agents.find((agent) => agent.id === id)?.name);
}
