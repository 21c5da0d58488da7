import type { FastifyInstance } from "fastify";
import type { Carrier } from "./carrier.ts";
import { mediaBytesMax } from "./limits.ts";
import { recognize } from "./media-kinds.ts";
import { refuseOtherSites } from "./other-sites.ts";
import { pictureNames, readPicture } from "./pictures.ts";
import { CarrierRefusal } from "./protocol.ts";

const pictureType = /^image\/(jpeg|png|gif|webp)$/;

/** `/phone/media`: pictures from the page to the carrier, and what phones show, back to it. */
export function addPhoneMediaRoutes(app: FastifyInstance, carrier: Carrier): void {
  app.addContentTypeParser(
    pictureType,
    { parseAs: "buffer", bodyLimit: mediaBytesMax },
    (_request, body, done) => done(null, body),
  );
  const onRequest = refuseOtherSites(pictureType);
  app.post("/phone/media", { onRequest, bodyLimit: mediaBytesMax }, (request, reply) => {
    const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
    return reply.code(201).send({ id: carrier.upload(bytes).id });
  });

  app.get("/phone/media/:id", (request, reply) => {
    const { id } = request.params as { id: string };
    const bytes = carrier.mediaForPhone(id);
    if (bytes === undefined) throw new CarrierRefusal("not_found", "There is no such file.");
    const recognized = recognize(bytes);
    const isPicture = recognized?.kind === "picture";
    const type = recognized?.mediaType ?? "application/octet-stream";
    reply.headers(fileHeaders(isPicture ? "inline" : "attachment"));
    return reply
      .type(type)
      .header("cache-control", "private, max-age=86400, immutable")
      .send(bytes);
  });

  for (const name of pictureNames) {
    app.get(`/phone/pictures/${name}`, (_request, reply) => {
      reply.headers(fileHeaders("inline")).header("cache-control", "no-cache");
      return reply.type("image/jpeg").send(readPicture(name));
    });
  }
}

/** Somebody else's bytes at our origin: nothing in them may run, whatever they are. */
export function fileHeaders(disposition: "inline" | "attachment"): Record<string, string> {
  return {
    "content-disposition": disposition,
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
  };
}
