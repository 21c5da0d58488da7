import { once } from "node:events";
import type { FastifyReply } from "fastify";
import type { StreamSink } from "../access/index.ts";

/** A comment line so often, so that nobody between us and the reader thinks the line is dead. */
const heartbeatMs = 15_000;
/** What may wait for a slow reader before it is let go: it resumes from its cursor. */
const waitingBytesMax = 1_048_576;
const drainTimeoutMs = 10_000;
const reconnectAfterMs = 1_000;

/** Opens a stream of server-sent events (HTML Living Standard §9.2) on an answer. */
export function openSink(
  reply: FastifyReply,
  stopping: AbortSignal,
): { sink: StreamSink<unknown>; end: () => void } {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  raw.setHeader("content-type", "text/event-stream; charset=utf-8");
  raw.setHeader("x-accel-buffering", "no");
  raw.writeHead(200);
  raw.write(`retry: ${reconnectAfterMs}\n\n`);

  const gone = new AbortController();
  raw.on("close", () => gone.abort());
  const signal = AbortSignal.any([gone.signal, stopping]);
  const heartbeat = setInterval(() => raw.write(":\n\n"), heartbeatMs).unref();

  const send = async (event: unknown, cursor?: string): Promise<boolean> => {
    if (signal.aborted) return false;
    const id = cursor === undefined ? "" : `id: ${cursor}\n`;
    if (raw.write(`${id}data: ${JSON.stringify(event)}\n\n`)) return true;
    if (raw.writableLength > waitingBytesMax) return false;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(drainTimeoutMs)]);
    return once(raw, "drain", { signal: patience }).then(
      () => true,
      () => false,
    );
  };
  const end = () => {
    clearInterval(heartbeat);
    raw.end();
  };
  return { sink: { signal, send }, end };
}
