import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Operation, operations, roleMay, roles } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Agent } from "../world/agent.ts";
import { png } from "../world/files.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { readOperations } from "./everything-seen.ts";
import { operationInputs } from "./operation-inputs.ts";
import { Canaries } from "./secret-scan.ts";
import { type Stage, setStage } from "./stage.ts";

for (const engine of primaryStores()) {
  describe(`what one property of a tenant knows is its own, on ${engine.name}`, () => {
    const canaries = new Canaries();
    let world: World;
    let home: Stage;
    let sister: Stage;
    let told: Told;

    before(async () => {
      world = await World.open({ engine });
      const tenant = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] });
      home = await setStage(tenant.hotel);
      sister = await setStage(tenant.hotels[1] ?? tenant.hotel);
      told = await tellEverything(sister, () => canaries.next());
      await world.settle();
    });
    after(() => world.close());

    test("its own people see all of it", async () => {
      const seen = await seenBy(sister.hotel.agent("supervisor"), sister, sister, told);
      assert.deepEqual(notIn(seen, told.texts), []);
      assert.deepEqual(notIn(seen, told.ids), []);
    });

    test("nobody hears of it on another's stream", async () => {
      const following = await home.hotel.agent().followFrom("f1-0");
      const { cursor } = await (await home.hotel.agent().client()).countConversations({
        propertyId: home.hotel.propertyId,
      });
      await following.caughtUp(cursor);
      await following.cut();
      assertNothingOf(JSON.stringify(following.followed), told);
    });

    for (const role of roles) {
      test(`nobody sees it from another property, nor that there is such a guest: ${role}`, async () => {
        const seen = await seenBy(home.hotel.agent(role), home, sister, told);
        assertNothingOf(seen, told);
        assert.ok(!seen.includes(sister.contactId));
      });
    }

    test("what another property then notes of the same guest changes nothing here", async () => {
      const { contactId, addressId } = sister;
      const known = { propertyId: sister.hotel.propertyId, contactId };
      const client = await sister.hotel.agent().client();
      const before = await client.getContact(known);
      const { fieldId, labelId } = home;
      const there = { propertyId: home.hotel.propertyId, contactId };
      const other = await home.hotel.agent().client();
      await makeKnownAt(home.hotel, sister.guest.number);
      await other.addContactLabel({ ...there, labelId });
      await other.setContactField({ ...there, fieldId, value: "999" });
      const said = { state: "opted_in", ground: "booking_form" } as const;
      const { contact } = await other.setConsent({ ...there, addressId, ...said });
      assert.equal(contact.addresses[0]?.consent.state, "opted_in");
      const after = await client.getContact(known);
      const { version } = before.contact;
      assert.deepEqual({ contact: { ...after.contact, version } }, before);
    });

    test("nobody sees it from another property that knows the same guest", async () => {
      await makeKnownAt(home.hotel, sister.guest.number);
      for (const role of roles) {
        const seen = await seenBy(home.hotel.agent(role), home, sister, told);
        assertNothingOf(seen, told);
        assert.ok(seen.includes(sister.contactId));
      }
    });
  });
}

/** Texts a number first: its owner is one of the property's guests from then on. */
async function makeKnownAt(hotel: Hotel, value: string): Promise<void> {
  const { propertyId, channelId } = hotel;
  const to = { address: { kind: "phone", value } as const, name: null };
  const said = { messageId: randomUUID(), to, text: "Welcome.", consent: "booking_form" } as const;
  await (await hotel.agent().client()).start({ propertyId, channelId, ...said });
}

/** What a property has told of itself, and how it would be known again. */
interface Told {
  readonly texts: readonly string[];
  readonly ids: readonly string[];
  readonly attachmentId: string;
}

/** Puts something that nobody else says into everything that is a property's own. */
async function tellEverything(stage: Stage, secret: () => string): Promise<Told> {
  const { hotel, conversationId, contactId, addressId, fieldId } = stage;
  const { propertyId } = hotel;
  const owner = await hotel.agent("owner").client();
  const texts = ["asked_by_phone"];
  const own = (): string => {
    const text = secret();
    texts.push(text);
    return text;
  };
  const guest = { propertyId, contactId };
  const made = { label: randomUUID(), field: randomUUID(), template: randomUUID() };
  await owner.createLabel({ propertyId, labelId: made.label, name: own(), colour: "red" });
  await owner.addContactLabel({ ...guest, labelId: made.label });
  await owner.createField({ propertyId, fieldId: made.field, name: own(), kind: "text" });
  await owner.setContactField({ ...guest, fieldId: made.field, value: own() });
  await owner.setContactField({ ...guest, fieldId, value: own() });
  const words = { name: own(), shortcut: "own", texts: [{ language: "en", text: own() }] };
  await owner.createTemplate({ propertyId, templateId: made.template, ...words });
  const attachmentId = randomUUID();
  await owner.uploadAttachment({ propertyId, attachmentId, name: own() }, png());
  await owner.addNote({ conversationId, noteId: randomUUID(), text: own() });
  await owner.reply({ conversationId, messageId: randomUUID(), text: own() });
  const said = { state: "opted_out", ground: "asked_by_phone" } as const;
  await owner.setConsent({ ...guest, addressId, ...said });
  const ofStage = [stage.messageId, stage.noteId, stage.deliveryId, conversationId];
  const ids = [...Object.values(made), ...ofStage, attachmentId, hotel.channelId, hotel.teamId];
  return { texts, ids, attachmentId };
}

/** All that somebody is answered who asks within a property for all that another knows. */
async function seenBy(agent: Agent, within: Stage, of: Stage, told: Told): Promise<string> {
  await agent.client();
  const { propertyId } = within.hotel;
  const others: Readonly<Record<string, readonly object[]>> = {
    getContact: [{ propertyId, contactId: of.contactId }],
    lookUpContact: [{ propertyId, kind: "phone", value: of.guest.number }],
    search: [...told.texts, "cot"].map((query) => ({ propertyId, query })),
    getAttachment: [{ propertyId, attachmentId: told.attachmentId }],
    getConversation: within === of ? [{ conversationId: of.conversationId }] : [],
  };
  const answers: string[] = [];
  for (const key of readOperations) {
    const operation: Operation = operations[key];
    if (operation.right !== null && !roleMay(agent.role, operation.right)) continue;
    const own = (await operationInputs[key]({ stage: within, agent })) as object;
    for (const input of [own, ...(others[key] ?? [])]) {
      const answer = await agent.browser.perform(operation, input as never);
      answers.push(await answer.text());
    }
  }
  return answers.join("\n");
}

function assertNothingOf(seen: string, { texts, ids }: Told): void {
  for (const each of [...texts, ...ids]) assert.ok(!seen.includes(each), `tells of ${each}`);
}

function notIn(seen: string, expected: readonly string[]): readonly string[] {
  return expected.filter((each) => !seen.includes(each));
}
