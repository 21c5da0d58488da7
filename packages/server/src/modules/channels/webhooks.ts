import type { FastifyInstance } from "fastify";
import { refusalFor, sendProblem } from "../../platform/http/index.ts";
import type { Log } from "../../platform/log.ts";
import type { RawDelivery } from "./ports.ts";
import { type ReceiveParts, receiveDelivery } from "./receive-delivery.ts";

/** A delivery is at most so large; a text is far below. */
const deliveryBytesMax = 1_048_576;

/** What a provider calls, with the channel's key in the path. */
export const webhookPath = (channelKey: string, kind: RawDelivery["kind"]) =>
  `/services/channels/${channelKey}/${kind}`;

/**
 * The role `services`: the addresses that providers call. They are no operations of the contract,
 * for each speaks its provider's protocol; what is common is that the body stays raw bytes until
 * its signature is checked.
 */
export function bindWebhooks(app: FastifyInstance, parts: ReceiveParts & { log: Log }): void {
  app.register(async (services) => {
    services.removeAllContentTypeParsers();
    services.addContentTypeParser(
      "*",
      { parseAs: "buffer", bodyLimit: deliveryBytesMax },
      (_request, body, done) => done(null, body),
    );
    for (const kind of ["inbound", "status"] as const) {
      services.post(webhookPath(":channelKey", kind), async (request, reply) => {
        try {
          const { channelKey } = request.params as { channelKey: string };
          const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
          const headers = request.headers as RawDelivery["headers"];
          await receiveDelivery(parts, channelKey, { kind, headers, body });
          return reply.code(200).send({ received: true });
        } catch (error) {
          return sendProblem(reply, refusalFor(error, parts.log, request.id), request.id);
        }
      });
    }
  });
}
