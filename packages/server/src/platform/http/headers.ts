import type { FastifyInstance } from "fastify";

/**
 * No script, style or frame but our own files, nothing inline. React sets styles through the
 * object model, which this allows; a `style` attribute in HTML it does not.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const hstsSeconds = 63_072_000;

/** Sets the security headers on every answer (OWASP Secure Headers; RFC 6797 for HSTS). */
export function addSecurityHeaders(app: FastifyInstance, isTls: boolean): void {
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("content-security-policy", contentSecurityPolicy);
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "no-referrer");
    reply.header("cross-origin-opener-policy", "same-origin");
    reply.header("cross-origin-resource-policy", "same-origin");
    reply.header("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()");
    reply.header("x-frame-options", "DENY");
    reply.header("cache-control", "no-store");
    if (isTls)
      reply.header("strict-transport-security", `max-age=${hstsSeconds}; includeSubDomains`);
  });
}
