import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeHotel } from "../test/fake-hotel.ts";
import { manualClock } from "../test/manual-clock.ts";
import { createCarrier } from "./carrier.ts";
import { mediaBytesMax, mediaFetchTriesMax } from "./limits.ts";
import { readPicture } from "./pictures.ts";

const ada = "+13125550117";
const card = "BEGIN:VCARD\r\nFN:Mia Lind\r\nTEL:+13125550100\r\nEND:VCARD\r\n";

function setUp(answer: (url: string) => Response | Promise<Response>) {
  const clock = manualClock();
  const hotel = fakeHotel();
  const fetched: string[] = [];
  const fetchMedia: typeof fetch = async (url, request) => {
    fetched.push(String(url));
    // Links are for those who have them: no key of anybody's goes along, and no redirect.
    assert.equal(new Headers(request?.headers).get("authorization"), null);
    assert.equal(request?.redirect, "error");
    const cut = new Promise<never>((_resolve, reject) => {
      request?.signal?.addEventListener("abort", () => reject(new Error("cut")));
    });
    return Promise.race([answer(String(url)), cut]);
  };
  const carrier = createCarrier({ clock, fetch: hotel.fetch, fetchMedia });
  carrier.open(hotel.account);
  const send = async (text: string, ...paths: string[]) => {
    const media = paths.map((path) => ({
      url: `http://files.test/${path}?signature=${fetched.length}`,
      mediaType: "image/jpeg",
      name: path,
    }));
    const given = { from: hotel.account.number, to: ada, text, reference: text || "r", media };
    const outcome = carrier.accept(hotel.account, given, `key of ${text}`);
    await clock.runUntil(carrier.settle());
    return outcome;
  };
  const shown = () => carrier.snapshot({ guest: ada, hotel: null }).messages;
  return { carrier, hotel, fetched, send, shown };
}

test("a message's files are fetched in their order, and shown as what they are", async () => {
  const files: Record<string, BodyInit> = {
    "view.jpg": new Uint8Array(readPicture("view")),
    "menu.pdf": "%PDF-1.7",
    "mia.vcf": card,
  };
  const { hotel, send, shown } = setUp(
    (url) => new Response(files[new URL(url).pathname.slice(1)] ?? null),
  );
  await send("", ...Object.keys(files));
  assert.deepEqual(hotel.statuses, ["sent", "delivered"]);
  const [message] = shown();
  assert.deepEqual(
    message?.media.map(({ kind, name }) => `${kind} ${name}`),
    ["picture view.jpg", "document menu.pdf", "card mia.vcf"],
  );
  assert.equal(message?.media[0]?.width, 1280);
  assert.deepEqual(message?.media[2]?.card, { name: "Mia Lind", detail: "+13125550100" });
});

test("a link that fails is tried again, within bounds, and then the message fails", async () => {
  let failures = mediaFetchTriesMax - 1;
  const { hotel, carrier, fetched, send } = setUp(() => {
    failures -= 1;
    return new Response("%PDF-1.7", { status: failures >= 0 ? 503 : 200 });
  });
  await send("one", "menu.pdf");
  assert.deepEqual(hotel.statuses, ["sent", "delivered"]);
  assert.equal(fetched.length, mediaFetchTriesMax);
  failures = 1_000;
  await send("two", "menu.pdf");
  assert.equal(fetched.length, 2 * mediaFetchTriesMax);
  assert.equal(carrier.sent.at(-1)?.error?.code, "media_unavailable");
  assert.equal(hotel.statuses.at(-1), "failed");
});

test("a link that never answers holds the message up for a bounded time only", async () => {
  const { carrier, send } = setUp(() => new Promise<Response>(() => {}));
  await send("one", "menu.pdf");
  assert.equal(carrier.sent[0]?.error?.code, "media_unavailable");
});

test("what phones cannot show, or is too large, is refused at once", async () => {
  const flood = new Uint8Array(mediaBytesMax + 1);
  flood.set(Buffer.from("%PDF-"));
  const bodies: BodyInit[] = ["<html>", "<svg/>", "", flood];
  for (const body of bodies) {
    const { carrier, fetched, send, shown } = setUp(() => new Response(body));
    await send("one", "menu.pdf");
    assert.equal(carrier.sent[0]?.error?.code, "media_refused");
    assert.equal(fetched.length, 1);
    assert.deepEqual(shown(), []);
  }
});

test("a file without an end is not read on", async () => {
  let piecesLeft = 100;
  const piece = new Uint8Array(mediaBytesMax / 2);
  piece.set(Buffer.from("%PDF-"));
  const flood = () =>
    new ReadableStream({
      pull(controller) {
        piecesLeft -= 1;
        if (piecesLeft <= 0) controller.error(new Error("read to its end"));
        else controller.enqueue(piece);
      },
    });
  const { carrier, send } = setUp(() => new Response(flood()));
  await send("one", "menu.pdf");
  assert.equal(carrier.sent[0]?.error?.code, "media_refused");
  assert.ok(piecesLeft > 90);
});

test("the same message with links signed anew is the same message", async () => {
  const { carrier, send } = setUp(() => new Response("%PDF-1.7"));
  const first = await send("one", "menu.pdf");
  assert.deepEqual(await send("one", "menu.pdf"), first);
  assert.equal(carrier.sent.length, 1);
  await assert.rejects(send("one", "other.pdf"), { code: "idempotency_conflict" });
});
