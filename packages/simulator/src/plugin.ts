import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Carrier } from "./carrier.ts";
import { bodyBytesMax, rateLimitRetryAfterSeconds } from "./limits.ts";
import { type PageFile, readPageFiles } from "./page-files.ts";
import { addPhoneRoutes } from "./phone-routes.ts";
import { CarrierRefusal } from "./protocol.ts";
import { addSendRoutes } from "./send-routes.ts";

export interface SimulatorOptions {
  /** Closed by whoever made it, after the server. */
  readonly carrier: Carrier;
  /** Path of a variable WOFF2 font for the page; the system's font stands in without one. */
  readonly fontFile?: string;
}

const pageHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
    "img-src 'self' blob:; font-src 'self'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'self'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

/** Fastify plugin: the carrier's API and the phone's page, under the prefix it is given. */
export async function simulator(app: FastifyInstance, options: SimulatorOptions): Promise<void> {
  app.removeContentTypeParser("text/plain");
  app.setErrorHandler(answerError);
  app.addHook("onRoute", (route) => {
    route.bodyLimit ??= bodyBytesMax;
  });
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers(pageHeaders).removeHeader("x-frame-options");
  });
  for (const file of readPageFiles(options.fontFile)) addPageFile(app, file);
  addSendRoutes(app, options.carrier);
  addPhoneRoutes(app, options.carrier);
}

/**
 * Serves a carrier on a listener of its own, on loopback.
 *
 * @param port 0 takes any free one.
 */
export async function listen(
  carrier: Carrier,
  options: Omit<SimulatorOptions, "carrier"> & { readonly port?: number } = {},
): Promise<{ url: string; close: () => Promise<void> }> {
  const app = fastify();
  const { port = 0, ...rest } = options;
  await app.register(simulator, { carrier, ...rest });
  const url = await app.listen({ host: "127.0.0.1", port });
  return { url, close: () => app.close() };
}

/** The page's own files lie beside it, so it has to be asked for with its closing slash. */
function addPageFile(app: FastifyInstance, file: PageFile): void {
  const answer = (request: FastifyRequest, reply: FastifyReply) => {
    const query = request.url.indexOf("?");
    const path = query < 0 ? request.url : request.url.slice(0, query);
    if (file.path === "" && !path.endsWith("/")) {
      return reply.redirect(`${path}/${query < 0 ? "" : request.url.slice(query)}`, 308);
    }
    reply.headers({ etag: file.etag, "cache-control": "no-cache" }).type(file.type);
    if (request.headers["if-none-match"] === file.etag) return reply.code(304).send();
    return reply.send(file.body);
  };
  app.get(`/${file.path}`, answer);
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error);
  if (refusal.code === "internal") request.log.error({ err: error }, "The simulator failed");
  if (refusal.code === "rate_limited" || refusal.code === "queue_full") {
    reply.header("retry-after", String(rateLimitRetryAfterSeconds));
  }
  const { code, message, status } = refusal;
  return reply.code(status).send({ error: { code, message } });
}

/** Fastify's own errors with a status below 500 are the caller's: body too long, not JSON. */
function refusalOf(error: unknown): CarrierRefusal {
  if (error instanceof CarrierRefusal) return error;
  const status = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
  const isCallers = typeof status === "number" && status < 500;
  if (isCallers) return new CarrierRefusal("invalid_request", "Send JSON of a bounded size.");
  return new CarrierRefusal("internal", "The carrier failed.");
}
