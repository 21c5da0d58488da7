/**
 * What every channel's adapter must do, whatever its provider. An adapter's run of this suite
 * brings the provider: the real one where it can be had, and a stand-in that answers anything.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { EntryId } from "@foyer/contract";
import fc from "fast-check";
import type {
  ChannelAdapter,
  ChannelSettings,
  FetchedMedia,
  LookUpOutcome,
  RawDelivery,
  SendOutcome,
} from "../../src/modules/channels/ports.ts";
import { Unreadable } from "../../src/modules/channels/ports.ts";
import type { AdapterRig } from "./channel-adapter-rig.ts";

/** The time in every run. */
export const now = 1_800_000_000_000;
const retryAfterMsMax = 15 * 60_000;
const calledUrl = "https://inbox.hotel.example/services/channels/key/inbound";
const fetchTimeoutMs = 5_000;
const timeless = "the provider's signature holds no time";
const textOnly = "the provider brings nothing but text";
/** What a reader takes in before it has had enough: its own bound, and what the network holds. */
const floodCharactersMax = 16 * 1024 * 1024;

export function describeChannelAdapter(name: string, open: () => Promise<AdapterRig>): void {
  describe(`channel adapter: ${name}`, () => {
    let rig: AdapterRig;
    before(async () => {
      rig = await open();
    });
    after(() => rig.close());
    describeSignatures(() => rig);
    describeReading(() => rig);
    describeSending(() => rig);
    describeLookingUp(() => rig);
    describeAnyAnswer(() => rig);
    describeMedia(() => rig);
  });
}

function describeSignatures(rigOf: () => AdapterRig): void {
  const isGenuine = (delivery: RawDelivery, at = now) => {
    const { adapter, settings } = rigOf();
    return adapter.isGenuine(settings, delivery, at);
  };
  const genuine = () => {
    const [first] = rigOf().understood;
    assert.ok(first, "the provider makes nothing");
    return rigOf().sign(first[0], first[1], now);
  };

  test("what the provider signed is genuine", () => {
    assert.equal(isGenuine(genuine()), true);
  });
  test("a body with any byte changed is not", () => {
    const { body } = genuine();
    for (const index of body.keys()) {
      const altered = Uint8Array.from(body);
      altered[index] = (altered[index] ?? 0) ^ 1;
      assert.equal(isGenuine({ ...genuine(), body: altered }), false);
    }
    assert.equal(isGenuine({ ...genuine(), body: new Uint8Array() }), false);
  });
  test("another timestamp under the same signature is not", (context) => {
    const { time } = rigOf();
    if (!time) context.skip(timeless);
    else assert.equal(isGenuine(time.redate(genuine(), now + 1_000)), false);
  });
  test("a signature too old or from the future is not", (context) => {
    const { time } = rigOf();
    if (!time) return context.skip(timeless);
    assert.equal(isGenuine(genuine(), now + time.ageMsMax), true);
    assert.equal(isGenuine(genuine(), now + time.ageMsMax + 1_000), false);
    assert.equal(isGenuine(genuine(), now - time.ageMsMax - 1_000), false);
  });
  test("a delivery without any one of its headers is not", () => {
    const { headers } = genuine();
    for (const name of Object.keys(headers)) {
      const rest = { ...headers, [name]: undefined };
      const isSigned = isGenuine({ ...genuine(), headers: rest });
      assert.equal(isSigned, false, name);
    }
  });
  test("a signature under another channel's secret is not", () => {
    const { adapter, otherSettings } = rigOf();
    assert.equal(adapter.isGenuine(otherSettings, genuine(), now), false);
  });
  test("headers of any content are judged, never thrown at", () => {
    const names = Object.keys(genuine().headers);
    const anyHeaders = fc.record(Object.fromEntries(names.map((name) => [name, fc.string()])));
    fc.assert(
      fc.property(anyHeaders, (headers) => {
        assert.equal(isGenuine({ ...genuine(), headers }), false);
      }),
    );
  });
}

function describeReading(rigOf: () => AdapterRig): void {
  const read = (kind: RawDelivery["kind"], body: string | Uint8Array) =>
    rigOf().adapter.read({ kind, url: calledUrl, headers: {}, body: Buffer.from(body) });

  test("messages and reports are read", () => {
    for (const [kind, body, meaning] of rigOf().understood) {
      assert.deepEqual(read(kind, body), meaning);
    }
  });
  test("what the provider never makes is malformed", () => {
    for (const [kind, body] of rigOf().unreadable) {
      assert.throws(
        () => read(kind, body),
        (error) => error instanceof Unreadable && error.failure === "malformed",
        body,
      );
    }
  });
  test("any bytes are read or malformed, nothing else", () => {
    const bodies = fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from));
    fc.assert(
      fc.property(fc.constantFrom("inbound", "status"), bodies, (kind, body) => {
        try {
          read(kind, body);
        } catch (error) {
          assert.ok(error instanceof Unreadable);
        }
      }),
    );
  });
}

function describeSending(rigOf: () => AdapterRig): void {
  test("a message that the provider took is accepted under the provider's id", async () => {
    const reference = mintReference();
    const outcome = await send(rigOf(), { reference });
    assert.ok(outcome.kind === "accepted" && outcome.providerId !== "");
    assert.equal(rigOf().taken(reference), 1);
  });
  test("the same reference again is the same message, where the provider knows it", async (context) => {
    if (!rigOf().knowsReference) return context.skip("the provider knows no reference");
    const reference = mintReference();
    const first = await send(rigOf(), { reference });
    assert.deepEqual(await send(rigOf(), { reference }), first);
    assert.equal(rigOf().taken(reference), 1);
  });
  test("what the provider refuses for good is refused, in our words", async () => {
    for (const [to, settings, failure] of rigOf().refused) {
      const outcome = await send(rigOf(), { to, settings });
      assert.equal(outcome.kind, "refused");
      assert.equal(outcome.kind === "refused" && outcome.failure, failure);
    }
  });
  test("too much at once is not taken, and may be tried again", async () => {
    const reference = mintReference();
    rigOf().fail("rate_limited");
    const outcome = await send(rigOf(), { reference });
    assert.equal(outcome.kind, "not_taken");
    assert.equal(rigOf().taken(reference), 0);
    assert.equal((await send(rigOf(), { reference })).kind, "accepted");
  });
  test("when to try again is bounded, whatever the provider says", async () => {
    const wanted = ["0", "-5", "5", "86400", "1e400", "soon", "", "Wed, 21 Oct 2026 07:28:00 GMT"];
    for (const header of wanted) {
      const adapter = await rigOf().against((_request, response) => {
        response.writeHead(429, { "retry-after": header }).end("{}");
      });
      const outcome = await send(rigOf(), { adapter });
      assert.ok(outcome.kind === "not_taken" && outcome.afterMs !== undefined);
      assert.ok(outcome.afterMs > 0 && outcome.afterMs <= retryAfterMsMax, header);
    }
  });
  test("a provider that failed leaves it uncertain", async () => {
    rigOf().fail("failed");
    assert.deepEqual(await send(rigOf(), {}), { kind: "uncertain" });
  });
  for (const fault of ["silent", "answer_lost"] as const) {
    test(`a message that was taken is uncertain where the provider is ${fault}`, async () => {
      const reference = mintReference();
      rigOf().fail(fault);
      assert.deepEqual(await send(rigOf(), { reference }), { kind: "uncertain" });
      assert.equal(rigOf().taken(reference), 1);
    });
  }
  test("a connection that was refused took nothing", async () => {
    const adapter = await rigOf().against(undefined);
    const outcome = await send(rigOf(), { adapter });
    assert.equal(outcome.kind, "not_taken");
  });
  test("an answer cut off in its middle is uncertain", async () => {
    const adapter = await rigOf().against((_request, response) => {
      response.writeHead(201, { "content-length": "100" });
      response.write(`{"id":`, () => response.destroy());
    });
    assert.deepEqual(await send(rigOf(), { adapter }), { kind: "uncertain" });
  });
  test("an answer without end is not read on", async () => {
    const piece = " ".repeat(65_536);
    let charactersTaken = 0;
    const adapter = await rigOf().against((_request, response) => {
      const flood = () => {
        do charactersTaken += piece.length;
        while (!response.destroyed && response.write(piece));
      };
      response.writeHead(201).on("drain", flood);
      flood();
    });
    assert.deepEqual(await send(rigOf(), { adapter }), { kind: "uncertain" });
    assert.ok(charactersTaken < floodCharactersMax, `${charactersTaken} were taken`);
  });
  test("a redirect is not followed: the key goes to the provider only", async () => {
    const paths: (string | undefined)[] = [];
    const adapter = await rigOf().against((request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    assert.deepEqual(await send(rigOf(), { adapter }), { kind: "uncertain" });
    assert.deepEqual(await lookUp(rigOf(), { adapter }), { kind: "no_answer" });
    assert.ok(paths.length === 2 && !paths.includes("/elsewhere"));
  });
}

function describeLookingUp(rigOf: () => AdapterRig): void {
  test("a message that was taken unseen is found, and under one id", async () => {
    const sought = { reference: mintReference(), text: `Found once: ${mintReference()}` };
    rigOf().fail("answer_lost");
    await send(rigOf(), sought);
    const found = await lookUp(rigOf(), sought);
    assert.ok(found.kind === "found" && found.providerId !== "");
    assert.deepEqual(await lookUp(rigOf(), sought), found);
  });
  test("a message that was never taken is not found", async () => {
    assert.deepEqual(await lookUp(rigOf(), {}), { kind: "not_found" });
  });
  test("no answer is not the answer that there is nothing", async () => {
    const none: LookUpOutcome = { kind: "no_answer" };
    const adapters = [
      await rigOf().against(undefined),
      await rigOf().against(() => {}),
      await rigOf().against((_request, response) => response.writeHead(500).end()),
      await rigOf().against((_request, response) => response.writeHead(200).end("<html>")),
      await rigOf().against((_request, response) => response.writeHead(200).end("{}")),
    ];
    for (const adapter of adapters) assert.deepEqual(await lookUp(rigOf(), { adapter }), none);
  });
  test("another message is not taken for ours", async () => {
    const adapter = await rigOf().against((_request, response) => {
      response.writeHead(200).end(rigOf().othersPage);
    });
    assert.notEqual((await lookUp(rigOf(), { adapter })).kind, "found");
  });
}

function describeAnyAnswer(rigOf: () => AdapterRig): void {
  const body = fc.oneof(fc.json(), fc.string(), fc.constant(""));
  const status = fc.integer({ min: 200, max: 599 });

  test("whatever the provider answers has a meaning, and only a yes is taken for one", async () => {
    let answer = { status: 200, body: "" };
    const adapter = await rigOf().against((_request, response) => {
      response.writeHead(answer.status).end(answer.body);
    });
    await fc.assert(
      fc.asyncProperty(fc.record({ status, body }), async (any) => {
        answer = any;
        const sent = await send(rigOf(), { adapter });
        if (any.status >= 300) assert.notEqual(sent.kind, "accepted");
        if (sent.kind === "refused") assert.ok(any.status >= 400 && any.status < 500);
        const found = await lookUp(rigOf(), { adapter });
        if (any.status >= 300) assert.equal(found.kind, "no_answer");
      }),
    );
  });
}

function describeMedia(rigOf: () => AdapterRig): void {
  const fetchFrom = (url: string, adapter = rigOf().adapter): Promise<FetchedMedia> =>
    adapter.fetchMedia(rigOf().settings, url, AbortSignal.timeout(fetchTimeoutMs));

  test("what a message brought is fetched from the provider", async (context) => {
    const { media } = rigOf();
    if (!media) context.skip(textOnly);
    else assert.deepEqual(await fetchFrom(media.url), { kind: "got", bytes: media.bytes });
  });
  test("what is too large is not read to its end", async (context) => {
    const { media } = rigOf();
    if (!media) context.skip(textOnly);
    else assert.deepEqual(await fetchFrom(media.tooLargeUrl), { kind: "gone" });
  });
  test("nothing is fetched from anybody but the provider", async () => {
    const foreignUrl = rigOf().media?.foreignUrl ?? "";
    for (const url of [foreignUrl, "", "no address", "file:///etc/hosts", "javascript:0"]) {
      assert.deepEqual(await fetchFrom(url), { kind: "gone" }, url);
    }
  });
}

interface Sending {
  readonly reference?: EntryId;
  readonly to?: string;
  readonly text?: string;
  readonly settings?: ChannelSettings;
  readonly adapter?: ChannelAdapter;
}

const anyText = "Towels are on their way.";

function send(rig: AdapterRig, given: Sending): Promise<SendOutcome> {
  const { reference = mintReference(), to = rig.to, text = anyText } = given;
  const { adapter = rig.adapter, settings = rig.settings } = given;
  return adapter.send(settings, { to, text, reference, media: [] });
}

function lookUp(rig: AdapterRig, given: Sending): Promise<LookUpOutcome> {
  const { reference = mintReference(), text = mintReference(), adapter = rig.adapter } = given;
  const nobody = { isKnown: async () => false, hasTwin: async () => false };
  return adapter.lookUp(rig.settings, { reference, to: rig.to, text, writtenAt: now, ...nobody });
}

function mintReference(): EntryId {
  return randomUUID() as EntryId;
}
