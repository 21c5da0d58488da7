import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Carrier } from "./carrier.ts";
import * as limits from "./limits.ts";
import { regions } from "./numbers.ts";
import { refuseOtherSites } from "./other-sites.ts";
import { addPhoneMediaRoutes } from "./phone-media-routes.ts";
import { streamPhone } from "./phone-stream.ts";
import { presentMessage } from "./phone-view.ts";
import { CarrierRefusal, phoneRefusals } from "./protocol.ts";
import { reactions } from "./reactions.ts";

const number = z.string().min(1).max(limits.nameCharsMax);
const schemas = {
  message: z.object({
    guest: number,
    hotel: number,
    text: z.string().max(limits.textCharsMax),
    uploads: z.array(z.uuid()).max(limits.mediaPerMessageMax).default([]),
    token: z.string().min(1).max(limits.tokenCharsMax),
  }),
  reaction: z.object({
    guest: number,
    hotel: number,
    message: z.uuid(),
    reaction: z.enum(reactions).nullable(),
  }),
  guest: z.object({ region: z.enum(regions), number: number.exactOptional() }),
  switches: z.object({
    guest: number,
    offline: z.boolean().exactOptional(),
    refuses: z.enum(phoneRefusals).nullable().exactOptional(),
    readReceipts: z.boolean().exactOptional(),
  }),
  thread: z.object({ guest: number, hotel: number }),
  viewpoint: z.object({ guest: number.optional(), hotel: number.optional() }),
};

/** `/phone/*`: what the page calls. For the demo only; anybody on this machine may. */
export function addPhoneRoutes(app: FastifyInstance, carrier: Carrier): void {
  const streams = new Set<FastifyReply>();

  app.get("/phone/events", (request, reply) => {
    const { guest = null, hotel = null } = parse(schemas.viewpoint, request.query);
    streamPhone(carrier, streams, reply, { guest, hotel });
    return reply;
  });

  post(app, "/phone/messages", (body, reply) => {
    const { guest, hotel, text, uploads, token } = parse(schemas.message, body);
    const written = carrier.text(guest, hotel, text, { token, uploads });
    return reply.code(202).send({ message: presentMessage(written) });
  });

  post(app, "/phone/reactions", (body, reply) => {
    const { guest, hotel, message, reaction } = parse(schemas.reaction, body);
    carrier.react(guest, hotel, message, reaction);
    return reply.code(204).send();
  });

  post(app, "/phone/guests", (body, reply) => {
    const { region, number: typed } = parse(schemas.guest, body);
    return reply.code(201).send({ number: carrier.addGuest(region, undefined, typed).number });
  });

  post(app, "/phone/switches", (body, reply) => {
    const { guest, ...switches } = parse(schemas.switches, body);
    carrier.switchPhone(guest, switches);
    return reply.code(204).send();
  });

  post(app, "/phone/seen", (body, reply) => {
    const { guest, hotel } = parse(schemas.thread, body);
    carrier.markSeen(guest, hotel);
    return reply.code(204).send();
  });

  post(app, "/phone/retry", (body, reply) => {
    const { guest, hotel } = parse(schemas.thread, body);
    carrier.retry(guest, hotel);
    return reply.code(204).send();
  });

  addPhoneMediaRoutes(app, carrier);

  app.addHook("preClose", () => {
    for (const stream of streams) stream.raw.end();
  });
}

type Answer = (body: unknown, reply: FastifyReply) => FastifyReply;

/** Adds a route that changes something, closed to pages of other sites. */
function post(app: FastifyInstance, path: string, answer: Answer): void {
  const onRequest = refuseOtherSites(/^application\/json\b/i);
  app.post(path, { onRequest }, (request, reply) => answer(request.body, reply));
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join(".") || "body";
  throw new CarrierRefusal("invalid_request", `Check \`${field}\`.`);
}
