import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { ContactId, ConversationId, TemplateId } from "@foyer/contract";
import { createAgent } from "../../src/modules/tenancy/index.ts";
import { Browser } from "../world/browser.ts";
import { exif, jpeg, jpegSegment, pdf, vcard } from "../world/files.ts";
import type { Hotel } from "../world/hotel.ts";
import type { World } from "../world/world.ts";
import type { Canaries } from "./secret-scan.ts";
import { setUpHouse } from "./secret-settings.ts";

/** A life of a house in which every text is a secret. */
export async function live(world: World, canaries: Canaries): Promise<void> {
  const secret = () => canaries.next();
  const tenant = await world.tenant(secret(), { hotels: [secret()], domain: secret() });
  const { hotel } = tenant;
  await hireAgent(world, hotel, secret);
  const templateId = await setUpHouse(world, hotel, canaries);
  const conversationId = await converse(world, hotel, secret);
  await preview(hotel, { conversationId, templateId });
  await showAndReact(world, hotel, secret);
  await writeFirst(world, hotel, secret);
  await editContacts(hotel, secret);
  await handIn(hotel, secret);
  await sendNonsense(hotel, secret);
  await failInside(world, hotel, secret);
  await world.settle();
  await signInAsNobody(world, secret);
  for (const event of ["delivery.not_processed", "request.failed"]) {
    assert.ok(world.log.takeErrors(event).length > 0, `nothing was told of ${event}`);
  }
}

async function hireAgent(world: World, hotel: Hotel, secret: () => string): Promise<void> {
  const [name, password, email] = [secret(), secret(), `${secret()}@${secret()}.example`];
  const propertyIds = [hotel.propertyId];
  await createAgent(await hotel.tenant.scope(), world.assembly.directory, {
    ...{ name, email, password, role: "agent", propertyIds },
  });
  const response = await new Browser(world.url).send("/v1/session", {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": `Browser ${secret()}` },
    body: JSON.stringify({ email, password }),
  });
  assert.equal(response.status, 200, await response.text());
}

async function converse(world: World, hotel: Hotel, secret: () => string): Promise<ConversationId> {
  const client = await hotel.agent().client();
  const ids: ConversationId[] = [];
  for (let round = 0; round < 12; round += 1) {
    const guest = hotel.guest();
    await guest.texts(`Is ${secret()} there? ${"Please ".repeat(round * 10)} ${secret()}`);
    await hotel.reply(guest, secret());
    await world.settle();
    const { id: conversationId } = await hotel.conversationWith(guest);
    ids.push(conversationId);
    const { propertyId, teamId } = hotel;
    const text = `Note: ${secret()}`;
    const mentions = [{ teamId }];
    await client.addNote({ conversationId, noteId: randomUUID(), text, mentions });
    await client.search({ propertyId, query: secret(), limit: 5 });
    if (round % 3 === 0) await client.close({ conversationId });
    if (round % 4 === 0) await guest.texts(secret());
  }
  const [first] = ids;
  assert.ok(first);
  return first;
}

async function preview(
  hotel: Hotel,
  named: { readonly conversationId: ConversationId; readonly templateId: TemplateId },
): Promise<void> {
  const client = await hotel.agent().client();
  await client.previewTemplate(named);
  await client.previewTemplate({ ...named, language: "de" });
}

/** A guest's picture, one that the carrier does not have, and a reaction to an answer. */
async function showAndReact(world: World, hotel: Hotel, secret: () => string): Promise<void> {
  const guest = hotel.guest();
  const bytes = jpeg({ segments: [exif(6, secret())] });
  const media = [{ bytes, mediaType: "image/jpeg" }];
  world.carrier.text(guest.number, hotel.number, secret(), { media });
  const missing = [{ url: `v1/media/${secret()}`, mediaType: secret() }];
  const text = hotel.received(guest, secret());
  await hotel.post({ body: JSON.stringify({ ...text, media: missing }) });
  await world.settle();
  const answer = secret();
  await hotel.reply(guest, answer);
  await world.settle();
  await guest.texts(`Loved “${answer}”`);
  const messages = (await hotel.timelineWith(guest)).flatMap((entry) =>
    entry.kind === "message" ? [entry] : [],
  );
  const brought = messages.flatMap(({ attachments }) => attachments.map(({ state }) => state));
  assert.deepEqual(brought.toSorted(), ["lost", "ready"]);
  assert.ok(messages.some(({ reaction }) => reaction !== null));
}

/** A conversation that the house begins, with somebody whose number is then another's. */
async function writeFirst(world: World, hotel: Hotel, secret: () => string): Promise<void> {
  const client = await hotel.agent().client();
  const { propertyId, channelId } = hotel;
  const address = { kind: "phone", value: world.freeNumber() } as const;
  const { conversation } = await client.start({
    propertyId,
    channelId,
    messageId: randomUUID(),
    to: { address, name: secret() },
    text: secret(),
    consent: "booking_form",
  });
  const { contactId } = conversation;
  const { contact } = await client.getContact({ propertyId, contactId });
  const [{ id: addressId = "" } = {}] = contact.addresses;
  const next = { newContactId: randomUUID(), name: secret() };
  await client.reassignContactAddress({ propertyId, contactId, addressId, ...next });
}

async function editContacts(hotel: Hotel, secret: () => string): Promise<void> {
  const client = await hotel.agent("supervisor").client();
  const value = `${secret()}@${secret()}.example`;
  const { propertyId } = hotel;
  const made = await client.createContact({
    propertyId,
    contactId: randomUUID(),
    name: secret(),
    addresses: [{ kind: "email", value }],
  });
  let { contact } = made;
  for (let change = 0; change < 5; change += 1) {
    const { id: contactId, version } = contact;
    const given = { propertyId, contactId, name: secret(), version };
    ({ contact } = await client.updateContact(given));
  }
  const found = await client.lookUpContact({ propertyId, kind: "email", value });
  assert.equal(found.contact?.id, contact.id);
  await fillIn(hotel, contact.id, secret);
}

/** What a house sets up for its guests in words of its own, and what it then notes of one. */
async function fillIn(hotel: Hotel, contactId: ContactId, secret: () => string): Promise<void> {
  const owner = await hotel.agent("owner").client();
  const { propertyId } = hotel;
  const { label } = await owner.createLabel({
    propertyId,
    labelId: randomUUID(),
    name: secret(),
    colour: "violet",
  });
  await owner.addContactLabel({ propertyId, contactId, labelId: label.id });
  const { field } = await owner.createField({
    propertyId,
    fieldId: randomUUID(),
    name: secret(),
    kind: "choice",
    options: [secret(), secret()],
  });
  const [value = ""] = field.options;
  await owner.setContactField({ propertyId, contactId, fieldId: field.id, value });
}

/** Files of every kind, small and of many chunks, named, read again by their links, refused. */
async function handIn(hotel: Hotel, secret: () => string): Promise<void> {
  const client = await hotel.agent().client();
  const { propertyId } = hotel;
  const upload = (bytes: Uint8Array<ArrayBuffer>) =>
    client.uploadAttachment({ propertyId, attachmentId: randomUUID(), name: secret() }, bytes);
  const long = Array.from({ length: 30_000 }, () => secret()).join(" ");
  const profile = Buffer.from(`ICC_PROFILE\0${secret()}`);
  const segments = [exif(6, secret()), jpegSegment(0xe2, profile)];
  for (const bytes of [pdf(secret()), pdf(long), vcard(secret()), jpeg({ segments })]) {
    const { attachment } = await upload(bytes);
    const answer = await fetch(attachment.url ?? "");
    assert.equal((await answer.bytes()).length, attachment.bytes);
  }
  await assert.rejects(upload(new Uint8Array(Buffer.from(`<html>${secret()}</html>`))));
}

/** What no carrier would bring, and what nobody can read: kept, counted, refused, never told. */
async function sendNonsense(hotel: Hotel, secret: () => string): Promise<void> {
  const wellFormed = hotel.received(hotel.guest(), secret(), secret());
  const posted = [
    await hotel.post({ body: secret() }),
    await hotel.post({ body: JSON.stringify({ ...wellFormed, type: secret() }) }),
    await hotel.post({ body: JSON.stringify({ ...wellFormed, id: secret(), from: secret() }) }),
    await hotel.post({ body: JSON.stringify(wellFormed) }),
    await hotel.post({ body: JSON.stringify(wellFormed) }),
    await hotel.post({ kind: "status", body: JSON.stringify({ id: secret(), status: secret() }) }),
    await hotel.post({ body: secret(), secret: secret() }),
    await hotel.post({ body: secret(), channelKey: secret() }),
    await hotel.post({ body: secret(), headers: { "x-carrier-signature": secret() } }),
  ];
  const statuses = posted.map(({ status }) => status);
  assert.deepEqual(statuses.slice(0, 6), Array(6).fill(200));
  assert.ok(
    statuses.slice(6).every((status) => status >= 400 && status < 500),
    statuses.join(),
  );
  const browser = await hotel.agent().openBrowser();
  for (const path of [`/v1/contacts/${secret()}`, `/v1/${secret()}?${secret()}=${secret()}`]) {
    assert.ok((await browser.send(path)).status >= 400);
  }
}

/** Units that fail when most of them is written, and a use-case that fails with a bug. */
async function failInside(world: World, hotel: Hotel, secret: () => string): Promise<void> {
  const guest = hotel.guest();
  await guest.texts(secret());
  const { id: conversationId } = await hotel.conversationWith(guest);
  const client = await hotel.agent().client();
  const bug = secret();
  for (const failing of ["feed.append", "conversation.update", "job.insert"]) {
    world.intercept(async (statement, run) => {
      if (statement === failing) throw new Error(`A bug that quotes ${bug}`);
      return run();
    });
    const messageId = randomUUID();
    await client.reply({ conversationId, messageId, text: secret() }).catch(() => undefined);
    const body = JSON.stringify(hotel.received(guest, secret(), secret()));
    await hotel.post({ body });
    world.intercept(undefined);
  }
}

async function signInAsNobody(world: World, secret: () => string): Promise<void> {
  const body = JSON.stringify({ email: `${secret()}@${secret()}.example`, password: secret() });
  const headers = { "content-type": "application/json", "user-agent": secret() };
  const response = await fetch(`${world.url}/v1/session`, { method: "POST", headers, body });
  assert.equal(response.status, 401);
}
