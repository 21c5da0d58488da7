import type { FastifyInstance } from "fastify";
import { refusalFor, sendProblem } from "../../platform/http/index.ts";
import type { RawDelivery } from "./ports.ts";
import { type ReceiveParts, receiveDelivery } from "./receive-delivery.ts";
import { webhookPath } from "./webhook-path.ts";

/** A delivery is at most so large; a text is far below. */
const deliveryBytesMax = 1_048_576;

interface WebhookParts extends ReceiveParts {
  /** The origin under which providers call us, as it was configured. */
  readonly publicOrigin: () => string;
}

/**
 * The role `services`: the addresses that providers call. They are no operations of the contract,
 * for each speaks its provider's protocol; what is common is that the body stays raw bytes until
 * its signature is checked.
 */
export function bindWebhooks(app: FastifyInstance, parts: WebhookParts): void {
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
          const url = parts.publicOrigin() + (request.raw.url ?? "");
          const answer = await receiveDelivery(parts, channelKey, { kind, url, headers, body });
          return reply.code(200).type(answer.mediaType).send(answer.body);
        } catch (error) {
          return sendProblem(reply, refusalFor(error, parts.log, request.id), request.id);
        }
      });
    }
  });
}
