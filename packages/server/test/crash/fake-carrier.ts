import { EventEmitter } from "node:events";
import { type Carrier, createCarrier, simulator } from "@foyer/simulator";
import { fastify } from "fastify";
import { webhookPath } from "../../src/modules/channels/index.ts";
import { demoStories } from "../../src/modules/demo/index.ts";
import type { Listening } from "./victim.ts";

/** Never gives a delivery up: what it was not acknowledged it brings again, in order. */
const deliveryTriesMax = 100_000;

/** What the carrier sees of the house, at the moment when it sees it. */
export type Sight = "acknowledgement" | "send";

/** A carrier in the process that survives, with everything that the house asked it to send. */
export interface WatchedCarrier {
  readonly carrier: Carrier;
  readonly url: string;
  /** How often each of our references was posted, accepted or not. */
  readonly posts: ReadonlyMap<string, number>;
  /** Calls back once, in the very moment in which the carrier sees such a thing next. */
  onNext(sight: Sight, listener: () => void): void;
  /** Tells the carrier where the house is now; what waits is brought at once. */
  connect(house: Listening): void;
  close(): Promise<void>;
}

export async function openCarrier(now: () => number): Promise<WatchedCarrier> {
  const clock = { now, after };
  const guests = demoStories.map(({ number, name }) => ({ number, name: name ?? "New guest" }));
  const pace = { sentMs: 5, deliveredMs: 20 };
  const sights = new EventEmitter();
  const post: typeof fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (response.ok) sights.emit("acknowledgement");
    return response;
  };
  const carrier = createCarrier({ guests, clock, pace, deliveryTriesMax, fetch: post });
  const posts = new Map<string, number>();
  const app = fastify({ forceCloseConnections: true });
  app.addHook("preHandler", async ({ body }) => {
    const { reference } = (body ?? {}) as { reference?: string };
    if (reference === undefined) return;
    posts.set(reference, (posts.get(reference) ?? 0) + 1);
    sights.emit("send");
  });
  await app.register(simulator, { carrier });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const close = async () => {
    carrier.close();
    await app.close();
  };
  return {
    carrier,
    url,
    posts,
    onNext: (sight, listener) => sights.once(sight, listener),
    connect: (house) => connect(carrier, house),
    close,
  };
}

function connect(carrier: Carrier, { url, demo }: Listening): void {
  const { number, apiKey, signingSecret, channelKey } = demo;
  const inboundUrl = url + webhookPath(channelKey, "inbound");
  const statusUrl = url + webhookPath(channelKey, "status");
  carrier.open({ number, apiKey, signingSecret, inboundUrl, statusUrl });
}

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}
