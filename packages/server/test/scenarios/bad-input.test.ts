import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import type { ConversationId, Problem } from "@foyer/contract";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

/** Texts that break what was not made with care. Each must come back as it went in. */
const hostile: Readonly<Record<string, string>> = {
  "script and HTML": `<script>alert(1)</script><img src=x onerror="alert('2')">&amp;`,
  "the end of a script and of a comment": "</script></style>-->]]><!--",
  "quotes and SQL": `'; drop table conversation; -- " \\ %_ \``,
  "what looks like JSON": '{"__proto__": {"isAdmin": true}, "text": "\\u0000"}',
  "emoji, joined and coloured": "👩‍👩‍👧‍👦🏳️‍🌈👍🏽 🇫🇷",
  "letters from right to left, and what turns the direction": "שלום ‮abc‬ مرحبا",
  "letters of no width": "a​b‌c‍d﻿e⁠f",
  "combining marks without end": `z${"̈".repeat(200)}`,
  "a NUL and other controls": "before\u0000after\u0007\u001b[31m",
  "line ends of all kinds": "one\r\ntwo\rthree\u2028four\u2029five\n",
  "a lone surrogate": "broken \ud83d half",
  "a template of somebody's": `\${process.env} {{7*7}} <%= 1 %>`,
};

describe("bad input", () => {
  let world: World;
  let hotel: Hotel;
  let client: Client;

  before(async () => {
    world = await World.open();
    ({ hotel } = await world.tenant("Aurora"));
    client = await hotel.agent("supervisor").client();
  });
  after(() => world.close());

  for (const [what, text] of Object.entries(hostile)) {
    test(`${what} from a guest is kept as data, and found in every answer as it was`, async () => {
      const guest = hotel.guest();
      const answer = await hotel.post({ body: JSON.stringify(hotel.received(guest, text)) });
      assert.equal(answer.status, 200);
      assert.equal(await lastTextOf(guest), asStored(text));
      const { preview } = await hotel.conversationWith(guest);
      assert.equal(preview?.kind, "inbound");
    });

    test(`${what} as note, answer and name comes back as it was`, async () => {
      const guest = hotel.guest();
      await hotel.post({ body: JSON.stringify(hotel.received(guest, "Hello there")) });
      const { id: conversationId } = await hotel.conversationWith(guest);
      const given = { conversationId, noteId: randomUUID(), text };
      const { note } = await client.addNote(given);
      assert.equal(note.text, asStored(text));
      assert.deepEqual((await client.addNote(given)).note, note, "said again, it was not known");
      await world.carrierLine.down();
      const { message } = await client.reply({ conversationId, messageId: randomUUID(), text });
      assert.equal(message.text, asStored(text));
      const { contact } = await client.getConversation({ conversationId });
      const name = text.trim().slice(0, 200);
      const { id: contactId, version } = contact;
      const named = { propertyId: hotel.propertyId, contactId, name, version };
      const renamed = (await client.updateContact(named)).contact;
      assert.equal(renamed.name, name);
      assert.equal((await hotel.conversationWith(guest)).title, name);
      await client.search({ propertyId: hotel.propertyId, query: text.trim().slice(0, 400) });
    });
  }

  test("a text of 100,000 characters is kept whole; one more is kept as not processed", async () => {
    const guest = hotel.guest();
    const text = "a long story 😀 ".repeat(10_000).slice(0, 100_000);
    await hotel.post({ body: JSON.stringify(hotel.received(guest, text)) });
    assert.equal(await lastTextOf(guest), text);
    const { preview } = await hotel.conversationWith(guest);
    assert.ok((preview?.text.length ?? 0) <= 300);
    await world.settle();
    const { hits } = await client.search({ propertyId: hotel.propertyId, query: "long story" });
    assert.ok(hits.every(({ excerpt }) => excerpt.length < 1_000));
  });

  test("a note of 100,000 characters is kept; one more is refused with a reason", async () => {
    const { conversationId } = await someConversation();
    const text = "n".repeat(100_000);
    const { note } = await client.addNote({ conversationId, noteId: randomUUID(), text });
    assert.equal(note.text.length, text.length);
    const refused = await post(`/v1/conversations/${conversationId}/notes`, {
      noteId: randomUUID(),
      text: `${text}n`,
    });
    assert.equal(refused.status, 422);
    assert.deepEqual(
      refused.problem.issues?.map(({ field }) => field),
      ["text"],
    );
  });

  test("an answer that is too long for the channel is refused, with the length allowed", async () => {
    const { conversationId } = await someConversation();
    const refused = await post(`/v1/conversations/${conversationId}/messages`, {
      messageId: randomUUID(),
      text: "x".repeat(1_601),
    });
    assert.equal(refused.problem.code, "message.too_long");
    assert.deepEqual(refused.problem.facts, { textCharactersMax: 1_600 });
  });

  test("an answer without a word in it is refused", async () => {
    const { conversationId } = await someConversation();
    for (const text of ["", " ", "\n\t "]) {
      const refused = await post(`/v1/conversations/${conversationId}/messages`, {
        messageId: randomUUID(),
        text,
      });
      assert.equal(refused.problem.code, "message.empty", JSON.stringify(text));
    }
  });

  test("numbers that cannot exist are refused, and never quoted", async () => {
    const impossible = ["+999999999999999", "+12", "+1312555", "not a number", "+0000000000", "٣٣"];
    for (const value of impossible) {
      const refused = await post(`/v1/properties/${hotel.propertyId}/contact-lookups`, {
        kind: "phone",
        value,
      });
      assert.equal(refused.problem.code, "contact.address_invalid", value);
      assert.ok(!JSON.stringify(refused.problem).includes(value));
    }
    for (const value of ["@", "a@", "a b@example.com", "x@y@z"]) {
      const refused = await post(`/v1/properties/${hotel.propertyId}/contact-lookups`, {
        kind: "email",
        value,
      });
      assert.equal(refused.problem.code, "contact.address_invalid", value);
    }
  });

  test("one number written in several ways is one guest", async () => {
    const guest = hotel.guest();
    const local = guest.number.replace("+44", "+44 (0) ").replace(/(\d{3})$/, " $1");
    await hotel.post({ body: JSON.stringify(hotel.received(guest, "Hello there")) });
    const text = { ...hotel.received(guest, "Me again"), from: local };
    await hotel.post({ body: JSON.stringify(text) });
    assert.equal((await hotel.timelineWith(guest)).length, 2);
  });

  test("an address has one owner", async () => {
    const guest = hotel.guest();
    await guest.texts("Hello there");
    const taken = { kind: "phone" as const, value: guest.number };
    const making = client.createContact({
      propertyId: hotel.propertyId,
      contactId: randomUUID(),
      name: "Somebody else",
      addresses: [taken],
    });
    await assert.rejects(making, /contact.address_taken/);
  });

  test("a name that was changed meanwhile is not overwritten", async () => {
    const { conversationId } = await someConversation();
    const { contact } = await client.getConversation({ conversationId });
    const { id: contactId, version } = contact;
    const at = { propertyId: hotel.propertyId, contactId, version };
    await client.updateContact({ ...at, name: "Rosa Lind" });
    const late = client.updateContact({ ...at, name: "Rosa Linde" });
    await assert.rejects(late, /version.conflict/);
  });

  test("fields that do not exist are refused, all mistakes at once, no value quoted", async () => {
    const { conversationId } = await someConversation();
    const refused = await post(`/v1/conversations/${conversationId}/notes`, {
      noteId: "planted-no-id",
      text: 17,
      planted_field: "planted-value",
    });
    assert.equal(refused.problem.code, "request.invalid");
    assert.deepEqual(refused.problem.issues?.map(({ field }) => field).toSorted(), [
      "",
      "noteId",
      "text",
    ]);
    assert.ok(!JSON.stringify(refused.problem).includes("planted"));
  });

  const bodies: Readonly<Record<string, readonly [type: string, body: string, status: number]>> = {
    "broken JSON": ["application/json", '{"text": "planted', 400],
    "JSON with a prototype in it": ["application/json", '{"__proto__": {"text": "x"}}', 400],
    "no body at all": ["application/json", "", 400],
    "JSON that is no object": ["application/json", "[1, 2]", 422],
    "a bare word": ["application/json", "null", 422],
    "another media type": ["application/xml", "<text>planted</text>", 415],
    "plain text": ["text/plain", "planted", 415],
    "a form": ["application/x-www-form-urlencoded", "text=planted", 415],
    "more than is allowed": ["application/json", JSON.stringify("x".repeat(1_100_000)), 413],
  };
  for (const [what, [type, body, status]] of Object.entries(bodies)) {
    test(`${what} is refused with a problem that quotes nothing`, async () => {
      const { conversationId } = await someConversation();
      const answer = await hotel
        .agent("supervisor")
        .browser.send(`/v1/conversations/${conversationId}/notes`, {
          method: "POST",
          headers: { "content-type": type },
          body,
        });
      const text = await answer.text();
      assert.equal(answer.status, status, text);
      assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/);
      assert.ok(!text.includes("planted"));
      assert.equal((JSON.parse(text) as Problem).request, answer.headers.get("x-request-id"));
    });
  }

  test("ids that are none do not exist in a path, and are invalid in a body", async () => {
    const browser = hotel.agent("supervisor").browser;
    const malformed = ["1", "x".repeat(300), "%00", "..%2f..%2fetc", randomUUID().toUpperCase()];
    for (const id of malformed) {
      const answer = await browser.send(`/v1/conversations/${id}`);
      assert.equal(answer.status, 404, id);
      assert.equal(((await answer.json()) as Problem).code, "resource.not_found");
    }
    const { conversationId } = await someConversation();
    const refused = await post(`/v1/conversations/${conversationId}/notes`, {
      noteId: "1",
      text: "Hello",
    });
    assert.equal(refused.problem.code, "request.invalid");
  });

  test("page cursors, limits and views that nobody wrote are refused", async () => {
    const browser = hotel.agent("supervisor").browser;
    const list = `/v1/properties/${hotel.propertyId}/conversations`;
    const queries = [
      "view=all&after=made-up",
      "view=all&after=p1-zzzzzzzzzzz-00000000000000000000000000000000",
      "view=all&limit=0",
      "view=all&limit=101",
      "view=all&limit=ten",
      "view=everything",
      "",
      "view=all&view=closed",
    ];
    for (const query of queries) {
      const answer = await browser.send(`${list}?${query}`);
      assert.equal(answer.status, 422, query);
      await answer.text();
    }
  });

  async function someConversation(): Promise<{ conversationId: ConversationId }> {
    const guest = hotel.guest();
    await hotel.post({ body: JSON.stringify(hotel.received(guest, "Hello there")) });
    return { conversationId: (await hotel.conversationWith(guest)).id };
  }

  async function lastTextOf(guest: Guest): Promise<string> {
    const last = (await hotel.timelineWith(guest)).at(-1);
    assert.equal(last?.kind, "message");
    return last.text;
  }

  async function post(path: string, body: object) {
    const answer = await hotel.agent("supervisor").browser.send(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: answer.status, problem: (await answer.json()) as Problem };
  }
});

/** UTF-8 cannot say half a character: it is kept as the sign for what cannot be said. */
function asStored(text: string): string {
  return text.toWellFormed();
}
