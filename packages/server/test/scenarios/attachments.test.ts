import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { after, before, describe, test } from "node:test";
import { type FileBytes, Refused, urlOf } from "@foyer/client";
import { type Attachment, limits, operations, type Problem } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Agent } from "../world/agent.ts";
import { gif, jpeg, pdf, png, vcard, webp } from "../world/files.ts";
import type { Hotel } from "../world/hotel.ts";
import { contentsOf } from "../world/stored-contents.ts";
import { World } from "../world/world.ts";

const minuteMs = 60_000;
const { attachmentBytesMax } = limits;

for (const engine of primaryStores()) {
  describe(`a file that an agent hands in, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      const tenant = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] });
      ({ hotel } = tenant);
    });
    after(() => world.close());

    const upload = async (bytes: FileBytes, given: Given = {}): Promise<Attachment> => {
      const { id = randomUUID(), name = "Lamp", as = hotel.agent() } = given;
      world.log.keepOut(name);
      const client = await as.client();
      const input = { propertyId: as.hotel.propertyId, attachmentId: id, name };
      return (await client.uploadAttachment(input, bytes)).attachment;
    };

    const refusalOf = async (uploading: Promise<unknown>): Promise<Problem> => {
      const error = await uploading.then(
        () => assert.fail("it was taken"),
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof Refused, String(error));
      return error.problem;
    };

    test("is what its bytes are, and lies ready behind a link", async () => {
      const files = [
        ["image/jpeg", jpeg(), 3, 2],
        ["image/png", png(), 2, 2],
        ["image/gif", gif(), 2, 3],
        ["image/webp", webp(), 4, 5],
        ["application/pdf", pdf(), null, null],
        ["text/vcard", vcard(), null, null],
      ] as const;
      for (const [mediaType, bytes, width, height] of files) {
        const attachment = await upload(bytes, { name: "Whatever.exe" });
        const { id: _, url, ...facts } = attachment;
        const expected = { mediaType, bytes: bytes.length, width, height, state: "ready" };
        assert.deepEqual(facts, { ...expected, name: "Whatever.exe" });
        const answer = await fetch(url ?? "");
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get("content-type"), mediaType);
        assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from(bytes));
      }
    });

    test("is refused when it is nothing that is taken, whatever it is called", async () => {
      const page = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
      const problem = await refusalOf(upload(new Uint8Array(page), { name: "lamp.png" }));
      assert.equal(problem.code, "attachment.type_refused");
      assert.match(String(problem.facts?.["taken"]), /^image\/jpeg, .*text\/vcard$/);
      const empty = await refusalOf(upload(new Uint8Array(), { name: "lamp.png" }));
      assert.equal(empty.code, "attachment.type_refused");
    });

    test("is refused when it is too large, and when it would be once it is opened", async () => {
      const large = pdf("x".repeat(attachmentBytesMax));
      const before = contentsOf(world, hotel);
      assert.deepEqual((await refusalOf(upload(large))).facts, { bytesMax: attachmentBytesMax });
      const bomb = png({ width: 50_000, height: 50_000 });
      assert.equal((await refusalOf(upload(bomb))).code, "attachment.too_large");
      assert.deepEqual(contentsOf(world, hotel), before);
      const largest = pdf("x".repeat(attachmentBytesMax - pdf("").length));
      assert.equal((await upload(largest)).bytes, attachmentBytesMax);
    });

    test("is counted as it comes where nobody said how large it is", async () => {
      const { sending, answered } = await open(hotel.agent(), { "transfer-encoding": "chunked" });
      const piece = randomBytes(1_000_000);
      sending.on("error", () => undefined);
      for (let sent = 0; sent <= attachmentBytesMax; sent += piece.length) sending.write(piece);
      assert.equal((await answered).statusCode, 413);
      sending.destroy();
    });

    test("is not read before it is known who sends it, and that they may", async () => {
      const length = { "content-length": String(10 ** 12) };
      const cases = [
        [hotel.agent(), { ...length }, 413],
        [hotel.agent("read_only"), { ...length }, 403],
        [hotel.agent(), { ...length, cookie: "foyer-session=guessed" }, 401],
        [hotel.agent(), { ...length, "x-foyer-csrf": "forged" }, 403],
        [hotel.agent(), { ...length, origin: "https://elsewhere.example" }, 403],
      ] as const;
      for (const [agent, headers, status] of cases) {
        const { sending, answered } = await open(agent, headers);
        sending.on("error", () => undefined);
        sending.flushHeaders();
        const answer = await answered;
        assert.equal(answer.statusCode, status);
        assert.equal(answer.headers.connection, "close");
        sending.destroy();
      }
    });

    test("that breaks off on its way leaves nothing", async () => {
      const before = contentsOf(world, hotel);
      const id = randomUUID();
      const { sending } = await open(hotel.agent(), { "content-length": "1000" }, id);
      sending.on("error", () => undefined);
      await new Promise((resolve) => sending.write(pdf(), resolve));
      sending.destroy();
      await world.settle();
      const client = await hotel.agent().client();
      const get = client.getAttachment({ propertyId: hotel.propertyId, attachmentId: id });
      assert.equal((await refusalOf(get)).code, "resource.not_found");
      assert.deepEqual(contentsOf(world, hotel), before);
    });

    test("may be handed in again and again, and is one", async () => {
      const [id, bytes] = [randomUUID(), png()];
      const before = contentsOf(world, hotel).length;
      const first = await upload(bytes, { id });
      assert.deepEqual(await upload(bytes, { id }), first);
      const other = randomUUID();
      const atOnce = await Promise.all([1, 2, 3, 4].map(() => upload(bytes, { id: other })));
      for (const attachment of atOnce) assert.deepEqual(attachment, atOnce[0]);
      assert.equal(contentsOf(world, hotel).length, before + 2);
    });

    test("keeps its id: nothing else is ever stored under that", async () => {
      const [id, bytes] = [randomUUID(), png()];
      await upload(bytes, { id });
      const sister = hotel.tenant.hotels[1]?.agent();
      assert.ok(sister);
      const others: readonly (readonly [FileBytes, Given])[] = [
        [gif(), {}],
        [bytes, { name: "Another name" }],
        [bytes, { as: hotel.agent("supervisor") }],
        [bytes, { as: sister }],
      ];
      for (const [other, given] of others) {
        assert.equal((await refusalOf(upload(other, { ...given, id }))).code, "entry.id_taken");
      }
      const raced = randomUUID();
      const both = await Promise.allSettled(
        [jpeg(), webp()].map((one) => upload(one, { id: raced })),
      );
      assert.deepEqual(both.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
    });

    test("is there for its own property, and for nobody else", async () => {
      const { id: attachmentId } = await upload(png());
      const { propertyId } = hotel;
      const client = await hotel.agent("read_only").client();
      assert.equal(
        (await client.getAttachment({ propertyId, attachmentId })).attachment.id,
        attachmentId,
      );
      const [, sister] = hotel.tenant.hotels;
      const { hotel: stranger } = await world.tenant(`Borealis ${engine.name}`);
      for (const elsewhere of [sister, stranger]) {
        assert.ok(elsewhere);
        const asking = await elsewhere.agent().client();
        const own = { propertyId: elsewhere.propertyId, attachmentId };
        assert.equal((await refusalOf(asking.getAttachment(own))).code, "resource.not_found");
      }
      // The id is nobody's in another tenant: there it may stand for something else.
      assert.ok(await upload(gif(), { id: attachmentId, as: stranger.agent() }));
    });

    test("gets a fresh link whenever somebody asks, the same within five minutes", async () => {
      const { id: attachmentId, url } = await upload(png());
      const client = await hotel.agent().client();
      const { propertyId } = hotel;
      const again = async () =>
        (await client.getAttachment({ propertyId, attachmentId })).attachment.url;
      assert.equal(await again(), url);
      await world.advance(5 * minuteMs);
      const later = await again();
      assert.notEqual(later, url);
      await world.advance(15 * minuteMs - 1);
      assert.equal((await fetch(later ?? "")).status, 200);
      assert.equal((await fetch(url ?? "")).status, 404);
    });

    /** Begins an upload and leaves it to the test what is sent. */
    async function open(agent: Agent, headers: Record<string, string>, id = randomUUID()) {
      await agent.client();
      const { cookie = "", csrfToken = "" } = agent.browser;
      const { propertyId } = agent.hotel;
      const input = { propertyId, attachmentId: id, name: "Lamp" };
      const url = world.url + urlOf(operations.uploadAttachment, input);
      const sending: ClientRequest = request(url, {
        method: "PUT",
        headers: { cookie, "x-foyer-csrf": csrfToken, ...headers },
      });
      const answered = once(sending, "response").then(([answer]) => {
        (answer as IncomingMessage).resume();
        return answer as IncomingMessage;
      });
      answered.catch(() => undefined);
      return { sending, answered };
    }
  });
}

interface Given {
  readonly id?: string;
  readonly name?: string;
  readonly as?: Agent;
}
