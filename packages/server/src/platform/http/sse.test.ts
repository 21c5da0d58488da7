import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { test } from "node:test";
import { operations } from "@foyer/contract";
import { type FastifyInstance, fastify } from "fastify";
import { CollectedLog } from "../../../test/world/collected-log.ts";
import type { Caller, StreamRoute, StreamSink } from "../access/index.ts";
import { bindRoutes } from "./bind.ts";
import { streamsPerSessionMax } from "./open-streams.ts";
import { createHttpServer } from "./server.ts";
import { openSink } from "./sse.ts";

const id = "018f2f9a-0000-7000-8000-000000000001";
const path = operations.followProperty.path.replace("{propertyId}", id);
const hangMsMax = 5_000;
const inTime = () => ({ signal: AbortSignal.timeout(hangMsMax) });

async function ask(app: FastifyInstance, method: string, url: string): Promise<Socket> {
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(`${method} ${url} HTTP/1.1\r\nhost: localhost\r\ncookie: foyer-session=t\r\n\r\n`);
  return socket;
}

test("a reader who takes nothing is let go, and gets nothing after what they missed", async () => {
  const app = fastify();
  const opened = Promise.withResolvers<{
    raw: ServerResponse;
    stream: ReturnType<typeof openSink>;
  }>();
  app.get("/", async (_request, reply) => {
    const stream = openSink(reply, new AbortController().signal);
    opened.resolve({ raw: reply.raw, stream });
    return reply;
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const socket = await ask(app, "GET", "/");
  socket.pause().on("error", () => undefined);
  const { raw, stream } = await opened.promise;
  const closed = once(raw, "close", inTime());
  const event = "x".repeat(300_000);
  const sent: Promise<boolean>[] = [];
  // First what the two machines hold for the reader, then what waits here.
  for (let idle = 0; idle < 50; idle = raw.writableLength > 0 ? idle + 1 : 0) {
    if (raw.writableLength === 0) sent.push(stream.sink.send(event));
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (let count = 0; count < 5; count += 1) sent.push(stream.sink.send(event));
  assert.equal(await sent.at(-1), false);
  assert.ok(raw.writableLength <= 1_048_576);
  assert.equal(await stream.sink.send("small"), false);
  stream.end();
  await closed;
  await Promise.all(sent);
  socket.destroy();
  await app.close();
});

/** A server with one stream, and the sinks of those who follow it. */
async function following() {
  const log = new CollectedLog();
  const app = await createHttpServer({ log, trustedProxies: [], filesOrigin: null });
  const sinks: StreamSink<unknown>[] = [];
  const caller = {
    sessionId: id,
    role: "owner",
    propertyIds: new Set([id]),
  } as unknown as Caller;
  const stream: StreamRoute = {
    operation: operations.followProperty,
    run: async (_context, _input, sink) => {
      sinks.push(sink);
      await once(sink.signal, "abort");
    },
  };
  const parts = {
    log,
    isTls: false,
    authenticate: async () => caller,
    openScope: () => Promise.reject(new Error("not asked here")),
    stopping: new AbortController().signal,
  };
  bindRoutes(app, parts, { routes: [], openRoutes: [], streams: [stream] });
  await app.listen({ host: "127.0.0.1", port: 0 });
  return { app, sinks };
}

test("a HEAD on a stream is answered and ends", async () => {
  const { app } = await following();
  const socket = await ask(app, "HEAD", path);
  const [head] = await once(socket, "data", inTime());
  assert.match(String(head), /^HTTP\/1\.1 404 /);
  socket.destroy();
  await app.close();
});

test("a session that opens one stream too many loses its oldest, and no other", async () => {
  const { app, sinks } = await following();
  const sockets: Socket[] = [];
  for (let count = 0; count <= streamsPerSessionMax; count += 1) {
    const socket = await ask(app, "GET", path);
    await once(socket, "data", inTime());
    sockets.push(socket);
  }
  assert.deepEqual(
    sinks.map(({ signal }) => signal.aborted),
    [true, ...Array.from({ length: streamsPerSessionMax }, () => false)],
  );
  for (const socket of sockets) socket.destroy();
  await app.close();
});
