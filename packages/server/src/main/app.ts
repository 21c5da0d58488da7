import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { bindFiles } from "../modules/attachments/index.ts";
import { bindWebhooks } from "../modules/channels/index.ts";
import {
  bindRoutes,
  createHttpServer,
  type HttpServerOptions,
  isTlsEnded,
  sendProblem,
} from "../platform/http/index.ts";
import { notFound } from "../platform/refusal.ts";
import type { Assembly } from "./assemble.ts";
import { bindReference } from "./reference-page.ts";
import type { Role } from "./settings.ts";

const inboxFolder = fileURLToPath(new URL("../../../inbox/dist/", import.meta.url));
const assetMaxAgeSeconds = 365 * 24 * 60 * 60;

export type ListenerOptions = Omit<HttpServerOptions, "log" | "filesOrigin">;

/** The HTTP server of a house in the given roles, with everything bound and nothing listening. */
export async function createApp(
  assembly: Assembly,
  roles: readonly Role[],
  options: ListenerOptions & { readonly stopping: AbortSignal },
): Promise<FastifyInstance> {
  const { log, modules, authenticate, openScope, filesOrigin } = assembly;
  const app = await createHttpServer({ ...options, log, filesOrigin });
  app.get("/healthz", async () => ({ status: "serving" }));
  if (roles.includes("api")) {
    const isTls = isTlsEnded(options);
    bindRoutes(
      app,
      { log, isTls, authenticate, openScope, stopping: options.stopping },
      {
        routes: modules.flatMap((module) => module.routes ?? []),
        openRoutes: modules.flatMap((module) => module.openRoutes ?? []),
        streams: modules.flatMap((module) => module.streams ?? []),
      },
    );
    bindReference(app);
  }
  if (roles.includes("services")) bindWebhooks(app, assembly);
  const hasInbox = roles.includes("app") && existsSync(inboxFolder);
  if (hasInbox) await bindInbox(app);
  app.setNotFoundHandler((request, reply) => {
    if (hasInbox && isView(request)) {
      return reply.header("cache-control", "no-cache").sendFile("index.html");
    }
    return sendProblem(reply, notFound(), request.id);
  });
  return app;
}

/** The server of what people sent each other, an origin of its own: it has nothing else on it. */
export async function createFilesApp(
  assembly: Assembly,
  options: ListenerOptions,
): Promise<FastifyInstance> {
  const { log } = assembly;
  const app = await createHttpServer({ ...options, log, filesOrigin: null });
  app.get("/healthz", async () => ({ status: "serving" }));
  bindFiles(app, assembly);
  app.setNotFoundHandler((request, reply) => sendProblem(reply, notFound(), request.id));
  return app;
}

/** The inbox's files. Those with a hash in their name never change, and are kept. */
async function bindInbox(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: inboxFolder,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isHashed = path.includes("/assets/");
      const policy = isHashed ? `public, max-age=${assetMaxAgeSeconds}, immutable` : "no-cache";
      reply.header("cache-control", policy);
    },
  });
}

/** A view of the inbox gets its page, so that a link can be opened and a view reloaded. */
function isView({ method, headers, url }: FastifyRequest): boolean {
  const isPage = method === "GET" && (headers.accept ?? "").includes("text/html");
  return isPage && !/^\/(v1|services|simulator|assets)\//.test(url);
}
