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

/** The security headers of every answer (OWASP Secure Headers; RFC 6797 for HSTS). */
export function securityHeaders(isTls: boolean): Readonly<Record<string, string>> {
  return {
    "content-security-policy": contentSecurityPolicy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    ...(isTls ? { "strict-transport-security": `max-age=${hstsSeconds}; includeSubDomains` } : {}),
  };
}
