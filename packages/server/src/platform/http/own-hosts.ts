import type { FastifyInstance } from "fastify";
import { Refusal } from "../refusal.ts";

/** The names under which a browser on this machine reaches it, as a URL writes them. */
export const loopbackHosts: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Refuses what was addressed to another host: a name of a stranger's can be made to lead here, and
 * the stranger's page would then count as ours (DNS rebinding). Health checks may call us anything.
 *
 * @param hosts names without ports, as a URL writes them
 */
export function turnAwayMisdirected(app: FastifyInstance, hosts: readonly string[]): void {
  const own = new Set(hosts.map((host) => host.toLowerCase()));
  app.addHook("onRequest", async (request) => {
    if (request.url === "/healthz") return;
    if (!own.has(hostnameOf(request.host))) throw new Refusal("request.misdirected");
  });
}

/** The name in a Host header (RFC 9110 §7.2) without its port; empty where there is none. */
function hostnameOf(host: string): string {
  const url = URL.parse(`http://${host}`);
  return url?.host && url.pathname === "/" && url.username === "" ? url.hostname : "";
}
