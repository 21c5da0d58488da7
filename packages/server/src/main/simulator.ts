import { fileURLToPath } from "node:url";
import { createCarrier, simulator } from "@foyer/simulator";
import type { FastifyInstance } from "fastify";
import { webhookPath } from "../modules/channels/index.ts";
import { type DemoFound, demoPast, demoStories } from "../modules/demo/index.ts";

const fontFile = fileURLToPath(
  import.meta.resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"),
);

/**
 * The guest phone simulator on our own listener. It stands outside the building: from here on the
 * two speak HTTP with each other, signed, as they would with any carrier.
 */
export async function openSimulator(app: FastifyInstance, folder: string) {
  const guests = demoStories.map(({ name, number }) => ({ number, name: name ?? "New guest" }));
  const carrier = createCarrier({ guests, folder });
  await app.register(simulator, { prefix: "/simulator", carrier, fontFile });
  return {
    /** Opens the hotel's account, now that it is known where we listen. */
    connect: (demo: DemoFound, url: string) => {
      const { number, hotelName: name, apiKey, signingSecret, channelKey } = demo;
      const inboundUrl = url + webhookPath(channelKey, "inbound");
      const statusUrl = url + webhookPath(channelKey, "status");
      carrier.open({ number, name, apiKey, signingSecret, inboundUrl, statusUrl });
    },
    /** The phones remember what the demo's past says they wrote and read. */
    remember: (madeAt: number) => {
      carrier.remember(demoPast(madeAt));
    },
    close: () => carrier.close(),
  };
}
