import type { FastifyInstance } from "fastify";
import { makeOpenApi } from "./openapi.ts";
import { makeReferencePage } from "./reference-html.ts";

/** Serves the contract: as OpenAPI for programs, as a page for people. */
export function bindReference(app: FastifyInstance): void {
  const document = JSON.stringify(makeOpenApi());
  const page = makeReferencePage();
  app.get("/v1/openapi.json", async (_request, reply) =>
    reply.header("cache-control", "no-cache").type("application/json").send(document),
  );
  app.get("/v1/reference", async (_request, reply) =>
    reply.header("cache-control", "no-cache").type("text/html; charset=utf-8").send(page.html),
  );
  app.get("/v1/reference.css", async (_request, reply) =>
    reply.header("cache-control", "no-cache").type("text/css; charset=utf-8").send(page.css),
  );
}
