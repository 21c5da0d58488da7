import { fileURLToPath } from "node:url";
import {
  type Carrier,
  createCarrier,
  type PictureName,
  picture,
  simulator,
} from "@foyer/simulator";
import type { FastifyInstance } from "fastify";
import { webhookPath } from "../modules/channels/index.ts";
import { type DemoFound, demoPast, demoStories, type Evening } from "../modules/demo/index.ts";

const fontFile = fileURLToPath(
  import.meta.resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"),
);

/**
 * The guest phone simulator on our own listener. It stands outside the building: from here on the
 * two speak HTTP with each other, signed, as they would with any carrier.
 */
export async function openSimulator(app: FastifyInstance, folder: string) {
  const guests = demoStories.map(({ name, number }) => ({ number, ...(name && { name }) }));
  const carrier = createCarrier({ guests, folder });
  const evening = eveningOf(carrier);
  await app.register(simulator, { prefix: "/simulator", carrier, fontFile });
  return {
    /** Opens the hotels' accounts, now that it is known where we listen. */
    connect: ({ lines }: DemoFound, url: string) => {
      for (const { number, hotelName: name, apiKey, signingSecret, channelKey } of lines) {
        const inboundUrl = url + webhookPath(channelKey, "inbound");
        const statusUrl = url + webhookPath(channelKey, "status");
        carrier.open({ number, name, apiKey, signingSecret, inboundUrl, statusUrl });
      }
    },
    /** The phones remember what the demo's past says they wrote and read. */
    remember: (madeAt: number) => {
      carrier.remember(demoPast(demoStories, madeAt).map(withPictures));
    },
    evening,
    close: () => {
      evening.close();
      carrier.close();
    },
  };
}

/** Guests who write by themselves, each at its time, as they would from their phones. */
export function eveningOf(carrier: Carrier): Evening & { close(): void } {
  const cancels = new Set<() => void>();
  return {
    play: (texts) => carrier.playTexts(texts.map(withPictures)),
    after: (delayMs, run) => {
      const cancel = carrier.clock.after(delayMs, () => {
        cancels.delete(cancel);
        run();
      });
      cancels.add(cancel);
    },
    /** Nothing is called back any more; what guests still had to write is the carrier's to end. */
    close: () => {
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
}

/** A script names pictures; a phone has their bytes. */
function withPictures<Text extends { readonly pictures: readonly PictureName[] }>({
  pictures,
  ...text
}: Text) {
  return { ...text, media: pictures.map(picture) };
}
