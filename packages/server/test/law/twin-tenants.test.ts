import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ConversationId, type OperationKey, operations } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import { png } from "../world/files.ts";
import type { Tenant } from "../world/tenant.ts";
import { World } from "../world/world.ts";
import { assertSameSeen, everythingSeen, readOperations, type Seen } from "./everything-seen.ts";
import { countingMint, playLife } from "./twin-life.ts";

test("all that reads is among what the twins compare", () => {
  const keys = Object.keys(operations) as OperationKey[];
  const reading = keys.filter((key) => {
    const { method, right, kind } = operations[key];
    return right !== null && kind === "call" && method === "GET";
  });
  const posted: OperationKey[] = ["search", "lookUpContact"];
  assert.deepEqual(readOperations.toSorted(), [...reading, ...posted].toSorted());
});

for (const engine of primaryStores()) {
  describe(`twin tenants on ${engine.name}`, () => {
    test("with the same ids see the same, whether the other is empty or full", async () => {
      await using world = await World.open({ engine });
      const [one, other] = await bothTwins(world);
      const mint = countingMint(1_000);
      const otherMint = countingMint(1_000);
      await playLife(one, mint);
      const alone = await seenBy(one);
      const live = await one.hotel.agent().follow(...(alone.conversationIds as ConversationId[]));
      await live.until(({ type }) => type === "presence");
      const quiet = live.events.length;

      await playLife(other, otherMint);
      const besides = await seenBy(one);
      assertSameSeen(besides, alone);
      assert.equal(live.events.length, quiet, "one twin's stream told of the other");

      assert.ok(alone.conversationIds.length > 2);
      const seen = JSON.stringify(alone.answers);
      for (const word of played) assert.ok(seen.includes(word), `nothing was seen of ${word}`);
      assertSameSeen(masked(await seenBy(other), other), masked(alone, one));
    });

    test("what one does changes nothing that the other sees", async () => {
      await using world = await World.open({ engine });
      const [one, other] = await bothTwins(world);
      await playLife(one, countingMint(1_000));
      await playLife(other, countingMint(1_000));
      const before = await seenBy(other);
      const [conversationId = ""] = before.conversationIds;
      const client = await one.hotel.agent("supervisor").client();
      const { contact } = await client.getConversation({ conversationId });
      const { id: contactId, version } = contact;
      const { propertyId } = one.hotel;
      const named = { propertyId, contactId, name: "Renamed here", version };
      await client.updateContact(named);
      await client.markRead({ conversationId, position: 2 });
      await client.assign({ conversationId, assignee: null });
      await client.close({ conversationId });
      const noteId = countingMint(9_000)();
      await client.addNote({ conversationId, noteId, text: "Only at this house" });
      await changeSettings(one);
      const typing = await one.hotel.agent("agent").client();
      await typing.setPresence({ conversationId, activity: "typing_note" });
      await world.settle();
      assertSameSeen(await seenBy(other), before);
    });

    test("hear nothing of each other on their streams", async () => {
      await using world = await World.open({ engine });
      const [one, other] = await bothTwins(world);
      await playLife(one, countingMint(1_000));
      await playLife(other, countingMint(1_000));
      const { conversationIds } = await seenBy(one);
      const [conversationId = ""] = conversationIds;
      const following = await one.hotel
        .agent("supervisor")
        .follow(...(conversationIds as ConversationId[]));
      const first = (count: number) => () => following.events.length >= count;
      await following.until(first(conversationIds.length));
      const theirs = await other.hotel.agent().client();
      await theirs.setPresence({ conversationId, activity: "typing_note" });
      await theirs.close({ conversationId });
      await world.settle();
      const mine = await one.hotel.agent().client();
      await mine.setPresence({ conversationId, activity: "viewing" });
      await following.until(first(conversationIds.length + 1));
      const presence = { viewing: [one.hotel.agent().id], typing: [] };
      assert.deepEqual(following.events.slice(conversationIds.length), [
        { type: "presence", conversationId, ...presence },
      ]);
    });

    test("with pictures of the same id each shows its own", async () => {
      await using world = await World.open({ engine });
      const twins = await bothTwins(world);
      const attachmentId = countingMint(1)();
      const shown: string[] = [];
      for (const [at, { hotel }] of twins.entries()) {
        const { propertyId } = hotel;
        const picture = png({ width: 10 + at });
        const client = await hotel.agent().client();
        await client.uploadAttachment({ propertyId, attachmentId, name: "Cot" }, picture);
        shown.push(Buffer.from(picture).toString("base64"));
      }
      for (const [at, { hotel }] of twins.entries()) {
        const { propertyId } = hotel;
        const client = await hotel.agent().client();
        const { attachment } = await client.getAttachment({ propertyId, attachmentId });
        const answer = await fetch(attachment.url ?? "");
        assert.equal(Buffer.from(await answer.arrayBuffer()).toString("base64"), shown[at]);
      }
    });

    test("a session of one opens nothing of the other's", async () => {
      await using world = await World.open({ engine });
      const [one, other] = await bothTwins(world);
      const [mine, theirs] = [one.hotel.agent(), other.hotel.agent()];
      await mine.client();
      await theirs.client();
      const browser = mine.browser.copy();
      browser.hold({ csrfToken: theirs.browser.csrfToken } as never);
      const conversationId = countingMint(1)();
      const answer = await browser.perform(operations.close, { conversationId });
      assert.equal(answer.status, 403);
      const session = await mine.browser.client.getSession({});
      assert.equal(session.tenant.id, one.id);
    });
  });
}

/** What of the twins' life is in their own words, or in nobody else's. */
const played = ["Anniversary", "booking_form", "keyword", "❤️", "fetching", "Dear {first_name}"];

/** Takes away and writes anew what a property has set up, and what it knows of a guest. */
async function changeSettings({ hotel }: Tenant): Promise<void> {
  const client = await hotel.agent("supervisor").client();
  const { propertyId } = hotel;
  for (const { id: templateId } of (await client.listTemplates({ propertyId })).items) {
    await client.endTemplate({ propertyId, templateId });
  }
  const { items: fields } = await client.listFields({ propertyId });
  for (const contact of (await client.listContacts({ propertyId })).items) {
    const guest = { propertyId, contactId: contact.id };
    for (const { id: addressId, consent } of contact.addresses) {
      if (consent.ground === "keyword") continue;
      const said = { state: "opted_out", ground: "asked_by_phone" } as const;
      await client.setConsent({ ...guest, addressId, ...said });
    }
    await client.setContactField({ ...guest, fieldId: fields[0]?.id ?? "", value: "999" });
    await client.blockContact(guest);
  }
  for (const { id: labelId } of (await client.listLabels({ propertyId })).items) {
    await client.endLabel({ propertyId, labelId });
  }
}

/** Two tenants of one installation whose ids, numbers and e-mails are all the same. */
async function bothTwins(world: World): Promise<[Tenant, Tenant]> {
  // The carrier is down, so that what leaves and when is no matter of chance.
  await world.carrierLine.down();
  const options = { domain: "twins.example" };
  const one = await world.tenant("Twin", { ...options, mint: countingMint(1) });
  const other = await world.tenant("Twin", { ...options, mint: countingMint(1) });
  return [one, other];
}

async function seenBy(tenant: Tenant) {
  await tenant.world.settle();
  return everythingSeen(tenant.hotel);
}

/** Without what must differ: the tenant's id, its sessions, and its line to the carrier. */
function masked(seen: Seen, { id, hotel }: Tenant): Seen {
  const text = JSON.stringify(seen)
    .replaceAll(id, "{tenant}")
    .replaceAll(hotel.number, "{number}")
    .replaceAll(asPeopleWrite(hotel.number), "{number}")
    .replaceAll(hotel.line.channelKey, "{channel key}")
    .replace(/\/f\/[\w-]+/g, "/f/{link}")
    .replace(/(csrfToken\\":\\")[^"\\]*/g, "$1{token}")
    .replace(/(\{\\"id\\":\\")[^"\\]*(\\",\\"(?:tenant|device)\\")/g, "$1{session}$2");
  return JSON.parse(text) as Seen;
}

/** A North American number as the contract formats it: `+1 312 555 0117`. */
function asPeopleWrite(number: string): string {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "+1 $1 $2 $3");
}
