import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Carrier } from "./carrier.ts";
import * as limits from "./limits.ts";
import { fileHeaders } from "./phone-media-routes.ts";
import { type Account, CarrierRefusal, lookUpSchema, sendSchema } from "./protocol.ts";

/** `/v1/messages`: what Foyer calls. */
export function addSendRoutes(app: FastifyInstance, carrier: Carrier): void {
  const held = new Set<FastifyReply>();

  app.post("/v1/messages", (request, reply) => {
    const account = authenticate(carrier, request);
    const send = sendSchema.safeParse(request.body);
    if (!send.success) {
      const field = send.error.issues[0]?.path.join(".") ?? "body";
      throw new CarrierRefusal("invalid_request", `Check \`${field}\`.`);
    }
    const outcome = carrier.accept(account, send.data, idempotencyKeyOf(request));
    if (outcome.kind === "accepted") {
      return reply.code(201).send({ id: outcome.id, status: "queued" });
    }
    reply.hijack();
    if (outcome.kind === "cut" || held.size >= limits.heldRequestsMax) reply.raw.destroy();
    else holdUntilGone(held, reply);
    return reply;
  });

  app.get("/v1/messages", (request) => {
    const account = authenticate(carrier, request);
    const query = lookUpSchema.safeParse(request.query);
    if (!query.success) throw new CarrierRefusal("invalid_request", "Check the query.");
    return carrier.lookUp(account, query.data);
  });

  app.get("/v1/media/:id", (request, reply) => {
    const account = authenticate(carrier, request);
    const { id } = request.params as { id: string };
    const media = carrier.mediaForAccount(account, id);
    if (media === undefined) throw new CarrierRefusal("not_found", "There is no such file.");
    // The sender's word for it; it may be no media type at all.
    const isType = /^[\w.+-]+\/[\w.+-]+$/.test(media.item.mediaType);
    const type = isType ? media.item.mediaType : "application/octet-stream";
    return reply.headers(fileHeaders("attachment")).type(type).send(media.bytes);
  });

  app.addHook("preClose", () => {
    for (const reply of held) reply.raw.destroy();
  });
}

function holdUntilGone(held: Set<FastifyReply>, reply: FastifyReply): void {
  held.add(reply);
  reply.raw.on("close", () => held.delete(reply));
}

function authenticate(carrier: Carrier, request: FastifyRequest): Account {
  const apiKey = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const account = apiKey === undefined ? undefined : carrier.accountByKey(apiKey);
  if (account === undefined) throw new CarrierRefusal("unauthorized", "Send a valid API key.");
  return account;
}

function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return undefined;
  if (typeof key === "string" && key.length > 0 && key.length <= limits.idempotencyKeyCharsMax) {
    return key;
  }
  throw new CarrierRefusal("invalid_request", "Check the header `idempotency-key`.");
}
