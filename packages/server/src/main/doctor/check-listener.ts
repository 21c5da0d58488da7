import { request as requestPlain } from "node:http";
import { request as requestEncrypted } from "node:https";
import { createServer } from "node:net";
import type { FilesConfiguration, ListenerConfiguration } from "../configuration.ts";
import { isLoopback, isWildcard } from "../configuration-rules.ts";
import type { Probe, ProbeResult } from "../house.ts";

const healthMsMax = 2000;

/** How the listener is guarded, and whether its port can be had. */
export function listenerProbes(listener: ListenerConfiguration): readonly Probe[] {
  return [
    { name: "Listener", check: async () => checkGuard(listener) },
    { name: "Port", check: () => checkPort(listener, "PORT") },
  ];
}

/** Whether the second listener can be had, and whether its origin keeps guests' files apart. */
export function filesProbes(
  listener: ListenerConfiguration,
  files: FilesConfiguration,
): readonly Probe[] {
  const own = { ...listener, port: files.port };
  return [
    { name: "Files port", check: () => checkPort(own, "FILES_PORT") },
    { name: "Files origin", check: async () => checkOrigin(listener, files) },
  ];
}

/** Cookies know no ports: of two origins on one host, each is sent the other's. */
function checkOrigin({ publicUrl }: ListenerConfiguration, files: FilesConfiguration): ProbeResult {
  const { origin } = files;
  const { hostname } = new URL(origin);
  if (hostname !== new URL(publicUrl).hostname || isLoopback(hostname)) {
    return { state: "good", says: `is ${origin}` };
  }
  return {
    state: "warning",
    says: `is ${origin}, on the host of the inbox`,
    mend: "Give attachments a domain of their own: set FOYER_FILES_ORIGIN.",
  };
}

/** The configuration refuses an open listener; this says which way the present one is guarded. */
function checkGuard({ host, tls, trustedProxies }: ListenerConfiguration): ProbeResult {
  if (tls !== undefined) return { state: "good", says: `speaks TLS on ${host}` };
  if (isLoopback(host)) return { state: "good", says: `is reachable from this machine only` };
  const proxies = trustedProxies.join(", ");
  if (trustedProxies.length > 0) {
    return { state: "good", says: `speaks HTTP on ${host}, to the proxies ${proxies} only` };
  }
  return {
    state: "bad",
    says: `speaks HTTP on ${host}`,
    mend: "Set the TLS files, or FOYER_TRUSTED_PROXIES, or FOYER_HOST=127.0.0.1.",
  };
}

async function checkPort(
  listener: ListenerConfiguration,
  setting: "PORT" | "FILES_PORT",
): Promise<ProbeResult> {
  const { port } = listener;
  switch (await findPortHolder(listener)) {
    case "nobody":
      return { state: "good", says: port === 0 ? "will be any free one" : `${port} is free` };
    case "foyer":
      return { state: "good", says: `Foyer answers on ${port}` };
    case "forbidden":
      return {
        state: "bad",
        says: `this account may not listen on ${port}, or the machine has no such address`,
        mend: `Set ${setting} to one above 1023, and FOYER_HOST to an address of this machine.`,
      };
    case "stranger":
      return {
        state: "bad",
        says: `${port} is taken by another program`,
        mend: `Stop that program, or set ${setting} to a free port.`,
      };
  }
}

export type PortHolder = "nobody" | "foyer" | "stranger" | "forbidden";

/** Who listens where Foyer would. */
export async function findPortHolder(listener: ListenerConfiguration): Promise<PortHolder> {
  if (listener.port === 0) return "nobody";
  const code = await tryListen(listener.host, listener.port);
  if (code === undefined) return "nobody";
  if (code !== "EADDRINUSE") return "forbidden";
  return (await answersHealth(listener)) ? "foyer" : "stranger";
}

/** The code of the error that keeps us from listening; undefined where nothing does. */
function tryListen(host: string, port: number): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const server = createServer();
  server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
  server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  return promise;
}

/** Whether `GET /healthz` is answered with 200. */
function answersHealth({ host, port, tls }: ListenerConfiguration): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const near = isWildcard(host) ? (host === "::" ? "::1" : "127.0.0.1") : host;
  const options = { host: near, port, path: "/healthz", timeout: healthMsMax };
  // Nothing is sent or believed here, so the certificate may be for any name.
  const request =
    tls === undefined
      ? requestPlain(options)
      : requestEncrypted({ ...options, rejectUnauthorized: false });
  request.once("response", (response) => {
    response.destroy();
    resolve(response.statusCode === 200);
  });
  request.once("timeout", () => request.destroy());
  request.once("error", () => resolve(false));
  request.once("close", () => resolve(false));
  request.end();
  return promise;
}
