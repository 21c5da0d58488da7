import type { OutgoingHttpHeaders } from "node:http";
import type { FastifyReply } from "fastify";
import type { Carrier } from "./carrier.ts";
import type { LedgerChange } from "./ledger.ts";
import * as limits from "./limits.ts";
import { presentMessage, type Viewpoint } from "./phone-view.ts";
import { CarrierRefusal } from "./protocol.ts";

/**
 * Follows one phone as server-sent events (WHATWG HTML, §9.2): `snapshot` first and whenever the
 * hotels change, then `message` and `phone`. After a cut the page asks anew and gets a snapshot,
 * so nothing has to be replayed.
 */
export function streamPhone(
  carrier: Carrier,
  streams: Set<FastifyReply>,
  reply: FastifyReply,
  wanted: Viewpoint,
): void {
  if (streams.size >= limits.streamClientsMax) {
    throw new CarrierRefusal("queue_full", "Too many phones are open. Close one.");
  }
  let seen = carrier.snapshot(wanted);
  const write = (text: string) => {
    reply.raw.write(text);
    // A reader that has stopped reading asks anew when it comes back.
    if (reply.raw.writableLength > limits.streamBufferBytesMax) reply.raw.destroy();
  };
  const send = (event: string, data: unknown) =>
    write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const sendPhone = (number: string) => {
    const phone = carrier.summary(number, seen.hotel);
    if (phone !== null) send("phone", phone);
  };
  const follow = (change: LedgerChange) => {
    if (change.kind === "phone") {
      sendPhone(change.phone.number);
    } else if (change.kind === "message") {
      const shown = presentMessage(change.message);
      if (shown === null || change.message.hotel !== seen.hotel) return;
      if (change.message.guest === seen.guest) send("message", shown);
      sendPhone(change.message.guest);
    } else {
      seen = carrier.snapshot(wanted);
      send("snapshot", seen);
    }
  };
  begin(streams, reply);
  send("snapshot", seen);
  const stopListening = carrier.listen(follow);
  const stopBeating = beat(carrier, () => write(":\n\n"));
  reply.raw.on("close", () => {
    streams.delete(reply);
    stopListening();
    stopBeating();
  });
}

function begin(streams: Set<FastifyReply>, reply: FastifyReply): void {
  reply.headers({
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  const headers = reply.getHeaders() as OutgoingHttpHeaders;
  reply.hijack();
  streams.add(reply);
  reply.raw.writeHead(200, headers);
}

/** Says something now and then, so that a reader that has gone is noticed. */
function beat(carrier: Carrier, say: () => void): () => void {
  let cancel = () => {};
  const again = () => {
    cancel = carrier.clock.after(limits.streamHeartbeatMs, () => {
      say();
      again();
    });
  };
  again();
  return () => cancel();
}
