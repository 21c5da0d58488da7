import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { FileBytes } from "@foyer/client";
import { type AttachmentId, type EntryId, limits } from "@foyer/contract";
import { blobKeyOf } from "../../src/modules/attachments/content.ts";
import {
  attach,
  attachAgain,
  createAttachments,
  expect,
  type Fetched,
  hydrateAttachments,
  outboundMedia,
} from "../../src/modules/attachments/index.ts";
import type { ContentId } from "../../src/modules/attachments/tables.ts";
import { createProcessQueue } from "../../src/platform/jobs/index.ts";
import type { JobRow } from "../../src/platform/jobs/tables.ts";
import { Refusal } from "../../src/platform/refusal.ts";
import { createScopes, type Scope } from "../../src/platform/scope/index.ts";
import { primaryStores } from "../engines.ts";
import type { Agent } from "../world/agent.ts";
import { gif, jpeg, pdf, png } from "../world/files.ts";
import type { Hotel } from "../world/hotel.ts";
import { contentsOf } from "../world/stored-contents.ts";
import { World } from "../world/world.ts";

const hourMs = 60 * 60_000;
const newEntry = () => randomUUID() as EntryId;

for (const engine of primaryStores()) {
  describe(`attachments of messages, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;
    let scope: Scope;
    /** What the module told those after it. */
    const settled: EntryId[] = [];

    before(async () => {
      const month = 30 * 24 * hourMs;
      const sessionLimits = { idleMs: month, absoluteMs: month };
      world = await World.open({ engine, sessionLimits });
      ({ hotel } = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] }));
      scope = await openScope();
    });
    after(() => world.close());

    /** A scope whose notices come to this test and to nobody else, and whose jobs to nobody. */
    function openScope(): Promise<Scope> {
      const { store, bus, clock, vault, links } = world.assembly;
      const open = createScopes({
        ...{ store, bus, clock, links, queue: createProcessQueue() },
        cipherFor: async (tenantId) => vault.cipherFor(tenantId),
        listeners: {
          "attachment.settled": [async (_unit, { entryId }) => void settled.push(entryId)],
        },
        recorder: { write: async () => undefined },
      });
      return open(hotel.tenant.id);
    }

    async function upload(bytes: FileBytes, as: Agent = hotel.agent()): Promise<AttachmentId> {
      const client = await as.client();
      const input = {
        propertyId: as.hotel.propertyId,
        attachmentId: randomUUID(),
        name: "Lamp by the window",
      };
      world.log.keepOut(input.name);
      return (await client.uploadAttachment(input, bytes)).attachment.id;
    }

    const attachTo = (entryId: EntryId, attachmentIds: readonly AttachmentId[], as?: Agent) => {
      const { propertyId } = hotel;
      const agentId = (as ?? hotel.agent()).id;
      return scope.transact((unit) =>
        attach(unit, { propertyId, agentId, entryId, attachmentIds }),
      );
    };

    const broughtBy = async (entryId: EntryId) =>
      (await hydrateAttachments(scope, [entryId])).get(entryId) ?? [];

    const isNotReady = (error: unknown) =>
      error instanceof Refusal && error.code === "attachment.not_ready";

    describe("that an agent sends", () => {
      test("come in the order in which they were put", async () => {
        const ids = [await upload(png()), await upload(pdf()), await upload(gif())];
        const [a, b, c] = ids as [AttachmentId, AttachmentId, AttachmentId];
        const entryId = newEntry();
        await attachTo(entryId, [c, a, b]);
        assert.deepEqual(
          (await broughtBy(entryId)).map(({ id }) => id),
          [c, a, b],
        );
      });

      test("are ready, their sender's own, at this property, and part of nothing else", async () => {
        const [mine, colleagues] = [
          await upload(png()),
          await upload(png(), hotel.agent("supervisor")),
        ];
        const sister = hotel.tenant.hotels[1];
        assert.ok(sister);
        const elsewhere = await upload(png(), sister.agent());
        for (const other of [colleagues, elsewhere, randomUUID() as AttachmentId]) {
          const entryId = newEntry();
          await assert.rejects(attachTo(entryId, [mine, other]), isNotReady);
          assert.deepEqual(await broughtBy(entryId), [], "half of a message was sent");
        }
        await assert.rejects(attachTo(newEntry(), [mine, mine]), isNotReady);
        await attachTo(newEntry(), [mine]);
        await assert.rejects(attachTo(newEntry(), [mine]), isNotReady);
      });

      test("go to the provider as links that it may fetch for an hour", async () => {
        const entryId = newEntry();
        await attachTo(entryId, [await upload(jpeg()), await upload(pdf())]);
        const media = await outboundMedia(scope, entryId);
        assert.deepEqual(
          media.map(({ mediaType, name }) => [mediaType, name]),
          [
            ["image/jpeg", "Lamp by the window"],
            ["application/pdf", "Lamp by the window"],
          ],
        );
        await world.advance(hourMs - 1);
        for (const { url } of media) assert.equal((await fetch(url)).status, 200);
        await world.advance(hourMs / 2);
        for (const { url } of media) assert.equal((await fetch(url)).status, 404);
        scope = await openScope();
      });

      test("come again with a message that is said again, and are stored once", async () => {
        const [failed, again] = [newEntry(), newEntry()];
        await attachTo(failed, [await upload(jpeg()), await upload(png())]);
        const before = contentsOf(world, hotel);
        const { id: agentId } = hotel.agent("supervisor");
        await scope.transact((unit) => attachAgain(unit, { from: failed, to: again, agentId }));
        const [old, fresh] = [await broughtBy(failed), await broughtBy(again)];
        const facts = (all: typeof old) => all.map(({ id: _, url: __, ...rest }) => rest);
        assert.deepEqual(facts(fresh), facts(old));
        for (const { url } of fresh) assert.equal((await fetch(url ?? "")).status, 200);
        assert.deepEqual(contentsOf(world, hotel), before);
      });
    });

    describe("that a guest's message brings", () => {
      const { attachmentBytesMax } = limits;

      /** Expects one medium and runs its job with a provider that answers as given. */
      async function fetchOnce(answer: Fetched, times = 1) {
        const entryId = newEntry();
        const { propertyId, channelId } = hotel;
        const url = "https://media.example/lamp-by-the-window";
        world.log.keepOut(url);
        const media = [{ url, mediaType: "image/gif" }];
        await scope.transact((unit) => expect(unit, { propertyId, channelId, entryId, media }));
        const [expected] = await broughtBy(entryId);
        assert.ok(expected);
        assert.deepEqual(
          [expected.state, expected.url, expected.mediaType],
          ["fetching", null, null],
        );
        const asked: string[] = [];
        const handler = handlerOf(async (_scope, ofChannel, from) => {
          asked.push(`${ofChannel} ${from}`);
          return answer;
        });
        const job = { subject_id: expected.id } as unknown as JobRow;
        const outcomes = [];
        for (let run = 0; run < times; run += 1) outcomes.push(await handler.run(scope, job));
        assert.equal(asked[0], `${channelId} ${url}`);
        return { entryId, handler, job, outcomes, asked, found: (await broughtBy(entryId))[0] };
      }

      function handlerOf(fetchMedia: Parameters<typeof createAttachments>[0]["fetchMedia"]) {
        const { blobs } = world.assembly;
        const handler = createAttachments({ blobs, fetchMedia }).jobs?.[0];
        assert.ok(handler);
        return handler;
      }

      test("are fetched, and are what their bytes are: the provider's word is not taken", async () => {
        const { entryId, found, outcomes } = await fetchOnce({ kind: "got", bytes: jpeg() });
        assert.deepEqual(outcomes, [{ kind: "done" }]);
        assert.deepEqual(
          [found?.state, found?.mediaType, found?.width],
          ["ready", "image/jpeg", 3],
        );
        assert.ok(Buffer.from(await (await fetch(found?.url ?? "")).bytes()).equals(jpeg()));
        assert.deepEqual(settled.splice(0), [entryId]);
      });

      test("are lost, and said to be, where there is nothing to be kept", async () => {
        const before = contentsOf(world, hotel);
        const answers: readonly Fetched[] = [
          { kind: "gone" },
          { kind: "got", bytes: Buffer.from("<svg onload='alert(1)'/>") },
          { kind: "got", bytes: png({ width: 90_000, height: 90_000 }) },
          { kind: "got", bytes: pdf("x".repeat(attachmentBytesMax)) },
          { kind: "got", bytes: new Uint8Array() },
        ];
        for (const answer of answers) {
          const { entryId, found, outcomes } = await fetchOnce(answer);
          assert.deepEqual(outcomes, [{ kind: "done" }]);
          assert.deepEqual([found?.state, found?.url, found?.bytes], ["lost", null, null]);
          assert.deepEqual(settled.splice(0), [entryId]);
        }
        assert.deepEqual(contentsOf(world, hotel), before);
      });

      test("are asked for again while the provider has them, until that is given up", async () => {
        const { entryId, found, outcomes, handler, job } = await fetchOnce({ kind: "later" }, 3);
        assert.deepEqual(outcomes, [{ kind: "again" }, { kind: "again" }, { kind: "again" }]);
        assert.equal(found?.state, "fetching");
        assert.deepEqual(settled, []);
        await handler.giveUp?.(scope, job);
        await handler.giveUp?.(scope, job);
        assert.equal((await broughtBy(entryId))[0]?.state, "lost");
        assert.deepEqual(settled.splice(0), [entryId]);
      });

      test("are stored once, however often the job runs", async () => {
        const before = contentsOf(world, hotel).length;
        const { entryId, asked } = await fetchOnce({ kind: "got", bytes: png() }, 3);
        assert.equal(asked.length, 1);
        assert.equal(contentsOf(world, hotel).length, before + 1);
        assert.deepEqual(settled.splice(0), [entryId]);
      });

      test("are stored once, also by two who fetch them at the same time", async () => {
        const { propertyId, channelId } = hotel;
        const entryId = newEntry();
        const media = [{ url: "https://media.example/two", mediaType: null }];
        await scope.transact((unit) => expect(unit, { propertyId, channelId, entryId, media }));
        const [expected] = await broughtBy(entryId);
        const before = contentsOf(world, hotel).length;
        const handler = handlerOf(async () => ({ kind: "got", bytes: png() }));
        const job = { subject_id: expected?.id } as unknown as JobRow;
        await Promise.all([handler.run(scope, job), handler.run(scope, job)]);
        assert.equal(contentsOf(world, hotel).length, before + 1);
        assert.deepEqual(settled.splice(0), [entryId]);
      });
    });

    describe("as time goes by", () => {
      const tidy = async () => {
        scope = await openScope();
        const module = world.assembly.modules.find(({ name }) => name === "attachments");
        await module?.tidy?.(scope);
      };

      test("one that no message brought is gone after a day, with its content", async () => {
        const [lying, sent] = [await upload(png()), await upload(gif())];
        const entryId = newEntry();
        scope = await openScope();
        await attachTo(entryId, [sent]);
        await world.advance(24 * hourMs - 1);
        await tidy();
        await attachTo(newEntry(), [lying]).catch(assert.fail);
        const late = await upload(png());
        const before = contentsOf(world, hotel);
        await world.advance(24 * hourMs + 1);
        await tidy();
        await assert.rejects(attachTo(newEntry(), [late]), isNotReady);
        assert.equal(contentsOf(world, hotel).length, before.length - 1);
        const [kept] = await broughtBy(entryId);
        assert.equal((await fetch(kept?.url ?? "")).status, 200);
      });

      test("a content that never got a row is gone after an hour; no other ever is", async () => {
        const { blobs } = world.assembly;
        const before = contentsOf(world, hotel);
        const orphan = scope.mint<"content">() as ContentId;
        await blobs.put(hotel.tenant.id, blobKeyOf(orphan), Buffer.from("left behind"));
        await tidy();
        assert.equal(contentsOf(world, hotel).length, before.length + 1, "it may get its row yet");
        await world.advance(hourMs + 1);
        await tidy();
        assert.deepEqual(contentsOf(world, hotel), before);
        assert.ok(before.every((file) => existsSync(file)));
      });
    });
  });
}
