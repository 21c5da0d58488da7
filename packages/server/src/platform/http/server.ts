import { randomUUID } from "node:crypto";
import { BlockList, isIPv6 } from "node:net";
import cookie from "@fastify/cookie";
import { limits } from "@foyer/contract";
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from "fastify";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import { fileHeaders, securityHeaders } from "./headers.ts";
import { turnAwayMisdirected } from "./own-hosts.ts";
import { refusalFor, sendProblem } from "./problem.ts";

/** A large file over a slow line takes a while; the headers before it do not. */
const requestTimeoutMs = 120_000;
const headersTimeoutMs = 30_000;
const keepAliveTimeoutMs = 65_000;
const urlCharactersMax = 4_096;

export interface HttpServerOptions {
  readonly log: Log;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  /** Addresses of proxies that may say whom they speak for, and that ended TLS for us. */
  readonly trustedProxies: readonly string[];
  /** The names this server answers to, without ports, as a URL writes them; absent: to any. */
  readonly hosts?: readonly string[];
  /** The origin of files, which may be known late; null: this server is that origin. */
  readonly filesOrigin: (() => string) | null;
}

/** Whether browsers reach this server over TLS: its own, or a trusted proxy's. */
export function isTlsEnded(options: Pick<HttpServerOptions, "tls" | "trustedProxies">): boolean {
  return options.tls !== undefined || options.trustedProxies.length > 0;
}

/**
 * Makes the HTTP server with everything that all roles share, and no route yet. Whoever binds the
 * routes says what an unknown path gets.
 */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const headers = headersFor(options);
  const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    sendProblem(reply, refusalFor(error, options.log, request.id), request.id);
  const app = fastify({
    bodyLimit: limits.requestBodyBytesMax,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    routerOptions: { maxParamLength: urlCharactersMax },
    forceCloseConnections: true,
    genReqId: () => randomUUID(),
    // Thrown before any hook has run: an address that cannot be read.
    frameworkErrors: (error, request, reply) => {
      reply.headers({ ...headers(), "x-request-id": request.id });
      answerError(error, request as FastifyRequest, reply as FastifyReply);
    },
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    ...(options.tls ? { https: { ...options.tls, minVersion: "TLSv1.2" } } : {}),
  }) as unknown as FastifyInstance;
  app.server.headersTimeout = headersTimeoutMs;
  await app.register(cookie);
  // Of what a form on another site can send, nothing is read.
  app.removeContentTypeParser("text/plain");
  app.addHook("onRequest", async (request, reply) => {
    reply.headers({ ...headers(), "x-request-id": request.id });
  });
  if (!options.tls) turnAwayStrangers(app, options.trustedProxies);
  if (options.hosts) turnAwayMisdirected(app, options.hosts);
  app.setErrorHandler(answerError);
  return app;
}

/** The security headers of this server, put together once for each origin of files. */
function headersFor(options: HttpServerOptions): () => Readonly<Record<string, string>> {
  const isTls = isTlsEnded(options);
  const { filesOrigin } = options;
  if (!filesOrigin) {
    const headers = fileHeaders(isTls);
    return () => headers;
  }
  let made = { origin: "", headers: securityHeaders(isTls, "") };
  return () => {
    const origin = filesOrigin();
    if (origin !== made.origin) made = { origin, headers: securityHeaders(isTls, origin) };
    return made.headers;
  };
}

/**
 * Where a named proxy ends TLS for us, whoever comes past it speaks in the clear, and could claim
 * to be anybody: only the proxy itself is answered. Health checks may come from elsewhere.
 */
function turnAwayStrangers(app: FastifyInstance, proxies: readonly string[]): void {
  if (proxies.length === 0) return;
  const trusted = blockListOf(proxies);
  app.addHook("onRequest", async (request) => {
    const address = request.socket.remoteAddress ?? "";
    const isKnown = trusted.check(address, isIPv6(address) ? "ipv6" : "ipv4");
    if (!isKnown && request.url !== "/healthz") throw new Refusal("request.not_encrypted");
  });
}

/** Addresses and CIDR ranges as one list that can be asked. */
function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
