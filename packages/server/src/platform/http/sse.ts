import { once } from "node:events";
import type { ServerResponse } from "node:http";
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
  let isLetGo = false;
  const heartbeat = setInterval(() => {
    if (!raw.writableNeedDrain) raw.write(":\n\n");
  }, heartbeatMs).unref();

  const send = async (event: unknown, cursor?: string): Promise<boolean> => {
    // Who has missed one event gets none after it: they resume from before the gap.
    if (signal.aborted || isLetGo) return false;
    const frame = frameOf(event, cursor);
    // An event that is large by itself can go, or it would be resumed for ever.
    if (raw.writableLength > 0 && raw.writableLength + frame.length > waitingBytesMax) {
      isLetGo = true;
      return false;
    }
    if (raw.write(frame)) return true;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(drainTimeoutMs)]);
    return once(raw, "drain", { signal: patience }).then(
      () => true,
      () => {
        isLetGo = true;
        return false;
      },
    );
  };
  const end = () => {
    clearInterval(heartbeat);
    if (isLetGo) raw.destroy();
    else endSoon(raw);
  };
  return { sink: { signal, send }, end };
}

function frameOf(event: unknown, cursor: string | undefined): Buffer {
  const id = cursor === undefined ? "" : `id: ${cursor}\n`;
  return Buffer.from(`${id}data: ${JSON.stringify(event)}\n\n`);
}

/** Ends an answer, and lets go of a reader who does not take what is left of it. */
function endSoon(raw: ServerResponse): void {
  const timer = setTimeout(() => raw.destroy(), drainTimeoutMs).unref();
  raw.once("close", () => clearTimeout(timer));
  raw.end();
}
