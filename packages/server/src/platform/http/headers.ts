/**
 * No script, style or frame but our own files, nothing inline. React sets styles through the
 * object model, which this allows; a `style` attribute in HTML it does not. Pictures come from
 * the files origin, too, and from nowhere else.
 */
const contentSecurityPolicy = (filesOrigin: string) => [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  `img-src 'self' data: ${filesOrigin}`,
  "font-src 'self'",
  "connect-src 'self'",
  // The guest's phone of the demo, beside the thread.
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** A file is shown as what it is: it runs nothing, loads nothing, and belongs to no origin. */
const fileSecurityPolicy = ["default-src 'none'", "sandbox", "frame-ancestors 'none'"];

const hstsSeconds = 63_072_000;

/** The security headers of every answer (OWASP Secure Headers; RFC 6797 for HSTS). */
export function securityHeaders(isTls: boolean, filesOrigin: string): Headers {
  return {
    ...headersOfAll(isTls),
    "content-security-policy": contentSecurityPolicy(filesOrigin).join("; "),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
  };
}

/** The same for the origin of files: any page may show one, if it has a link to it. */
export function fileHeaders(isTls: boolean): Headers {
  return {
    ...headersOfAll(isTls),
    "content-security-policy": fileSecurityPolicy.join("; "),
    "cross-origin-resource-policy": "cross-origin",
  };
}

type Headers = Readonly<Record<string, string>>;

function headersOfAll(isTls: boolean): Headers {
  return {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    ...(isTls ? { "strict-transport-security": `max-age=${hstsSeconds}; includeSubDomains` } : {}),
  };
}
