import { Refused } from "@foyer/client";

/** What stands in the way of signing in, as the form shows it. */
export type Problem =
  | { readonly kind: "wrong" }
  | { readonly kind: "too_many"; readonly untilMs: number }
  | { readonly kind: "unreachable" }
  | { readonly kind: "failed" };

const waitMsDefault = 60_000;

/** Reads a failure to sign in. */
export function problemOf(error: unknown, nowMs: number): Problem {
  if (!(error instanceof Refused)) return { kind: "unreachable" };
  const { code, status } = error.problem;
  const tooManyRequests = 429;
  if (code === "session.wrong_credentials" || code === "request.invalid") return { kind: "wrong" };
  if (status === tooManyRequests) {
    const waitMs = (error.retryAfterSeconds ?? waitMsDefault / 1000) * 1000;
    return { kind: "too_many", untilMs: nowMs + waitMs };
  }
  return code === "service.unavailable" ? { kind: "unreachable" } : { kind: "failed" };
}
