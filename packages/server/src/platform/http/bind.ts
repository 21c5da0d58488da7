import { type Operation, refusalsOfAll, type TenantId } from "@foyer/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  type Caller,
  type Exchange,
  type OpenRoute,
  openStream,
  type Route,
  type StreamRoute,
} from "../access/index.ts";
import { describeError, type Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { Scope } from "../scope/index.ts";
import { readInput } from "./input.ts";
import { OpenStreams } from "./open-streams.ts";
import { refusalFor, sendProblem } from "./problem.ts";
import {
  assertOwnPage,
  clearSessionCookie,
  sessionTokenOf,
  setSessionCookie,
} from "./session-cookie.ts";
import { openSink } from "./sse.ts";
import { closeUnlessRead, readUpload, registerUploads } from "./upload.ts";

export interface BindParts {
  readonly log: Log;
  readonly isTls: boolean;
  /** Finds who holds a session token; undefined for one that is unknown, over or revoked. */
  readonly authenticate: (token: string) => Promise<Caller | undefined>;
  readonly openScope: (tenantId: TenantId) => Promise<Scope>;
  /** Aborted when the server stops: streams end then. */
  readonly stopping: AbortSignal;
}

export interface Routes {
  readonly routes: readonly Route[];
  readonly openRoutes: readonly OpenRoute[];
  readonly streams: readonly StreamRoute[];
}

/** Binds operations to a server: the only place where HTTP and use-cases meet. */
export function bindRoutes(app: FastifyInstance, parts: BindParts, bound: Routes): void {
  bindOpenRoutes(app, parts, bound.openRoutes);
  const uploads = bound.routes.filter(isUpload);
  for (const route of bound.routes) if (!isUpload(route)) bindRoute(app, parts, route);
  registerUploads(app, (own) => {
    for (const route of uploads) bindRoute(own, parts, route);
  });
  const open = new OpenStreams();
  for (const route of bound.streams) bindStream(app, parts, route, open);
}

function isUpload({ operation }: Route): boolean {
  return operation.kind === "upload";
}

function bindRoute(app: FastifyInstance, parts: BindParts, route: Route): void {
  bind(app, route.operation, parts, async (request, reply) => {
    const caller = await callerOf(request, parts);
    assertOwnPage(request, caller);
    const input = readInput(route.operation, request);
    const scope = await parts.openScope(caller.tenantId);
    return route.run(scope, caller, exchangeOf(request, reply, parts.isTls), input);
  });
}

/** Binds what needs nobody to be signed in. */
export function bindOpenRoutes(
  app: FastifyInstance,
  parts: Pick<BindParts, "log" | "isTls">,
  openRoutes: readonly OpenRoute[],
): void {
  for (const route of openRoutes) {
    bind(app, route.operation, parts, async (request, reply) => {
      assertOwnPage(request, undefined);
      const input = readInput(route.operation, request);
      return route.run(exchangeOf(request, reply, parts.isTls), input);
    });
  }
}

function bind(
  app: FastifyInstance,
  operation: Operation,
  { log }: Pick<BindParts, "log">,
  run: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  app.route({
    method: operation.method,
    url: operation.path.replace(/\{(\w+)\}/g, ":$1"),
    handler: async (request, reply) => {
      const startedAt = performance.now();
      try {
        const output = outputOf(operation, await run(request, reply));
        reply.code(operation.status);
        return operation.output ? reply.send(output) : reply.send();
      } catch (error) {
        const refusal = refusalFor(error, log, request.id);
        warnOfUndeclared(operation, refusal, log);
        if (operation.kind === "upload") closeUnlessRead(request, reply);
        return sendProblem(reply, refusal, request.id);
      } finally {
        const ms = Math.round(performance.now() - startedAt);
        log.debug({ operation: operation.name, status: reply.statusCode, ms }, "request");
      }
    },
  });
}

/** The answer as declared and nothing more: what the schema does not name does not leave. */
function outputOf(operation: Operation, output: unknown): unknown {
  return operation.output ? operation.output.parse(output) : undefined;
}

function warnOfUndeclared(operation: Operation, refusal: Refusal, log: Log): void {
  if (refusalsOfAll.includes(refusal.code) || operation.refusals.includes(refusal.code)) return;
  log.error({ operation: operation.name, code: refusal.code }, "refusal.undeclared");
}

async function callerOf(request: FastifyRequest, parts: BindParts): Promise<Caller> {
  const token = sessionTokenOf(request, parts.isTls);
  const caller = token === undefined ? undefined : await parts.authenticate(token);
  if (!caller) throw new Refusal("session.required");
  return caller;
}

function exchangeOf(request: FastifyRequest, reply: FastifyReply, isTls: boolean): Exchange {
  return {
    address: request.ip,
    device: String(request.headers["user-agent"] ?? "").slice(0, 200),
    readUpload: () => readUpload(request),
    setSession: (token, expiresAt) => setSessionCookie(reply, isTls, token, expiresAt),
    clearSession: () => clearSessionCookie(reply, isTls),
  };
}

function bindStream(
  app: FastifyInstance,
  parts: BindParts,
  route: StreamRoute,
  open: OpenStreams,
): void {
  const { operation } = route;
  const path = operation.path.replace(/\{(\w+)\}/g, ":$1");
  // A HEAD would wait for the end of a stream that has none.
  app.get(path, { exposeHeadRoute: false }, async (request, reply) => {
    try {
      const caller = await callerOf(request, parts);
      const input = readInput(operation, request);
      openStream(operation, caller, input);
      const token = sessionTokenOf(request, parts.isTls) ?? "";
      const context = {
        caller,
        scope: () => parts.openScope(caller.tenantId),
        callerNow: () => parts.authenticate(token),
      };
      const { superseded, leave } = open.enter(caller.sessionId);
      const closing = AbortSignal.any([parts.stopping, superseded]);
      await follow(reply, { ...parts, stopping: closing }, request, async (sink) =>
        route.run(context, { ...input, lastEventId: request.headers["last-event-id"] }, sink),
      ).finally(leave);
      return reply;
    } catch (error) {
      return sendProblem(reply, refusalFor(error, parts.log, request.id), request.id);
    }
  });
}

async function follow(
  reply: FastifyReply,
  parts: BindParts,
  request: FastifyRequest,
  run: (sink: ReturnType<typeof openSink>["sink"]) => Promise<void>,
): Promise<void> {
  const { sink, end } = openSink(reply, parts.stopping);
  try {
    await run(sink);
  } catch (error) {
    // Where the reader has gone, or the house is closing, nobody misses what was being read.
    if (sink.signal.aborted) return;
    parts.log.error({ request: request.id, ...describeError(error) }, "stream.failed");
  } finally {
    end();
  }
}
