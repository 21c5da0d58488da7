import { timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../access/index.ts";
import { Refusal } from "../refusal.ts";

/**
 * The cookie that holds the session's token. With TLS its name carries the `__Host-` prefix, so
 * that no other host of the domain can set it (RFC 6265bis §4.1.3); plain HTTP is for loopback.
 */
function sessionCookieName(isTls: boolean): string {
  return isTls ? "__Host-foyer-session" : "foyer-session";
}

export function sessionTokenOf(request: FastifyRequest, isTls: boolean): string | undefined {
  return request.cookies[sessionCookieName(isTls)];
}

export function setSessionCookie(
  reply: FastifyReply,
  isTls: boolean,
  token: string,
  expiresAt: number,
): void {
  reply.setCookie(sessionCookieName(isTls), token, {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure: isTls,
    expires: new Date(expiresAt),
  });
}

export function clearSessionCookie(reply: FastifyReply, isTls: boolean): void {
  reply.clearCookie(sessionCookieName(isTls), { path: "/", secure: isTls, sameSite: "strict" });
}

/**
 * Refuses what another site made this browser send: a browser that says where a request comes
 * from must say "from here" (Fetch Metadata, Origin), and what changes something must carry the
 * session's anti-forgery token, which no other site can read.
 *
 * @throws Refusal `session.forged_request`
 */
export function assertOwnPage(request: FastifyRequest, caller: Caller | undefined): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") throw forged();
  if (!isOwnOrigin(request)) throw forged();
  if (caller && !isEqual(String(request.headers["x-foyer-csrf"] ?? ""), caller.csrfToken)) {
    throw forged();
  }
}

/**
 * Whether the page that sent a request is this host's (RFC 6454 §7). A page that keeps its origin
 * to itself says "null", as do pages of anybody: then Fetch Metadata has to speak for it.
 */
function isOwnOrigin({ headers, host }: FastifyRequest): boolean {
  const { origin } = headers;
  if (origin === undefined) return true;
  if (origin === "null") return headers["sec-fetch-site"] === "same-origin";
  const page = URL.parse(origin);
  // The page's scheme says which port goes without saying.
  return page !== null && URL.parse(`${page.protocol}//${host}`)?.host === page.host;
}

function forged(): Refusal {
  return new Refusal("session.forged_request", {
    detail: "Send the session's csrfToken in the header x-foyer-csrf.",
  });
}

function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
