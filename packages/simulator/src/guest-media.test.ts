import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import fastify from "fastify";
import { fakeHotel } from "../test/fake-hotel.ts";
import { createCarrier } from "./carrier.ts";
import { mediaBytesMax, mediaPerMessageMax, mediaUnsentMax } from "./limits.ts";
import { picture, readPicture } from "./pictures.ts";
import { simulator } from "./plugin.ts";
import { CarrierRefusal } from "./protocol.ts";

const ada = "+13125550117";
const own = { "sec-fetch-site": "same-origin" };

async function setUp(t: TestContext, folder?: string) {
  const hotel = fakeHotel();
  const other = fakeHotel("+13125550101");
  const options = { fetch: hotel.fetch, ...(folder === undefined ? {} : { folder }) };
  const carrier = createCarrier(options);
  carrier.open(hotel.account);
  carrier.open(other.account);
  const app = fastify();
  await app.register(simulator, { carrier });
  t.after(async () => {
    await app.close();
    carrier.close();
  });
  const upload = (payload: Buffer | string, type = "image/jpeg", headers: object = own) =>
    app.inject({
      method: "POST",
      url: "/phone/media",
      headers: { "content-type": type, ...headers },
      payload,
    });
  const post = (body: object) =>
    app.inject({ method: "POST", url: "/phone/messages", headers: own, payload: body });
  const fetchAs = (url: string, apiKey: string) =>
    app.inject({ url: `/${url}`, headers: { authorization: `Bearer ${apiKey}` } });
  const { number, apiKey } = hotel.account;
  return { app, carrier, hotel, other, upload, post, fetchAs, number, apiKey };
}

/** The link under which the hotel hears of the first picture. */
function linkOf({ received }: ReturnType<typeof fakeHotel>): string {
  const body = received.at(-1)?.body;
  return (body !== undefined && "text" in body && body.media?.[0]?.url) || "";
}

test("a picture from the page reaches the hotel as a link that its key opens", async (t) => {
  const { carrier, hotel, upload, post, fetchAs, number, apiKey } = await setUp(t);
  const { id } = (await upload(readPicture("lamp"))).json();
  const text = { guest: ada, hotel: number, text: "lamp broken", token: "t", uploads: [id] };
  assert.equal((await post(text)).statusCode, 202);
  await carrier.settle();
  assert.equal(linkOf(hotel), `v1/media/${id}`);
  const fetched = await fetchAs(linkOf(hotel), apiKey);
  assert.equal(fetched.headers["content-type"], "image/jpeg");
  assert.equal(fetched.headers["content-disposition"], "attachment");
  assert.deepEqual(fetched.rawPayload, readPicture("lamp"));
});

test("no other account, no guess and no page opens it by the hotel's way", async (t) => {
  const { app, carrier, hotel, other, fetchAs, number, apiKey } = await setUp(t);
  carrier.text(ada, number, "", { media: [picture("view")] });
  await carrier.settle();
  const link = linkOf(hotel);
  assert.equal((await fetchAs(link, other.account.apiKey)).statusCode, 404);
  assert.equal((await fetchAs(link, "wrong")).statusCode, 401);
  assert.equal((await app.inject({ url: `/${link}` })).statusCode, 401);
  const guessed = "v1/media/00000000-0000-4000-8000-000000000000";
  assert.equal((await fetchAs(guessed, apiKey)).statusCode, 404);
});

test("a picture alone is a text, twice under one token is once", async (t) => {
  const { carrier, upload, post, number } = await setUp(t);
  const { id } = (await upload(readPicture("lamp"))).json();
  const text = { guest: ada, hotel: number, text: "", token: "t", uploads: [id] };
  const first = await post(text);
  const second = await post(text);
  assert.equal(first.json().message.id, second.json().message.id);
  assert.equal(first.json().message.media[0].kind, "picture");
  assert.equal(carrier.messagesOf(ada).length, 1);
});

test("phones send pictures only, within the carrier's limits, from their own page", async (t) => {
  const { upload, post, number } = await setUp(t);
  const code = async (answer: ReturnType<typeof upload>) => {
    const { statusCode, json } = await answer;
    return `${statusCode} ${json().error?.code}`;
  };
  assert.equal(await code(upload("<svg onload=alert(1)>", "image/png")), "422 media_refused");
  assert.equal(await code(upload("%PDF-1.7", "image/jpeg")), "422 media_refused");
  assert.equal(await code(upload("", "image/jpeg")), "422 media_refused");
  assert.equal(await code(upload("x", "image/svg+xml")), "403 cross_site");
  assert.equal(await code(upload("x", "text/plain")), "403 cross_site");
  const foreign = { "sec-fetch-site": "cross-site" };
  assert.equal(await code(upload(readPicture("lamp"), "image/jpeg", foreign)), "403 cross_site");
  const large = Buffer.alloc(mediaBytesMax + 1);
  assert.equal(await code(upload(large)), "422 invalid_request");
  const unknown = { guest: ada, hotel: number, text: "", token: "t" };
  const uploads = ["00000000-0000-4000-8000-000000000000"];
  assert.equal(await code(post({ ...unknown, uploads })), "422 media_refused");
  assert.equal(await code(post({ ...unknown, uploads: [] })), "422 invalid_request");
  const many = Array(mediaPerMessageMax + 1).fill(uploads[0]);
  assert.equal(await code(post({ ...unknown, uploads: many })), "422 invalid_request");
});

test("a picture that would unpack to more than a phone holds is refused", async (t) => {
  const { carrier, number } = await setUp(t);
  const bomb = Buffer.from(
    "89504e470d0a1a0a0000000d494844520000ffff0000ffff08060000009d74661a",
    "hex",
  );
  const media = [{ bytes: bomb, mediaType: "image/png" }];
  assert.throws(() => carrier.text(ada, number, "", { media }), CarrierRefusal);
  assert.deepEqual(carrier.messagesOf(ada), []);
});

test("what is chosen and never sent makes room for what is", async (t) => {
  const { upload, post, number } = await setUp(t);
  const first = (await upload(readPicture("lamp"))).json().id;
  for (let at = 0; at < mediaUnsentMax; at += 1) await upload(readPicture("lamp"));
  const text = { guest: ada, hotel: number, text: "", token: "t", uploads: [first] };
  assert.equal((await post(text)).json().error.code, "media_refused");
});

test("the page gets pictures as pictures, and anything else as a file that cannot run", async (t) => {
  const { app, carrier, number } = await setUp(t);
  const html = { bytes: Buffer.from("<script>alert(1)</script>"), mediaType: "image/png" };
  const { media } = carrier.text(ada, number, "", { media: [html, picture("view")] });
  const [lie, view] = await Promise.all(
    media.map(({ id }) => app.inject({ url: `/phone/media/${id}` })),
  );
  assert.equal(lie?.headers["content-type"], "application/octet-stream");
  assert.equal(lie?.headers["content-disposition"], "attachment");
  assert.equal(view?.headers["content-type"], "image/jpeg");
  for (const answer of [lie, view]) {
    assert.match(String(answer?.headers["content-security-policy"]), /default-src 'none'; sandbox/);
    assert.equal(answer?.headers["x-content-type-options"], "nosniff");
  }
  assert.equal((await app.inject({ url: "/phone/media/x" })).statusCode, 404);
});

test("a picture waits on a phone without signal, and outlives the carrier's restart", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "carrier-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const before = await setUp(t, folder);
  before.carrier.switchPhone(ada, { offline: true });
  before.carrier.text(ada, before.number, "", { media: [picture("lamp")] });
  before.carrier.close();
  const { carrier, hotel, fetchAs, apiKey } = await setUp(t, folder);
  assert.equal(hotel.received.length, 0);
  carrier.switchPhone(ada, { offline: false });
  await carrier.settle();
  assert.deepEqual((await fetchAs(linkOf(hotel), apiKey)).rawPayload, readPicture("lamp"));
});
